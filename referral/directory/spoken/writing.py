"""Writes hours as people write them, where reading that gives the same hours again. Pure."""

import re

from referral.directory.spoken.hours import SpokenHours, read_spoken_hours
from referral.directory.spoken.words import HourWords

_QUOTED = re.compile(r'("[^"]*")')
_WORD = re.compile(r"[A-Za-z]+")


def write_spoken_hours(opening_hours: str, words: HourWords) -> str:
    """Return "ma-vr 09:00-12:00; schoolvakanties gesloten" for `Mo-Fr 09:00-12:00; SH off`.

    Where our own reader would not give back the very same, the notation itself is returned: it reads that too.
    """
    written = _translate(opening_hours, words)
    return written if read_spoken_hours(written, words) == SpokenHours(opening_hours) else opening_hours


def _translate(opening_hours: str, words: HourWords) -> str:
    """Return the notation with Dutch words for days, months, holidays and "off"; comments lose their quotes."""
    dutch = {key: forms[0] for table in (words.days, words.months, words.holidays) for key, forms in table.items()}
    dutch["off"] = words.closed[0]
    pieces = _QUOTED.split(opening_hours)
    return "".join(
        piece.strip('"') if piece.startswith('"') else _WORD.sub(lambda match: dutch.get(match[0], match[0]), piece)
        for piece in pieces
    )
