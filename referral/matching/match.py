"""What goes into the matching and what comes out: need, match, score, reasons. Frozen values."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from referral.directory.candidate import Candidate
from referral.matching.distance import Point
from referral.matching.wishes import NOTHING, Wanted, Wish


class ReasonCode(StrEnum):
    """Why a partner is where it is in the list; shown to everybody, in the words of `data/texts`."""

    RIGHT_KIND = "right_kind"
    SECOND_KIND = "second_kind"
    SOONER_THAN_RIGHT_KIND = "sooner_than_right_kind"
    SERVES_MUNICIPALITY = "serves_municipality"
    NATIONAL = "national"
    OPEN_NOW = "open_now"
    OPENS_TODAY = "opens_today"
    OPENS_THIS_WEEK = "opens_this_week"
    OPENS_NEXT = "opens_next"
    IN_EVENING = "in_evening"
    CLOSED_LONG = "closed_long"
    HOURS_UNKNOWN = "hours_unknown"
    HOURS_UNSURE = "hours_unsure"
    BY_APPOINTMENT = "by_appointment"
    WALK_IN = "walk_in"
    BY_PHONE = "by_phone"
    ONLINE = "online"
    NEAR = "near"
    FAR = "far"
    SPEAKS_LANGUAGE = "speaks_language"
    FREE = "free"
    FOR_GROUP = "for_group"
    ACCESSIBLE = "accessible"
    ACCESS_UNKNOWN = "access_unknown"
    NOT_ACCESSIBLE = "not_accessible"
    RECENTLY_VERIFIED = "recently_verified"
    CHECK_OVERDUE = "check_overdue"
    NOT_VERIFIED = "not_verified"


# What speaks against a partner; its card says the same in the hours and the warning.
AGAINST = frozenset(
    {
        ReasonCode.OPENS_NEXT,
        ReasonCode.CLOSED_LONG,
        ReasonCode.HOURS_UNKNOWN,
        ReasonCode.HOURS_UNSURE,
        ReasonCode.BY_APPOINTMENT,
        ReasonCode.BY_PHONE,
        ReasonCode.ONLINE,
        ReasonCode.FAR,
        ReasonCode.ACCESS_UNKNOWN,
        ReasonCode.NOT_ACCESSIBLE,
        ReasonCode.CHECK_OVERDUE,
        ReasonCode.NOT_VERIFIED,
    }
)


@dataclass(frozen=True, slots=True)
class Reason:
    """A code with what belongs to it: `moment` (aware) for hours, `km` for distance, `language` for a language."""

    code: ReasonCode
    moment: datetime | None = None
    km: float | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What a citizen needs, where and when.

    `kinds` are kinds of partner, best first; none where the kind does not matter. `moment` is aware. A partner that
    lacks what is `preferred` goes down, one that lacks what is `required` is left out. `declined` are services that
    were offered already.
    """

    kinds: tuple[str, ...]
    moment: datetime
    municipality: str | None = None
    point: Point | None = None
    preferred: Wanted = NOTHING
    required: Wanted = NOTHING
    declined: frozenset[str] = frozenset()

    @property
    def wishes(self) -> Wanted:
        """Everything that is wished, with or without insistence."""
        return self.required.over(self.preferred)


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """The parts of a score; less is better. `tier` is whole steps (see `score`), the rest is minutes."""

    barred: bool
    tier: float
    wait: float
    appointment: float
    travel: float
    language: float
    access: float
    wishes: float
    check: float

    @property
    def minutes(self) -> float:
        return self.wait + self.appointment + self.travel + self.language + self.access + self.wishes + self.check


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A candidate that may be offered, with its score and the reasons for it."""

    candidate: Candidate
    score: Score
    reasons: tuple[Reason, ...]

    @property
    def codes(self) -> frozenset[ReasonCode]:
        return frozenset(reason.code for reason in self.reasons)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """So many services that would help with this lack what is required, this first."""

    wish: Wish
    services: int
