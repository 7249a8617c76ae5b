"""A week of all partners of a municipality: who is open when, where nobody is, and where two are at once. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise

from referral.directory.candidate import Candidate, Channel
from referral.directory.holidays import DEFAULT_POLICY, Holiday, Rule, apply_policy, find_holiday
from referral.directory.hours import list_week
from referral.directory.openings import list_changes

DAYS = 7
SATURDAY = 5
# Somebody who is there for less than this is not there for that part of the day: closing at 12.15 is no afternoon.
PRESENCE = timedelta(minutes=30)


class Daypart(StrEnum):
    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


# Hours of the clock, first and last; the usual parts of a day at a counter, no norm.
DAYPARTS = {Daypart.MORNING: (8, 12), Daypart.AFTERNOON: (12, 18), Daypart.EVENING: (18, 22)}


@dataclass(frozen=True, slots=True)
class Block:
    """From … to, aware; it belongs to the day on which it begins, also when it ends after midnight."""

    start: datetime
    end: datetime
    by_appointment: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """What a partner does on a day; `change` says why its hours are not the usual ones."""

    date: date
    blocks: tuple[Block, ...]
    change: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerWeek:
    """One service at one location (or by phone), for seven days."""

    service_id: str
    location_id: str | None
    name: str
    organization_name: str
    by_phone: bool
    by_appointment: bool
    has_hours: bool
    days: tuple[Day, ...]


@dataclass(frozen=True, slots=True)
class Hole:
    """On a working day nobody of this kind is there in this part of the day."""

    day: date
    daypart: Daypart


@dataclass(frozen=True, slots=True)
class Overlap:
    """These services, two or more of one kind, are open at the same time."""

    start: datetime
    end: datetime
    service_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KindWeek:
    """The partners of one kind; without any, `holes` and `overlaps` are empty: it is missing as a whole."""

    kind: str
    partners: tuple[PartnerWeek, ...]
    holes: tuple[Hole, ...]
    overlaps: tuple[Overlap, ...]


@dataclass(frozen=True, slots=True)
class NetworkWeek:
    """Seven days from `start`; `holidays` are the public holidays among them. `kinds` in the order asked for."""

    municipality: str
    start: date
    holidays: dict[date, Holiday]
    kinds: tuple[KindWeek, ...]

    @property
    def days(self) -> tuple[date, ...]:
        return tuple(self.start + timedelta(number) for number in range(DAYS))

    @property
    def missing(self) -> tuple[str, ...]:
        """The kinds of which there is no partner at all."""
        return tuple(week.kind for week in self.kinds if not week.partners)


def make_week(candidates: Sequence[Candidate], kinds: Iterable[str], municipality: str, start: date) -> NetworkWeek:
    """Return the week of these candidates, which are open for business in this municipality (GMxxxx)."""
    days = [start + timedelta(number) for number in range(DAYS)]
    holidays = {day: holiday for day in days if (holiday := find_holiday(day))}
    ordered = sorted(candidates, key=lambda one: (one.name, one.service_id, one.location_id or ""))
    partners = [(candidate, _make_partner(candidate, start)) for candidate in ordered]
    weeks = []
    for kind in kinds:
        of_kind = tuple(partner for candidate, partner in partners if kind in candidate.kinds)
        holes = tuple(_list_holes(of_kind, days)) if of_kind else ()
        weeks.append(KindWeek(kind, of_kind, holes, tuple(_list_overlaps(of_kind))))
    return NetworkWeek(municipality, start, holidays, tuple(weeks))


def _make_partner(candidate: Candidate, start: date) -> PartnerWeek:
    hours = candidate.hours
    days = []
    for day, openings in list_week(hours, start, DAYS):
        midnight = datetime.combine(day + timedelta(1), time.min, hours.zone)
        blocks = tuple(Block(one.start, one.end or midnight, one.by_appointment) for one in openings)
        changes = list_changes(hours, day)
        days.append(Day(day, blocks, changes[0].reason if changes else None))
    return PartnerWeek(
        service_id=candidate.service_id,
        location_id=candidate.location_id,
        name=candidate.name,
        organization_name=candidate.organization_name,
        by_phone=Channel.VISIT not in candidate.channels,
        by_appointment=candidate.by_appointment,
        has_hours=bool(hours.timetables),
        days=tuple(days),
    )


def is_working_day(day: date) -> bool:
    """Return whether most offices are open: Monday to Friday, without the holidays on which many are closed."""
    return day.weekday() < SATURDAY and apply_policy(DEFAULT_POLICY, day) is Rule.OPEN


def _list_holes(partners: Sequence[PartnerWeek], days: Sequence[date]) -> Iterable[Hole]:
    for number, day in enumerate(days):
        if not is_working_day(day):
            continue
        blocks = [block for partner in partners for block in partner.days[number].blocks]
        for daypart, (first, last) in DAYPARTS.items():
            if not any(_is_there(block, first, last) for block in blocks):
                yield Hole(day, daypart)


def _is_there(block: Block, first: int, last: int) -> bool:
    begin, end = (block.start.replace(hour=hour, minute=0, second=0, microsecond=0) for hour in (first, last))
    return min(block.end, end) - max(block.start, begin) >= PRESENCE


def _list_overlaps(partners: Sequence[PartnerWeek]) -> Iterable[Overlap]:
    """Yield the stretches of time in which the same two or more services are open, in order."""
    blocks = [(partner.service_id, block) for partner in partners for day in partner.days for block in day.blocks]
    bounds = sorted({bound for _, block in blocks for bound in (block.start, block.end)})
    current: Overlap | None = None
    for start, end in pairwise(bounds):
        open_then = tuple(sorted({owner for owner, block in blocks if block.start <= start and end <= block.end}))
        if current and current.service_ids == open_then and current.end == start:
            current = Overlap(current.start, end, open_then)
            continue
        if current:
            yield current
        current = Overlap(start, end, open_then) if len(open_then) > 1 else None
    if current:
        yield current
