"""Passwords: how strong they must be, how they are stored, and one-time ones that survive being written down.

Long, and without rules on what is in it, as in OWASP ASVS 5.0 (6.2.1, 6.2.5, 6.2.9); what many people use, or who knows
the library would try, is refused (6.2.4, 6.2.11). Stored as argon2id with the defaults of its package (RFC 9106, low
memory).
"""

import re
import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn

from referral.errors import WeakPassword
from referral.journal.codes import ALPHABET

MIN_LENGTH = 12
MAX_LENGTH = 128
# zxcvbn's score, 0 to 4; from 3 on it takes more than 10^8 tries (Wheeler, USENIX Security 2016).
MIN_SCORE = 3
# It looks at no more; what is longer is no easier.
SCORED_LENGTH = 72
# What it does not know and everybody here would try (ASVS 5.0, 6.1.2).
OWN_WORDS = (
    "omdehoek om de hoek bibliotheek biebliotheek informatiepunt digitale overheid ido balie beheer redactie verwijzing"
    " gemeente digid toeslagen wachtwoord welkom geheim inloggen lente zomer herfst winter voorbeeld"
).split()
# 16 characters of 24 are 73 bits.
ONE_TIME_GROUPS = 4
GROUP_LENGTH = 4

_hasher = PasswordHasher()


def check_password(password: str, email: str) -> None:
    """Raise `WeakPassword` with the reason when a new password is too easy."""
    if len(password) < MIN_LENGTH:
        raise WeakPassword("too_short")
    if len(password) > MAX_LENGTH:
        raise WeakPassword("too_long")
    if email.partition("@")[0] in password.lower():
        raise WeakPassword("like_email")
    guessed = zxcvbn(password[:SCORED_LENGTH], user_inputs=[*OWN_WORDS, *re.split(r"[@.\W]+", email)])
    if guessed["score"] < MIN_SCORE:
        raise WeakPassword("too_easy")


def hash_password(password: str) -> str:
    return _hasher.hash(password)


def is_password(password: str, password_hash: str | None) -> bool:
    """Return whether this is the password; without a hash the answer is no, after the same work."""
    try:
        return _hasher.verify(password_hash or _make_decoy(), password[: MAX_LENGTH + 1]) and password_hash is not None
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(password_hash: str) -> bool:
    """Return whether the hash was made with weaker parameters than we use now."""
    return _hasher.check_needs_rehash(password_hash)


@cache
def _make_decoy() -> str:
    return _hasher.hash(secrets.token_urlsafe())


def make_one_time_password() -> str:
    """Return a password like `ACDE-FGHJ-KMNP-QRTU`, without characters that look alike."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(GROUP_LENGTH)) for _ in range(ONE_TIME_GROUPS))
    return "-".join(groups)
