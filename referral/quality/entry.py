"""A service as its editor sees it: a frozen value, from the directory's rows or from a form that is not saved yet.

Anything may be wrong in it; the rules say what. So hours and numbers are kept as they were written.
"""

from dataclasses import dataclass
from datetime import date

from referral.directory.openings import Hours
from referral.models.columns import Status


@dataclass(frozen=True, slots=True)
class Text:
    """A text of the service by its column, in Dutch and English."""

    column: str
    nl: str
    en: str = ""


@dataclass(frozen=True, slots=True)
class Number:
    """A phone number; `is_trusted`: it was read somewhere, or a library has confirmed it."""

    number: str
    is_trusted: bool


@dataclass(frozen=True, slots=True)
class Spot:
    """The location of a site; `municipality` is a code (GMxxxx), coordinates are WGS 84 degrees."""

    location_id: str
    name: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    municipality: str | None = None
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Site:
    """Where and when the service is given; no `spot`: by phone or online.

    `hours` are those to come by, `phone_hours` those to call. `is_callable`: there is a number that may be shown, of
    the service, the location or the organization.
    """

    spot: Spot | None
    hours: Hours
    phone_hours: Hours
    is_callable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """`numbers` are the service's own; `has_cost`: something is said about it, be it that it is free.

    `website` is the organization's, which a citizen gets where the service has no `url`. `has_target_group`: something
    is said about whom it is for.
    """

    service_id: str
    name: str
    organization_id: str
    organization_name: str
    status: Status = Status.ACTIVE
    kinds: frozenset[str] = frozenset()
    has_target_group: bool = False
    has_cost: bool = False
    texts: tuple[Text, ...] = ()
    numbers: tuple[Number, ...] = ()
    url: str = ""
    website: str = ""
    email: str = ""
    by_appointment: bool = False
    sites: tuple[Site, ...] = ()
    assured_date: date | None = None
    check_due: date | None = None
    is_example: bool = False

    def get_text(self, column: str) -> str:
        """Return the Dutch text of a column, empty where there is none."""
        return next((text.nl for text in self.texts if text.column == column), "")
