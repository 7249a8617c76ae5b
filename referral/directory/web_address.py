"""The address of a web page as people and feeds write it. Pure.

Only http and https: an address becomes a link, and one like `javascript:…` would run (OWASP ASVS 5.0, 1.2.2).
"""

import re

_ADDRESS = re.compile(r"(https?://)?([\w-]+\.)+[a-z]{2,}(:\d+)?([/?#]\S*)?", re.IGNORECASE)


def read_web_address(text: str) -> str | None:
    """Return the address, with `https://` before it where nothing stands; `None` for what is none."""
    match = _ADDRESS.fullmatch(text.strip())
    if match is None:
        return None
    return match[0] if match[1] else f"https://{match[0]}"
