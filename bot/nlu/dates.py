"""Reads the days that people name: "3 december", "3-12", "voor vrijdag", "binnen 14 dagen", "tomorrow".

Our own small grammar: of 32 ways in which people write a day, dateparser reads 19, and not "over twee weken", "binnen
14 dagen" or "drie december" (docs/decisions/dependencies.md).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = (
    "januari|january|jan februari|february|feb maart|march|mrt|mar april|apr mei|may juni|june|jun juli|july|jul "
    "augustus|august|aug september|sept|sep oktober|october|okt|oct november|nov december|dec"
)
WEEKDAYS = (
    "maandag|monday dinsdag|tuesday woensdag|wednesday "
    "donderdag|thursday vrijdag|friday zaterdag|saturday zondag|sunday"
)
NUMBERS = (
    "een|één|one|a|eerste twee|two|tweede drie|three|derde vier|four vijf|five zes|six zeven|seven acht|eight "
    "negen|nine tien|ten elf|eleven twaalf|twelve dertien|thirteen veertien|fourteen vijftien|fifteen "
    "zestien|sixteen zeventien|seventeen achttien|eighteen negentien|nineteen twintig|twenty"
)
NEAR_DAYS = {
    **dict.fromkeys(["vandaag", "vanmiddag", "vanavond", "today", "tonight"], 0),
    **dict.fromkeys(["morgen", "morgenochtend", "morgenmiddag", "tomorrow"], 1),
    "overmorgen": 2,
    **dict.fromkeys(["gisteren", "yesterday"], -1),
    "eergisteren": -2,
}
UNITS = {**dict.fromkeys(["dag", "dagen", "day", "days"], 1), **dict.fromkeys(["week", "weken", "weeks"], 7)}
# Without a year the day nearest to now is meant, rather one to come than one gone by.
LONGEST_AGO = timedelta(days=90)
_NEXT_WEEK = ("volgende week", "next week")


def _number_names(names: str) -> dict[str, int]:
    return {name: n for n, group in enumerate(names.split(), start=1) for name in group.split("|")}


_MONTH, _WEEKDAY, _COUNT = _number_names(MONTHS), _number_names(WEEKDAYS), _number_names(NUMBERS)


def _any_of(names: dict[str, int]) -> str:
    return "|".join(sorted(names, key=len, reverse=True))


_N = rf"\d{{1,2}}|{_any_of(_COUNT)}"
_NAME = _any_of(_MONTH)
_PATTERN = re.compile(
    rf"""(?<![\w-])(?:
      (?P<iso>20\d\d-\d\d-\d\d)
    | (?P<day>{_N})(?:e|ste|de|st|nd|rd|th)?\s+(?:of\s+|van\s+)?(?P<month>{_NAME})\b\.?(?:\s+(?P<year>20\d\d))?
    | (?P<month_en>{_NAME})\s+(?P<day_en>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:.,]\d)(?:,?\s+(?P<year_en>20\d\d))?
    | (?P<d>\d{{1,2}})[-/.](?P<m>\d{{1,2}})[-/.](?P<y>(?:20)?\d\d)
    | (?P<d2>\d{{1,2}})[-/](?P<m2>\d{{1,2}})(?!\s*(?:x|keer|uur|dag|day|we[ek]|maand|month|jaar|year|euro|pers|kinder))
    | (?:(?P<next_week>{"|".join(_NEXT_WEEK)})\s+)?(?P<weekday>{_any_of(_WEEKDAY)})
    | (?P<weekday_first>{_any_of(_WEEKDAY)})\s+(?:volgende\s+week|next\s+week)
    | (?P<near>{_any_of(NEAR_DAYS)})
    | (?P<count>\d{{1,3}}|{_any_of(_COUNT)}|paar|few)\s+(?:hele\s+|werk|more\s+)?(?P<unit>{_any_of(UNITS)})
    )(?![\w-])""",
    re.VERBOSE,
)
# "'s morgens", "goede morgen", "de morgen": a part of the day, not the next day.
_MORNING = re.compile(r"(?:'s|goede|goeie|de|elke|iedere|deze|in de)\s+$")
_FEW = 2


@dataclass(frozen=True)
class NamedDay:
    """A day that a message names; `is_span`: as a number of days or weeks ("14 dagen"), which may be no day at all."""

    day: date
    start: int
    end: int
    is_span: bool


def find_days(text: str, today: date) -> Iterator[NamedDay]:
    """Yield the days named in a message in lower case, in order, as seen from `today`; impossible days are left out."""
    for match in _PATTERN.finditer(text):
        if match["near"] and match["near"].startswith("morgen") and _MORNING.search(text[: match.start()]):
            continue
        day = _read_day(match, today)
        if day is not None:
            yield NamedDay(day, match.start(), match.end(), is_span=match["unit"] is not None)


def _read_day(match: re.Match[str], today: date) -> date | None:
    if match["unit"]:
        return today + timedelta(days=_read_number(match["count"]) * UNITS[match["unit"]])
    if match["near"]:
        return today + timedelta(days=NEAR_DAYS[match["near"]])
    if match["weekday"] or match["weekday_first"]:
        return _find_weekday(match, today)
    try:
        return _read_date(match, today)
    except ValueError:  # 31 november, 12-30
        return None


def _read_date(match: re.Match[str], today: date) -> date:
    if match["iso"]:
        return date.fromisoformat(match["iso"])
    if day := match["day"] or match["day_en"]:
        month = _MONTH[match["month"] or match["month_en"]]
        return _make_date(today, _read_number(day), month, match["year"] or match["year_en"])
    return _make_date(today, int(match["d"] or match["d2"]), int(match["m"] or match["m2"]), match["y"])


def _find_weekday(match: re.Match[str], today: date) -> date:
    """Return the first such day, today included: of two readings the earlier is the safer."""
    weekday = _WEEKDAY[match["weekday"] or match["weekday_first"]] - 1
    if match["next_week"] or match["weekday_first"]:
        return today + timedelta(days=7 - today.weekday() + weekday)
    return today + timedelta(days=(weekday - today.weekday()) % 7)


def _read_number(word: str) -> int:
    return _FEW if word in ("paar", "few") else _COUNT.get(word) or int(word)


def _make_date(today: date, day: int, month: int, year: str | None) -> date:
    if year:
        return date(int(year) if len(year) > 2 else 2000 + int(year), month, day)
    earliest = today - LONGEST_AGO
    return next(
        found for year in range(earliest.year, earliest.year + 2) if (found := date(year, month, day)) >= earliest
    )
