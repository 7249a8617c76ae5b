"""The link of a campaign: the chat, with its name in the address."""

from urllib.parse import urlencode

PARAMETER = "campagne"


def make_campaign_link(base: str, name: str) -> str:
    """Return the address for a poster or letter; `base` is the address that browsers see."""
    return f"{base.rstrip('/')}/?{urlencode({PARAMETER: name})}"
