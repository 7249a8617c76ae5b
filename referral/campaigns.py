"""The name of a campaign: a poster, a letter or a lesson that brings citizens here, so that they can be counted."""

import re

from referral.errors import InvalidInput

# Also what a link of Telegram may carry: 64 of A-Z, a-z, 0-9, _ and - (core.telegram.org/bots/features#deep-linking).
PATTERN = r"^[a-z0-9][a-z0-9-]{0,39}$"
MAX_LENGTH = 40


def find_campaign(name: str) -> str | None:
    """Return the name of a campaign as a link bears it; `None` for what is no such name."""
    return name if re.fullmatch(PATTERN, name) else None


def check_campaign(name: str) -> str:
    """Return the name; raise `InvalidInput` for what is none."""
    found = find_campaign(name)
    if found is None:
        raise InvalidInput(f"at most {MAX_LENGTH} of a-z, 0-9 and -, and not - at the start")
    return found
