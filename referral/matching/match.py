"""What goes into the matching and what comes out: need, match, score, reasons. Frozen values."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from referral.directory.candidate import Candidate
from referral.matching.distance import Point


class ReasonCode(StrEnum):
    """Why a partner is where it is in the list; shown to everybody, in the words of `data/texts`."""

    RIGHT_KIND = "right_kind"
    SECOND_KIND = "second_kind"
    SOONER_THAN_RIGHT_KIND = "sooner_than_right_kind"
    SERVES_MUNICIPALITY = "serves_municipality"
    NATIONAL = "national"
    OPEN_NOW = "open_now"
    OPENS_TODAY = "opens_today"
    OPENS_NEXT = "opens_next"
    CLOSED_LONG = "closed_long"
    HOURS_UNKNOWN = "hours_unknown"
    HOURS_UNSURE = "hours_unsure"
    BY_APPOINTMENT = "by_appointment"
    BY_PHONE = "by_phone"
    ONLINE = "online"
    NEAR = "near"
    FAR = "far"
    SPEAKS_LANGUAGE = "speaks_language"
    ACCESSIBLE = "accessible"
    ACCESS_UNKNOWN = "access_unknown"
    NOT_ACCESSIBLE = "not_accessible"
    RECENTLY_VERIFIED = "recently_verified"
    CHECK_OVERDUE = "check_overdue"
    NOT_VERIFIED = "not_verified"


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

    `kinds` are kinds of partner, best first. `moment` is aware. `declined` are services that were offered already.
    """

    kinds: tuple[str, ...]
    moment: datetime
    municipality: str | None = None
    point: Point | None = None
    language: str | None = None
    wheelchair: bool = False
    declined: frozenset[str] = frozenset()


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
    check: float

    @property
    def minutes(self) -> float:
        return self.wait + self.appointment + self.travel + self.language + self.access + self.check


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A candidate that may be offered, with its score and the reasons for it."""

    candidate: Candidate
    score: Score
    reasons: tuple[Reason, ...]

    @property
    def codes(self) -> frozenset[ReasonCode]:
        return frozenset(reason.code for reason in self.reasons)
