"""The cell "afwijkende dagen": days on which other hours hold, "24-12-2026 t/m 2-1-2027 gesloten (kerst)". Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from referral.directory.notation import read_notation
from referral.directory.school_holidays import Region
from referral.directory.spoken.hours import read_spoken_hours
from referral.errors import InvalidContent
from referral.exchange.sheet.cells import BadCell, read_date, split_list
from referral.exchange.sheet.reference import Reference
from referral.exchange.sheet.words import fold

_DAY = r"\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|\d{4}-\d\d-\d\d|\d{1,2}\s+[a-z]+\s+\d{4}"
_REASON = re.compile(r"\(([^()]*)\)\s*$")
_TIMES_ONLY = re.compile(r"\d\d:\d\d-\d\d:\d\d(?:,\d\d:\d\d-\d\d:\d\d)*")


@dataclass(frozen=True, slots=True)
class Change:
    """First and last day, the hours that hold then (none: closed), and why."""

    start: date
    end: date
    opening_hours: str | None
    reason: str


def read_changes(text: str, reference: Reference) -> list[Change]:
    return [_read_change(part, reference) for part in split_list(text)]


def _read_change(text: str, reference: Reference) -> Change:
    until = "|".join(re.escape(form) for form in reference.words.until)
    match = re.match(rf"({_DAY})(?:\s*(?:{until})\s*({_DAY}))?\s*:?\s*", text, re.IGNORECASE)
    if match is None:
        raise BadCell("no_change", value=text[:80])
    start = read_date(match[1], reference)
    end = read_date(match[2], reference) if match[2] else start
    if end < start:
        raise BadCell("ends_before_it_starts", start=f"{start:%d-%m-%Y}", end=f"{end:%d-%m-%Y}")
    rest = text[match.end() :]
    reason = _REASON.search(rest)
    said = rest[: reason.start()].strip() if reason else rest.strip()
    return Change(start, end, _read_hours(said, reference), reason[1].strip() if reason else "")


def _read_hours(said: str, reference: Reference) -> str | None:
    if not said or fold(said) in map(fold, reference.words.closed):
        return None
    if _TIMES_ONLY.fullmatch(said):
        try:
            return read_notation(said).text
        except InvalidContent as error:
            raise BadCell("no_change", value=said[:80]) from error
    hours = read_spoken_hours(said, reference.hour_words)
    if hours.opening_hours is None:
        hours = read_spoken_hours(f"{reference.hour_words.days['Mo-Su'][0]} {said}", reference.hour_words)
    if hours.opening_hours is None:
        raise BadCell("no_change", value=said[:80])
    return hours.opening_hours


def write_changes(changes: Sequence[Change], reference: Reference) -> str:
    """Return the cell; the parts are read back as they were, unless a reason holds brackets or a semicolon."""
    return "; ".join(_write_change(change, reference) for change in changes)


def _write_change(change: Change, reference: Reference) -> str:
    days = f"{change.start:%d-%m-%Y}"
    if change.end != change.start:
        days += f" {reference.words.until[0]} {change.end:%d-%m-%Y}"
    reason = f" ({change.reason})" if change.reason else ""
    return f"{days} {change.opening_hours or reference.words.closed[0]}{reason}"


def list_school_holidays(
    names: Sequence[str], region: Region | None, reference: Reference
) -> tuple[list[Change], list[str]]:
    """Return the days of school holidays in which it is closed, and the names of those whose days are not known."""
    found = {name: reference.school_holidays.list_named(name, region) for name in names}
    changes = [Change(start, end, None, name) for name, ranges in found.items() for start, end in ranges]
    return changes, [name for name, ranges in found.items() if not ranges]
