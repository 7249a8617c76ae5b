"""What `/v1` tells of the directory. What is not known is left out of an answer."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from api.web.paging import Page, PageQuery
from api.web.schemas import Day, Id, Municipality, Schema, SearchText
from referral.directory.candidate import Channel
from referral.directory.holidays import Holiday
from referral.directory.hours import Unsure
from referral.matching.gaps import GapKind
from referral.matching.match import ReasonCode
from referral.matching.wishes import Arrival, Wanted, When, Wish
from referral.models.columns import Evidence, Status, Wheelchair

Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]{1,40}$")]
LanguageCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
Postcode = Annotated[str, StringConstraints(pattern=r"^[1-9]\d{3}( ?[A-Za-z]{2})?$")]
Scope = Literal["local", "national"]
Text = Mapping[str, str]
"""A text by language: `nl` always, other languages where somebody wrote them."""


class WhereQuery(Schema):
    """Where somebody is: a code, a name or a postcode, one of these."""

    municipality: Annotated[Municipality | None, Field(description="code of Statistics Netherlands")] = None
    place: Annotated[SearchText | None, Field(description="town, village or municipality")] = None
    postcode: Annotated[Postcode | None, Field(description="four digits, or four digits and two letters")] = None

    @model_validator(mode="after")
    def check_one_place(self) -> "WhereQuery":
        if sum(one is not None for one in (self.municipality, self.place, self.postcode)) > 1:
            raise ValueError("one of municipality, place and postcode")
        return self

    @property
    def is_given(self) -> bool:
        return bool(self.municipality or self.place or self.postcode)


class SubjectQuery(Schema):
    """What help is for: kinds of partner, or a topic, which knows its kinds."""

    kind: Annotated[Sequence[Code], Field(max_length=20, description="kinds of partner, best first")] = ()
    topic: Annotated[Code | None, Field(description="a topic's id")] = None

    @model_validator(mode="after")
    def check_one_subject(self) -> "SubjectQuery":
        if self.kind and self.topic:
            raise ValueError("either kind or topic")
        return self


class WishQuery(Schema):
    """What a citizen cannot do without; who lacks it is left out."""

    language: Annotated[LanguageCode | None, Field(description="spoken there, besides Dutch")] = None
    wheelchair: Annotated[bool, Field(description="a wheelchair can get in")] = False
    free: Annotated[bool, Field(description="it costs nothing")] = False
    target_group: Annotated[Code | None, Field(description="a target group's id: theirs, or everybody's")] = None
    arrival: Annotated[Arrival | None, Field(description="with or without an appointment")] = None
    evening: Annotated[bool, Field(description="open at or after 18.00, within a week")] = False
    when: Annotated[When | None, Field(description="open now, still today, or still this week")] = None

    @property
    def wanted(self) -> Wanted:
        return Wanted(
            language=self.language,
            wheelchair=self.wheelchair,
            free=self.free,
            target_group=self.target_group,
            arrival=self.arrival,
            evening=self.evening,
            when=self.when,
        )


class ServiceQuery(PageQuery, WhereQuery, SubjectQuery, WishQuery):
    """Filters of the list of services; each narrows it. Who needs a wheelchair, an hour or an arrival needs a place."""

    q: Annotated[SearchText | None, Field(description="words in name, description or organization")] = None
    organization: Id | None = None

    @model_validator(mode="after")
    def check_looked_for_somewhere(self) -> "ServiceQuery":
        if self.wanted.needs_look and not self.is_given:
            raise ValueError("wheelchair, arrival, evening and when need a municipality, place or postcode")
        return self


class MatchQuery(WhereQuery, SubjectQuery, WishQuery):
    """What a citizen needs, and where. Who is left out is counted."""

    prefer: Annotated[bool, Field(description="leave nobody out: who lacks a wish only stands lower")] = False

    @model_validator(mode="after")
    def check_subject(self) -> "MatchQuery":
        if not (self.kind or self.topic):
            raise ValueError("a kind or a topic")
        return self


class LocationQuery(PageQuery):
    municipality: Municipality | None = None
    organization: Id | None = None


class OpeningView(Schema):
    """From … to; without `end` it does not close."""

    start: datetime
    end: datetime | None = None
    by_appointment: bool
    note: str | None = None


class HoursView(Schema):
    """The hours at this moment. `unsure` tells why "closed" may not be true."""

    open_now: bool
    open_until: datetime | None = None
    opens_next: OpeningView | None = None
    by_appointment: bool
    always_open: bool
    holiday: Holiday | None = None
    exception: str | None = None
    unsure: Unsure | None = None


class DayView(Schema):
    """A day of the coming week with what opens on it."""

    day: date
    openings: Sequence[OpeningView]


class OrganizationName(Schema):
    id: str
    name: str


class PlaceOfService(Schema):
    """Where a service is given; degrees are WGS 84."""

    location_id: str
    latitude: float | None = None
    longitude: float | None = None
    wheelchair: Wheelchair | None = None
    hours: HoursView | None = None


class ServiceSummary(Schema):
    """A service in a list. `serves` holds codes of municipalities, or `NL`; `languages` are those besides Dutch.

    Without `target_groups` it is for everybody; `is_free` is left out where it is not known.
    """

    id: str
    name: str
    organization: OrganizationName
    kinds: Sequence[str]
    serves: Sequence[str]
    channels: Sequence[Channel]
    languages: Sequence[str]
    is_free: bool | None = None
    target_groups: Sequence[str]
    by_appointment: bool
    status: Status
    locations: Sequence[PlaceOfService]
    phone_hours: HoursView | None = None
    assured_date: Day = None
    check_due: Day = None
    is_example: bool


class ReasonView(Schema):
    """What speaks for a service or against it, in words too; `km`, `moment` and `language` belong to the code."""

    code: ReasonCode
    text: Text
    moment: datetime | None = None
    km: float | None = None
    language: str | None = None


class ListedService(ServiceSummary):
    """A service in the list, at the locations that meet what is asked; the reasons speak of the first of these."""

    reasons: Sequence[ReasonView]


class ServicePage(Page[ListedService]):
    """Services by name."""


class Phone(Schema):
    """A number that may be called; `call` is as it is dialled (RFC 3966)."""

    number: str
    call: str
    description: str | None = None
    evidence: Evidence


class CostView(Schema):
    """In euros; 0 is free, left out is unknown."""

    amount: Annotated[float, Field(ge=0)] | None = None
    description: Text


class ServiceLocation(PlaceOfService):
    """A service at one of its locations: the address, the hours there, and the numbers to call about it."""

    name: str | None = None
    address_lines: Sequence[str]
    transportation: str | None = None
    accessibility: str | None = None
    opening_hours: Annotated[Sequence[str], Field(description="OSM opening_hours, as the partner gave them")]
    hours_notes: Sequence[str]
    week: Sequence[DayView]
    phones: Sequence[Phone]


class Service(ServiceSummary):
    """A service with everything that a citizen may want to know."""

    locations: Sequence[ServiceLocation]
    description: Text
    how: Text
    eligibility: Text
    alert: Text
    costs: Sequence[CostView]
    required_documents: Sequence[Text]
    interpretation_services: str | None = None
    phones: Sequence[Phone]
    website: str | None = None
    email: str | None = None
    is_check_overdue: bool
    is_offered: bool


class Organization(Schema):
    """Who gives services; `municipality` is its home."""

    id: str
    name: str
    description: Text
    website: str | None = None
    email: str | None = None
    municipality: str | None = None
    is_government: bool
    is_example: bool
    phones: Sequence[Phone]


class OrganizationPage(Page[Organization]):
    """Organizations by name."""


class Location(Schema):
    """Where services are given; degrees are WGS 84."""

    id: str
    organization_id: str | None = None
    name: str | None = None
    street: str | None = None
    postcode: str | None = None
    city: str | None = None
    municipality: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    transportation: str | None = None
    wheelchair: Wheelchair | None = None
    status: Status
    is_example: bool


class LocationPage(Page[Location]):
    """Locations by name."""


class MatchView(Schema):
    """A service that may be offered, and the location that suits best."""

    scope: Scope
    location_id: str | None = None
    service: ServiceSummary
    reasons: Sequence[ReasonView]


class GapView(Schema):
    """Why there is no local partner."""

    kind: GapKind
    partner_kind: str


class LeftOutView(Schema):
    """So many services would help but lack what is wished, this first."""

    wish: Wish
    services: int


class Matches(Schema):
    """Who can help, best first: local partners, then national organisations; and who was left out."""

    items: Sequence[MatchView]
    gap: GapView | None = None
    left_out: Sequence[LeftOutView]
