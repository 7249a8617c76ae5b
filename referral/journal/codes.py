"""Short codes that survive being said aloud and written down: no 0/O, 1/I/L, 2/Z, 5/S, 8/B, and a check character.

Seven random characters of 24 are 4.6·10⁹ codes; the check is Luhn mod N (ISO/IEC 7812-1 annex B, generalised; it wants
an even N), which finds every single wrong character and nearly every swap of neighbours.
"""

import secrets

from stdnum import luhn
from stdnum.exceptions import ValidationError

ALPHABET = "34679ACDEFGHJKMNPQRTUWXY"
RANDOM_CHARACTERS = 7


def make_code() -> str:
    """Return a new code as it is shown: `ABCD-EFGH`, the last character is the check."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM_CHARACTERS))
    whole = body + str(luhn.calc_check_digit(body, ALPHABET))
    return f"{whole[:4]}-{whole[4:]}"


def find_code(typed: str) -> str | None:
    """Return the stored form of what somebody typed (any case, with or without dash), or None if it is no code."""
    whole = "".join(typed.upper().split()).replace("-", "")
    if len(whole) != RANDOM_CHARACTERS + 1:
        return None
    try:
        luhn.validate(whole, ALPHABET)
    except ValidationError:
        return None
    return f"{whole[:4]}-{whole[4:]}"
