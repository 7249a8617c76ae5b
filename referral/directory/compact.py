"""The shape of a directory file: one municipality, its organizations with their locations and services.

Close to HSDS 3.1, but written by people: names in place of tables, Dutch and English side by side, one line where one
will do. See `data/example/`.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

import phonenumbers
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from referral.directory.holidays import Holiday, Rule
from referral.directory.notation import read_notation
from referral.directory.school_holidays import Region
from referral.errors import InvalidContent
from referral.models.columns import Evidence, Status, Wheelchair

SHORT_NUMBERS = frozenset({"112", "113", "1400"})


def _check_hours(text: str) -> str:
    try:
        read_notation(text)
    except InvalidContent as error:
        raise ValueError(str(error)) from error
    return text


def check_phone(number: str) -> str:
    """Accept what the Dutch numbering plan can hold, and the few short numbers."""
    if number in SHORT_NUMBERS:
        return number
    try:
        is_valid = phonenumbers.is_valid_number(phonenumbers.parse(number, "NL"))
    except phonenumbers.NumberParseException as error:
        raise ValueError(f"no phone number: {number!r}") from error
    if not is_valid:
        raise ValueError(f"no Dutch phone number: {number!r}")
    return number


Hours = Annotated[str, AfterValidator(_check_hours)]
Number = Annotated[str, BeforeValidator(str), AfterValidator(check_phone)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{1,79}$")]
Municipality = Annotated[str, StringConstraints(pattern=r"^GM\d{4}$")]
Postcode = Annotated[str, StringConstraints(pattern=r"^[1-9]\d{3} [A-Z]{2}$")]


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Text(Shape):
    """A text in Dutch, and in English where somebody wrote it."""

    nl: str
    en: str | None = None


class CompactPhone(Shape):
    number: Number
    description: str | None = None
    evidence: Evidence = Evidence.UNVERIFIED


class CompactSchedule(Shape):
    """`hours` in OSM notation, within `start` … `end` if given."""

    hours: Hours
    start: date | None = None
    end: date | None = None
    note: str | None = None
    at: Slug | None = Field(None, description="only at this location")


class CompactChange(Shape):
    start: date
    end: date
    hours: Hours | None = None
    reason: str

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> "CompactChange":
        if self.end < self.start:
            raise ValueError(f"the exception {self.reason!r} ends before it starts")
        return self


class CompactCost(Shape):
    amount: Decimal | None = None
    text: Text


FREE = CompactCost(amount=Decimal(0), text=Text(nl="Gratis", en="Free"))


def _list_schedules(value: object) -> object:
    return [{"hours": value}] if isinstance(value, str) else value


Schedules = Annotated[tuple[CompactSchedule, ...], BeforeValidator(_list_schedules)]


class CompactLocation(Shape):
    id: Slug
    name: str
    street: str
    postcode: Postcode
    city: str
    municipality: Municipality | None = None
    latitude: float | None = Field(None, ge=50.7, le=53.6)  # the Netherlands in Europe
    longitude: float | None = Field(None, ge=3.3, le=7.3)
    wheelchair: Wheelchair | None = None
    access: str | None = None
    transportation: str | None = None
    status: Status = Status.ACTIVE
    hours: Schedules = ()
    exceptions: tuple[CompactChange, ...] = ()


class CompactService(Shape):
    """`at` are ids of locations, also of other organizations; none: by phone or online.

    `serves` are codes of municipalities; none: that of the file. `groups` are ids of `data/target_groups.yml`; none:
    for everybody. `cost` none: unknown.
    """

    id: Slug
    name: str
    kinds: tuple[str, ...] = Field(min_length=1)
    does: Text
    at: tuple[Slug, ...] = ()
    hours: Schedules = ()
    phone_hours: Schedules = ()
    exceptions: tuple[CompactChange, ...] = ()
    phones: tuple[CompactPhone, ...] = ()
    website: str | None = None
    email: str | None = None
    appointment: bool = False
    how: Text | None = None
    cost: CompactCost | Literal["free"] | None = None
    bring: tuple[Text, ...] = ()
    languages: tuple[str, ...] = ()
    interpreter: str | None = None
    who: Text | None = None
    groups: tuple[str, ...] = ()
    serves: tuple[Municipality, ...] = ()
    status: Status = Status.ACTIVE
    alert: Text | None = None
    assured_date: date | None = None
    check_due: date | None = None


class CompactOrganization(Shape):
    id: Slug
    name: str
    description: Text
    website: str | None = None
    email: str | None = None
    government: bool = False
    region: Region | None = None
    holidays: dict[Holiday, Rule] = {}
    phones: tuple[CompactPhone, ...] = ()
    exceptions: tuple[CompactChange, ...] = ()
    locations: tuple[CompactLocation, ...] = ()
    services: tuple[CompactService, ...] = ()


class CompactFile(Shape):
    municipality: Municipality
    name: str
    province: str
    organizations: tuple[CompactOrganization, ...]
