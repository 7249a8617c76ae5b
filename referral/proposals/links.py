"""The link by which a partner comes without an account: it names one thing, is signed for one use, and ends.

A JSON Web Token (RFC 7519) with HS256; it says nothing that the directory does not show but the id of a referral.
"""

import os
import secrets
from contextlib import suppress
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from tempfile import NamedTemporaryFile

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from referral.errors import LinkExpired
from referral.settings import Settings

ALGORITHM = "HS256"
KEY_FILE = "link.key"
KEY_BYTES = 32


class Use(StrEnum):
    """What a link is good for; the audience of its token. A link for one thing opens no other."""

    CORRECT = "partner"  # names an organization: its entry
    REPLY = "reply"  # names a referral: what became of it
    DIGEST = "digest"  # names an organization: whether it wants the letter of the week


def load_key(settings: Settings) -> OctKey:
    """Return the key of the setting, or that in `state_dir`, which is made when it is not there."""
    if given := settings.link_key.get_secret_value():
        return OctKey.import_key(given)
    path = settings.state_dir / KEY_FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        _make_key(path)
    return OctKey.import_key(path.read_text(encoding="ascii"))


def _make_key(path: Path) -> None:
    """Put a new key there, whole: who dies halfway leaves none, and of two that make one at once the first wins."""
    with NamedTemporaryFile("w", dir=path.parent, prefix=KEY_FILE, encoding="ascii") as file:  # for us alone (0600)
        file.write(secrets.token_urlsafe(KEY_BYTES))
        file.flush()
        os.fsync(file.fileno())
        with suppress(FileExistsError):
            path.hardlink_to(file.name)


def make_token(key: OctKey, subject: str, *, now: datetime, days: int, use: Use = Use.CORRECT) -> str:
    """Return the token of a link that works for some days."""
    claims = {"aud": use, "sub": subject, "exp": int((now + timedelta(days=days)).timestamp())}
    return jwt.encode({"alg": ALGORITHM}, claims, key)


def read_token(key: OctKey, token: str, now: datetime, use: Use = Use.CORRECT) -> str:
    """Return the id of what the link names; raise `LinkExpired` for whatever is not ours or is over."""
    try:
        claims = jwt.decode(token, key, algorithms=[ALGORITHM]).claims
    except (JoseError, ValueError) as error:
        raise LinkExpired("not signed by us") from error
    if claims.get("aud") != use or claims.get("exp", 0) < now.timestamp():
        raise LinkExpired("over")
    return str(claims["sub"])
