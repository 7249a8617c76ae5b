"""Passwords: how strong they must be, how they are stored, and one-time ones that survive being written down.

Length as in OWASP ASVS 4.0.3, 2.1.1 and 2.1.2. Stored as argon2id with the library's defaults (RFC 9106, low memory).
"""

import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from referral.errors import WeakPassword
from referral.journal.codes import ALPHABET

MIN_LENGTH = 12
MAX_LENGTH = 128
MIN_DIFFERENT = 5
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
    if len(set(password)) < MIN_DIFFERENT:
        raise WeakPassword("too_plain")
    if email.partition("@")[0] in password.lower():
        raise WeakPassword("like_email")


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
