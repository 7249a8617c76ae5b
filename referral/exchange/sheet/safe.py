"""Keeps a text from being taken for a formula by the program that opens the file.

https://owasp.org/www-community/attacks/CSV_Injection: a cell that begins with = + - @, a tab or a carriage return. An
apostrophe before it makes it a text; our own reader takes that away again.
"""

import re

_DANGEROUS = re.compile(r"'*[=+\-@\t\r]")
_MADE_SAFE = re.compile(r"'+[=+\-@\t\r]")


def make_safe(text: str) -> str:
    return f"'{text}" if _DANGEROUS.match(text) else text


def undo_safe(text: str) -> str:
    """Return what `make_safe` was given."""
    return text[1:] if _MADE_SAFE.match(text) else text
