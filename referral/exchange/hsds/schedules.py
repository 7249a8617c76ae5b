"""Opening hours to and from HSDS schedules (iCalendar's recurrence rules, RFC 5545).

Hours that are the same every week become `freq: WEEKLY`, those of every nth weekday of a month `freq: MONTHLY`; one
object for each pair of times. What a rule cannot say (months, school holidays, "op afspraak") stays in words: every
object has the whole opening_hours string in `x_opening_hours` and, if nothing else is there, in `description`.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from opening_hours import State

from referral.directory.notation import MAX_LENGTH, build_evaluator, read_notation
from referral.errors import InvalidContent

Object = dict[str, Any]

OSM_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
BYDAY = {day: day.upper() for day in OSM_DAYS}
# A Monday; any will do, as the hours that are evaluated are the same in every week.
_MONDAY = datetime.combine(date(2024, 1, 1), time.min)
_DAY, _WEEK = timedelta(days=1), timedelta(days=7)

_QUOTED = re.compile(r'"[^"]*"')
_EVERY_WEEK = re.compile(r"24/7|[\s\d:,;-]|\b(?:Mo|Tu|We|Th|Fr|Sa|Su|PH|SH|off|closed)\b")
_HOLIDAYS_ONLY = re.compile(r"^\s*(PH|SH)(\s*,\s*(PH|SH))*\s+(off|closed)\s*$")
_YEAR = re.compile(r"\d{4}")
_TIMES = r"\d{2}:\d{2}-\d{2}:\d{2}"
_NTH = re.compile(rf"^\s*(Mo|Tu|We|Th|Fr|Sa|Su)\[(-?[1-5](?:,-?[1-5])*)\]\s+({_TIMES}(?:\s*,\s*{_TIMES})*)\s*$")
_RULE_DAY = re.compile(r"^([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)$")
_CLOCK = re.compile(r"^([01]\d|2[0-4]):([0-5]\d)(?::00)?(?:Z|\+00:00)?$")

RECURRENCE = (
    "dtstart",
    "timezone",
    "until",
    "count",
    "wkst",
    "freq",
    "interval",
    "byday",
    "byweekno",
    "bymonthday",
    "byyearday",
    "opens_at",
    "closes_at",
)
"""The fields of an HSDS schedule that say when; the others are columns of ours."""

# In `extra` of a schedule: the rule as its source wrote it, and the opening hours that it stands for.
RULE, STANDS_FOR = "rule", "stands_for"

# A rule that has one of these says more than a week or an nth weekday.
_BEYOND = ("count", "byweekno", "bymonthday", "byyearday")


def write_rules(opening_hours: str) -> list[Object]:
    """Return freq, byday, opens_at and closes_at for each pair of times; one empty object if no rule can say it.

    A night ends on the next day: `closes_at` is then not later than `opens_at`. The whole day ends at 24:00.
    """
    bare = _QUOTED.sub("", opening_hours)
    if read_notation(opening_hours).says_nothing:
        return [{}]
    if nth := _list_nth(bare):
        return nth
    if _EVERY_WEEK.sub("", bare) or _YEAR.search(bare):
        return [{}]
    by_times: dict[tuple[str, str], list[str]] = {}
    for day, opens, closes in _list_week(opening_hours):
        by_times.setdefault((opens, closes), []).append(BYDAY[day])
    return [
        {"freq": "WEEKLY", "byday": ",".join(days), "opens_at": opens, "closes_at": closes}
        for (opens, closes), days in sorted(by_times.items(), key=lambda item: (item[0], item[1]))
    ] or [{}]


def _list_nth(bare: str) -> list[Object]:
    rules = [rule for rule in bare.split(";") if rule.strip() and not _HOLIDAYS_ONLY.match(rule)]
    found = [match for rule in rules if (match := _NTH.match(rule))]
    written = [
        {
            "freq": "MONTHLY",
            "byday": ",".join(number + BYDAY[match[1]] for number in match[2].split(",")),
            "opens_at": opens,
            "closes_at": closes,
        }
        for match in found
        for opens, closes in (times.strip().split("-") for times in match[3].split(","))
    ]
    # Of two rules for one day the later may win, and a night may run into the day of another rule.
    is_plain = len({match[1] for match in found}) == len(rules)
    return written if is_plain and all(one["opens_at"] < one["closes_at"] for one in written) else []


def _list_week(opening_hours: str) -> Iterator[tuple[str, str, str]]:
    """Yield day, opening and closing time of a week that has no holiday in it."""
    evaluator = build_evaluator(opening_hours, public_holiday=False, school_holiday=False)
    for opens, closes, state, _ in evaluator.intervals(_MONDAY - _WEEK, _MONDAY + 2 * _WEEK):
        if state != State.OPEN:
            continue
        for start, end in _cut(opens, closes):
            if _MONDAY <= start < _MONDAY + _WEEK:
                is_midnight = end - start == _DAY and not (start.hour or start.minute)
                yield OSM_DAYS[start.weekday()], f"{start:%H:%M}", "24:00" if is_midnight else f"{end:%H:%M}"


def _cut(start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Cut what is longer than a day at every midnight."""
    while end - start > _DAY:
        midnight = datetime.combine(start.date() + _DAY, time.min)
        yield start, midnight
        start = midnight
    yield start, end


def read_rule(schedule: Mapping[str, Any]) -> str | None:
    """Return opening_hours for one HSDS schedule, or None where its rule says what we cannot."""
    if any(schedule.get(field) for field in _BEYOND) or schedule.get("interval") not in (None, 1):
        return None
    times = _read_times(schedule.get("opens_at"), schedule.get("closes_at"))
    days = [_RULE_DAY.match(day.strip()) for day in str(schedule.get("byday") or "").split(",")]
    freq = schedule.get("freq")
    if times is None or freq not in ("WEEKLY", "MONTHLY") or any(day is None for day in days):
        return None
    selector = _select([day for day in days if day], freq)
    text = f"{selector} {times}"
    return text if selector and _is_readable(text) else None


def _select(days: list[re.Match[str]], freq: str) -> str | None:
    """Return `Mo,Tu` for days of every week, `Mo[1,3]` for those of a month; None if it is neither."""
    numbers: dict[str, list[str]] = {}
    for day in days:
        numbers.setdefault(day[2].capitalize(), []).extend([str(int(day[1]))] if day[1] else [])
    if freq == "WEEKLY":
        return ",".join(numbers) if not any(numbers.values()) else None
    return ",".join(f"{day}[{','.join(which)}]" for day, which in numbers.items()) if all(numbers.values()) else None


def _read_times(opens_at: Any, closes_at: Any) -> str | None:
    found = [_CLOCK.match(str(clock or "")) for clock in (opens_at, closes_at)]
    opens, closes = (f"{match[1]}:{match[2]}" if match else None for match in found)
    return f"{opens}-{closes}" if opens and closes else None


def _is_readable(text: str) -> bool:
    try:
        read_notation(text)
    except InvalidContent:
        return False
    return True


def quote(words: str) -> str:
    """Return words as opening hours that only have a comment: nobody is said to be open."""
    plain = " ".join("".join(one if one.isprintable() and one != '"' else " " for one in words).split())
    return f'"{plain[: MAX_LENGTH - 2] or "?"}"'
