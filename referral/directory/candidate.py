"""What the matching needs to know of a service: frozen values, made from the directory's rows."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from referral.directory.openings import Hours
from referral.models.columns import Status, Wheelchair


class Channel(StrEnum):
    """A way to reach a partner. `instruction`: only words that say how ("use the number on your card")."""

    VISIT = "visit"
    PHONE = "phone"
    WEBSITE = "website"
    EMAIL = "email"
    INSTRUCTION = "instruction"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A service, at one of its locations if it has any, without what takes long to find out: hours and numbers.

    `status` is the worse of the service's and the location's. `serves` holds municipality codes or `NL`. `latitude` and
    `longitude` are WGS 84 degrees. `languages` are ISO codes, Dutch not listed. `channels` lacks the phone. `is_free`
    is None where it is not known. `target_groups` are ids of `data/target_groups.yml`; none: for everybody.
    """

    service_id: str
    organization_id: str
    name: str
    organization_name: str
    kinds: frozenset[str]
    serves: frozenset[str]
    channels: frozenset[Channel]
    status: Status = Status.ACTIVE
    location_id: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    by_appointment: bool = False
    languages: frozenset[str] = frozenset()
    wheelchair: Wheelchair | None = None
    is_free: bool | None = None
    target_groups: frozenset[str] = frozenset()
    assured_date: date | None = None
    check_due: date | None = None
    is_example: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate(Outline):
    """The whole of it. `hours` are those to come by when there is a location, else those to call.

    `channels` has the phone where there is a number that may be shown.
    """

    hours: Hours
