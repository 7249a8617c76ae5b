"""The name of a campaign: a poster, a letter or a lesson that brings citizens here, so that they can be counted."""

import re

from referral.errors import InvalidInput

# Also what a link of Telegram may carry: 64 of A-Z, a-z, 0-9, _ and - (core.telegram.org/bots/features#deep-linking).
# A name begins with a letter, or a year and a letter, and never has five digits in a row: a telephone number, a BSN or
# a date of birth cannot get in by it.
PATTERN = r"^(?:[0-9]{1,4}-?)?[a-z](?:[0-9]{0,4}[a-z-])*[0-9]{0,4}$"
MAX_LENGTH = 40


def find_campaign(name: str) -> str | None:
    """Return the name of a campaign as a link bears it; `None` for what is no such name."""
    return name if len(name) <= MAX_LENGTH and re.fullmatch(PATTERN, name) else None


def check_campaign(name: str) -> str:
    """Return the name; raise `InvalidInput` for what is none."""
    found = find_campaign(name)
    if found is None:
        raise InvalidInput(f"at most {MAX_LENGTH} of a-z, 0-9 and -, with a letter at the start and no long numbers")
    return found
