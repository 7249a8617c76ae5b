"""What a citizen would like, or cannot do without: the language, the door, the price, the hours. Pure.

The same wishes serve twice (`Need`): a partner that lacks what is preferred goes down, one that lacks what is required
is left out. What is not known is not met: somebody in a wheelchair is not sent to a door that may have steps.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from referral.clock import to_local
from referral.directory.candidate import Channel, Outline
from referral.directory.hours import HoursToday, describe_today, list_between
from referral.directory.openings import Hours
from referral.directory.sieve import Sieve
from referral.models.columns import Wheelchair

EVENING = time(18)
# Evenings are looked for in this many days, today included: a weekly one is always among them.
EVENING_DAYS = 7


class Arrival(StrEnum):
    WALK_IN = "walk_in"
    APPOINTMENT = "appointment"


class When(StrEnum):
    """Open at this moment, still today, or before Monday."""

    NOW = "now"
    TODAY = "today"
    THIS_WEEK = "this_week"


class Wish(StrEnum):
    """One wish; the first that a partner lacks says why it is left out.

    First come those that the directory's sieve knows, in its order; then the door, and what needs the hours last.
    """

    LANGUAGE = "language"
    FREE = "free"
    TARGET_GROUP = "target_group"
    WALK_IN = "walk_in"
    WHEELCHAIR = "wheelchair"
    APPOINTMENT = "appointment"
    EVENING = "evening"
    OPEN_NOW = "open_now"
    TODAY = "today"
    THIS_WEEK = "this_week"


WISH_OF = {When.NOW: Wish.OPEN_NOW, When.TODAY: Wish.TODAY, When.THIS_WEEK: Wish.THIS_WEEK}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """`language` is an ISO code; `target_group` an id of `data/target_groups.yml`."""

    language: str | None = None
    wheelchair: bool = False
    free: bool = False
    target_group: str | None = None
    arrival: Arrival | None = None
    evening: bool = False
    when: When | None = None

    @property
    def needs_hours(self) -> bool:
        """Whether the hours have a say: an appointment may stand in them as a comment."""
        return self.evening or self.when is not None or self.arrival is not None

    @property
    def needs_look(self) -> bool:
        """Whether each location has to be looked at: the directory's sieve knows services only."""
        return self.wheelchair or self.needs_hours

    def over(self, other: "Wanted") -> "Wanted":
        """Return both together; where they differ these count."""
        return Wanted(
            language=self.language or other.language,
            wheelchair=self.wheelchair or other.wheelchair,
            free=self.free or other.free,
            target_group=self.target_group or other.target_group,
            arrival=self.arrival or other.arrival,
            evening=self.evening or other.evening,
            when=self.when or other.when,
        )


NOTHING = Wanted()


@dataclass(frozen=True, slots=True)
class Prospect:
    """What the hours promise: at the moment itself, in an evening, and in the time that is asked for."""

    today: HoursToday
    in_evening: bool
    in_time: bool


def look_ahead(hours: Hours, wanted: Wanted, moment: datetime) -> Prospect:
    """Return what the hours promise to somebody who wants this. `moment` is aware."""
    today = describe_today(hours, moment)
    return Prospect(
        today,
        in_evening=wanted.evening and _opens_in_evening(hours, moment),
        in_time=wanted.when is not None and _opens_in_time(today, wanted.when, moment),
    )


def expect_best(wanted: Wanted) -> Prospect:
    """Return the best that hours could promise to somebody who wants this: no partner does better."""
    by_appointment = wanted.arrival is Arrival.APPOINTMENT
    today = HoursToday(open_now=True, open_until=None, opens_next=None, today=(), by_appointment=by_appointment)
    return Prospect(today, in_evening=True, in_time=True)


def speaks(partner: Outline, language: str | None) -> bool:
    return language in (None, "nl") or language in partner.languages


def is_for_others(partner: Outline, target_group: str | None) -> bool:
    """Return whether the service is for groups of which this one is none; one without groups is for everybody."""
    return bool(partner.target_groups) and target_group not in partner.target_groups


def find_lack(partner: Outline, wanted: Wanted) -> Wish | None:
    """Return the first wish that the partner lacks, whatever its hours."""
    can_enter = Channel.VISIT not in partner.channels or partner.wheelchair in (Wheelchair.YES, Wheelchair.LIMITED)
    if not speaks(partner, wanted.language):
        return Wish.LANGUAGE
    if wanted.free and not partner.is_free:
        return Wish.FREE
    if wanted.target_group and is_for_others(partner, wanted.target_group):
        return Wish.TARGET_GROUP
    if wanted.arrival is Arrival.WALK_IN and (partner.by_appointment or Channel.VISIT not in partner.channels):
        return Wish.WALK_IN
    if wanted.wheelchair and not can_enter:
        return Wish.WHEELCHAIR
    return None


def make_sieve(wanted: Wanted) -> Sieve:
    """Return what `find_lack` would find of a service at all of its locations alike."""
    return Sieve(
        language=None if wanted.language == "nl" else wanted.language,
        free=wanted.free,
        target_group=wanted.target_group,
        walk_in=wanted.arrival is Arrival.WALK_IN,
    )


def find_lack_of_hours(partner: Outline, wanted: Wanted, prospect: Prospect) -> Wish | None:
    """Return the first wish that the hours do not meet."""
    by_appointment = partner.by_appointment or prospect.today.by_appointment
    if wanted.arrival is Arrival.WALK_IN and by_appointment:
        return Wish.WALK_IN
    if wanted.arrival is Arrival.APPOINTMENT and not by_appointment:
        return Wish.APPOINTMENT
    if wanted.evening and not prospect.in_evening:
        return Wish.EVENING
    if wanted.when and not prospect.in_time:
        return WISH_OF[wanted.when]
    return None


def _opens_in_time(today: HoursToday, when: When, moment: datetime) -> bool:
    if today.open_now or when is When.NOW:
        return today.open_now
    local = to_local(moment)
    days = 1 if when is When.TODAY else 7 - local.weekday()
    return today.opens_next is not None and to_local(today.opens_next.start).date() < local.date() + timedelta(days)


def _opens_in_evening(hours: Hours, moment: datetime) -> bool:
    """Return whether some opening that is not over yet goes on after six, or begins in the evening."""
    local = to_local(moment)
    midnight = datetime.combine(local.date() + timedelta(EVENING_DAYS), time.min, local.tzinfo)
    for opening in list_between(hours, local, midnight):
        start = to_local(max(opening.start, local))
        evening = datetime.combine(start.date(), EVENING, local.tzinfo)
        if opening.end is None or to_local(opening.end) > evening:
            return True
    return False
