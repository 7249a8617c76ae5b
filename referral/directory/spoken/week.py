"""Writes what was understood as OSM notation: equal days together, each day's hours once. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from referral.directory.spoken.phrases import WEEK, Item
from referral.directory.spoken.times import Spans
from referral.directory.spoken.tokens import MIDNIGHT, Kind

APPOINTMENT = '"op afspraak"'


@dataclass(frozen=True, slots=True)
class Rule:
    """On these days at these times; no `spans`: only by appointment. `days` empty: on public holidays.

    `ordinals` are those of the days in the month, `limits` the months and weeks in which it holds, as notation.
    """

    days: tuple[str, ...]
    spans: Spans
    ordinals: tuple[int, ...] = ()
    limits: str = ""
    by_appointment: bool = False

    @classmethod
    def make(cls, items: Iterable[Item], spans: Spans, limits: Sequence[Item], *, by_appointment: bool) -> "list[Rule]":
        """Return a rule for the days of each sort: every week, the first of the month, public holidays."""
        by_ordinals: dict[tuple[int, ...] | None, list[str]] = {}
        for item in items:
            key = None if item.kind is Kind.HOLIDAY else item.ordinals
            by_ordinals.setdefault(key, []).extend(item.days)
        return [
            cls(_sort(days), spans, ordinals or (), _write_limits(limits), by_appointment)
            for ordinals, days in by_ordinals.items()
        ]

    def narrow(self, limits: Sequence[Item]) -> "Rule":
        return replace(self, limits=_write_limits(limits))

    def mark(self) -> "Rule":
        return replace(self, by_appointment=True)

    @property
    def is_weekly(self) -> bool:
        return bool(self.days) and not self.ordinals and not self.limits

    def overlaps(self, other: "Rule") -> bool:
        """Whether both say something of the same time of the same day of the week."""
        shared = set(self.days) & set(other.days)
        return bool(shared) and any(a < d and c < b for a, b in self.spans for c, d in other.spans)

    def write(self, *, marked: bool) -> str:
        ordinals = f"[{','.join(map(str, self.ordinals))}]" if self.ordinals else ""
        days = ",".join(f"{day}{ordinals}" for day in self.days) if ordinals else _write_days(self.days)
        times = ",".join(f"{_write_time(start)}-{_write_time(end)}" for start, end in self.spans) or "unknown"
        comment = APPOINTMENT if marked and self.by_appointment else ""
        return " ".join(filter(None, (self.limits, days or "PH", times, comment)))


@dataclass(frozen=True, slots=True)
class Closing:
    """Days, a holiday, or months in which it is closed."""

    days: tuple[str, ...]
    limits: str
    ordinals: tuple[int, ...] = ()

    @classmethod
    def make(cls, items: Sequence[Item]) -> "Closing":
        days = [day for item in items for day in item.days]
        holidays = [item.value for item in items if item.kind is Kind.HOLIDAY]
        limits = [item for item in items if item.kind in (Kind.MONTHS, Kind.WEEKS)]
        ordinals = tuple(number for item in items for number in item.ordinals)
        return cls(_sort(days), " ".join(filter(None, (_write_limits(limits), ",".join(holidays)))), ordinals)

    @property
    def is_weekly(self) -> bool:
        return bool(self.days) and not self.limits and not self.ordinals

    def write(self) -> str:
        ordinals = f"[{','.join(map(str, self.ordinals))}]" if self.ordinals else ""
        days = ",".join(f"{day}{ordinals}" for day in self.days) if ordinals else _write_days(self.days)
        return " ".join(filter(None, (self.limits, days, "off")))


def write_rules(rules: Sequence[Rule], closings: Sequence[Closing], *, mark_appointments: bool) -> str:
    """Return the notation; empty when there is nothing to say."""
    closed = {day for closing in closings if closing.is_weekly for day in closing.days}
    weekly = list(_merge([rule for rule in rules if rule.is_weekly], closed))
    if not closings and [(rule.days, rule.spans) for rule in rules] == [(WEEK, ((0, MIDNIGHT),))]:
        return "24/7"
    written = ""
    done: list[Rule] = []
    for rule in (*weekly, *(rule for rule in rules if not rule.is_weekly)):
        is_more = any(set(rule.days) & set(other.days) for other in done)
        replaces = any(rule.overlaps(other) for other in done) or not rule.spans
        separator = ", " if is_more and not replaces else "; "
        written += (separator if written else "") + rule.write(marked=mark_appointments)
        done.append(rule)
    others = [closing for closing in closings if not closing.is_weekly or not rules]
    return "; ".join(filter(None, (written, *dict.fromkeys(closing.write() for closing in others))))


def _merge(rules: Sequence[Rule], closed: set[str]) -> Iterator[Rule]:
    """Yield the week without doubles: of each day what was said of it, days with the same hours together."""
    table: dict[str, list[Rule]] = {day: [] for day in WEEK}
    for rule in rules:
        for day in set(rule.days) - closed:
            table[day] = _add(table[day], replace(rule, days=(day,)))
    groups: dict[tuple[tuple[Spans, bool], ...], list[str]] = {}
    for day, said in table.items():
        groups.setdefault(tuple((rule.spans, rule.by_appointment) for rule in said), []).append(day)
    for parts, days in groups.items():
        for spans, by_appointment in parts:
            yield Rule(tuple(days), spans, by_appointment=by_appointment)


def _add(said: list[Rule], rule: Rule) -> list[Rule]:
    if any(rule.overlaps(other) for other in said):
        return [rule]
    for number, other in enumerate(said):
        if other.by_appointment == rule.by_appointment and other.spans and rule.spans:
            spans = tuple(sorted((*other.spans, *rule.spans)))
            return [*said[:number], replace(other, spans=spans), *said[number + 1 :]]
    return [*said, rule]


def _sort(days: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(days), key=WEEK.index))


def _write_days(days: Sequence[str]) -> str:
    """Return "Mo-Fr,Su" for the days of a week in their order."""
    runs: list[list[str]] = []
    for day in days:
        if runs and WEEK.index(day) == WEEK.index(runs[-1][-1]) + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ",".join(",".join(run) if len(run) < 3 else f"{run[0]}-{run[-1]}" for run in runs)


def _write_limits(limits: Sequence[Item]) -> str:
    """Return months and dates, then weeks: the order that the notation wants."""
    months = ",".join(item.value for item in limits if item.kind is Kind.MONTHS)
    weeks = [item.value for item in limits if item.kind is Kind.WEEKS]
    return " ".join(filter(None, (months, *weeks)))


def _write_time(minutes: int) -> str:
    """Return "09:30"; beyond midnight the hour of the next day, but midnight itself is 24:00."""
    shown = minutes if minutes <= MIDNIGHT else minutes - MIDNIGHT
    return f"{shown // 60:02}:{shown % 60:02}"
