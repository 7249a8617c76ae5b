"""HSDS schedules as rows with opening hours: ours are put together again, those of others become a row each. Pure."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from referral.errors import InvalidContent
from referral.exchange.hsds.profile import OWN_ID
from referral.exchange.hsds.schedules import RECURRENCE, RULE, STANDS_FOR, Object, quote, read_rule, write_rules
from referral.models.columns import AttendingType

_RULE_FIELDS = ("freq", "byday", "opens_at", "closes_at")


def join_schedules(schedules: Sequence[tuple[Object, str]]) -> Iterator[tuple[Object, str]]:
    """Yield one object for each row, with `x_opening_hours`; each schedule comes with its place in the source.

    What is left of a schedule of others is kept under `rule`. Schedules that we gave out and somebody else has changed
    are believed as they are now.
    """
    followers: dict[str, list[tuple[Object, str]]] = {}
    for schedule, place in schedules:
        if isinstance(first := schedule.get("x_part_of"), str):
            followers.setdefault(first, []).append((schedule, place))
    for schedule, place in schedules:
        if "x_part_of" in schedule:
            continue
        group = [(schedule, place), *followers.pop(str(schedule.get(OWN_ID) or schedule.get("id")), [])]
        if _is_untouched([one for one, _ in group]):
            yield _restore(schedule), place
        else:
            yield from ((_translate(one), where) for one, where in group)
    for group in followers.values():
        yield from ((_translate(one), where) for one, where in group)


def _is_untouched(group: Sequence[Object]) -> bool:
    hours = group[0].get("x_opening_hours")
    if not isinstance(hours, str):
        return False
    try:
        rules = write_rules(hours)
    except InvalidContent:
        return True  # so that the check tells what is wrong with the hours
    return rules == [{field: one[field] for field in _RULE_FIELDS if field in one} for one in group]


def _restore(schedule: Object) -> Object:
    said = schedule.get("description")
    plain = {field: value for field, value in schedule.items() if field not in RECURRENCE}
    return plain | {"description": None if said == schedule["x_opening_hours"] else said}


def _translate(schedule: Object) -> Object:
    """Return a schedule of others with opening hours; where they cannot be said, its own words are their comment."""
    hours = read_rule(schedule) or quote(str(schedule.get("description") or schedule.get("notes") or ""))
    rule = {field: schedule[field] for field in RECURRENCE if field in schedule}
    plain = {field: value for field, value in schedule.items() if field not in (*RECURRENCE, "x_part_of")}
    for limit, field in (("valid_from", "dtstart"), ("valid_to", "until")):
        if plain.get(limit) is None and _is_date(rule.get(field)):
            plain[limit] = rule[field]
    attending = plain.get("attending_type")
    if attending is not None and attending not in list(AttendingType):
        plain["attending_type"] = None
        rule["attending_type"] = attending
    return plain | {"x_opening_hours": hours, RULE: rule, STANDS_FOR: hours}


def _is_date(text: Any) -> bool:
    try:
        return isinstance(text, str) and bool(date.fromisoformat(text))
    except ValueError:
        return False
