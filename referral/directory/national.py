"""The national organisations of the catalogue as entries of the directory. Pure."""

from collections.abc import Iterable

from referral.directory.compact import (
    FREE,
    CompactCost,
    CompactOrganization,
    CompactPhone,
    CompactSchedule,
    CompactService,
    Shape,
    Text,
)
from referral.directory.holidays import OPEN_ON_HOLIDAYS
from referral.models.columns import Evidence
from referral.models.taxonomy_term import NATIONAL_KIND

NATIONAL_PREFIX = "nationaal-"


class NationalOrganisation(Shape):
    """An entry of `data/organisations.yml`; text after a semicolon in `helps_with` says how to reach it."""

    id: str
    name: str
    helps_with: str
    phone: str | None = None
    phone_hours: str | None = None
    cost: str | None = None
    website: str = ""
    evidence: Evidence
    government: bool


def make_national_id(catalogue_id: str) -> str:
    """Return the service's (and organization's) id for an id of `data/organisations.yml`; it never changes."""
    return f"{NATIONAL_PREFIX}{catalogue_id}"


def make_national(entry: NationalOrganisation) -> CompactOrganization:
    """Return the organisation with one service, kind `national`, by phone or online."""
    does, _, how = (part.strip() for part in entry.helps_with.partition(";"))
    service = CompactService(
        id=make_national_id(entry.id),
        name=entry.name,
        kinds=(NATIONAL_KIND,),
        does=Text(nl=does),
        how=Text(nl=how) if how else None,
        phones=tuple(_list_phones(entry)),
        phone_hours=(CompactSchedule(hours=entry.phone_hours),) if entry.phone_hours else (),
        website=entry.website or None,
        cost=_make_cost(entry.cost),
    )
    is_daily = (entry.phone_hours or "").startswith("Mo-Su")  # "dagelijks": on holidays too
    return CompactOrganization(
        id=service.id,
        name=entry.name,
        description=Text(nl=does),
        website=entry.website or None,
        government=entry.government,
        holidays=dict(OPEN_ON_HOLIDAYS) if is_daily else {},
        services=(service,),
    )


def _list_phones(entry: NationalOrganisation) -> Iterable[CompactPhone]:
    if entry.phone:
        yield CompactPhone(number=entry.phone, evidence=entry.evidence)


def _make_cost(cost: str | None) -> CompactCost | None:
    if cost is None:
        return None
    return FREE if cost == "gratis" else CompactCost(text=Text(nl=cost))
