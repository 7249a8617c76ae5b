"""Which services the database itself can leave out: those that lack something wherever they are given."""

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from sqlalchemy import (
    BindParameter,
    Case,
    ColumnElement,
    ScalarSelect,
    and_,
    bindparam,
    case,
    exists,
    func,
    not_,
    null,
    or_,
    select,
)

from referral.models.attribute import Attribute
from referral.models.columns import Evidence, Status
from referral.models.cost_option import CostOption
from referral.models.language import Language
from referral.models.location import Location
from referral.models.organization import Organization
from referral.models.phone import Phone
from referral.models.service import Service
from referral.models.service_at_location import ServiceAtLocation
from referral.models.taxonomy_term import TARGET_GROUPS, TaxonomyTerm


@dataclass(frozen=True, slots=True)
class Sieve:
    """What a service must have; `language` (an ISO code) and `target_group` as `Outline` has them, None: anything."""

    language: str | None = None
    free: bool = False
    target_group: str | None = None
    walk_in: bool = False

    @property
    def is_open(self) -> bool:
        """Whether everything falls through."""
        return not any(self.shape)

    @property
    def shape(self) -> tuple[bool, bool, bool, bool]:
        return self.language is not None, self.free, self.target_group is not None, self.walk_in


OPEN_SIEVE = Sieve()


Value = str | BindParameter[str] | None


@lru_cache(maxsize=16)
def name_lack(shape: tuple[bool, bool, bool, bool]) -> Case[str | None]:
    """Return the first thing that a `Service` lacks: `language`, `free`, `target_group` or `walk_in`, else NULL.

    The parameters are `language` and `target_group`.
    """
    names = ("language", "free", "target_group", "walk_in")
    lacks = zip(_list_lacks(bindparam("language"), bindparam("target_group")), names, strict=True)
    return case(*(lack for lack, is_asked in zip(lacks, shape, strict=True) if is_asked), else_=null())


def list_demands(sieve: Sieve) -> list[ColumnElement[bool]]:
    """Return the conditions under which a `Service` falls through."""
    lacks = zip(_list_lacks(sieve.language, sieve.target_group), sieve.shape, strict=True)
    return [not_(lack) for lack, is_asked in lacks if is_asked]


def _list_lacks(language: Value, target_group: Value) -> tuple[ColumnElement[bool], ...]:
    return (
        not_(speaks(language)),
        func.coalesce(_find_highest_cost(), 1) != 0,
        and_(_has_group(), not_(_has_group(TaxonomyTerm.code == target_group))),
        or_(Service.by_appointment, not_(_is_given_somewhere())),
    )


def is_active() -> ColumnElement[bool]:
    """Return the condition that a `Service` is open for business, and one of its locations too if it has any."""
    is_open_somewhere = _is_given_somewhere(Location.status == Status.ACTIVE)
    return and_(Service.status == Status.ACTIVE, or_(is_open_somewhere, not_(_is_given_somewhere())))


def is_found() -> ColumnElement[bool]:
    """Return the condition that a `Service` can surely be reached: it has a door, an address or a number of its own."""
    own = (Service.url, Service.email, Service.application_process)
    website = select(Organization.website).where(Organization.id == Service.organization_id).scalar_subquery()
    is_shown = or_(Phone.evidence != Evidence.UNVERIFIED, Phone.assured_date.is_not(None))
    return or_(
        _is_given_somewhere(),
        *(func.coalesce(way, "") != "" for way in (*own, website)),
        exists().where(Phone.service_id == Service.id, is_shown),
    )


def speaks(language: Value) -> ColumnElement[bool]:
    """Return the condition that a language is spoken in a `Service`, or at an open location where it is given."""
    is_spoken = Language.code == language
    there = exists().where(Language.location_id == Location.id, is_spoken).correlate(Location)
    return or_(
        exists().where(Language.service_id == Service.id, is_spoken).correlate(Service),
        _is_given_somewhere(Location.status == Status.ACTIVE, there),
    )


def _is_given_somewhere(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return the condition that a `Service` has a location for which these hold (of the location, its languages)."""
    places = select(ServiceAtLocation.id).where(ServiceAtLocation.service_id == Service.id)
    if conditions:
        places = places.join(Location, Location.id == ServiceAtLocation.location_id).where(*conditions)
    return exists(places.correlate(Service))


def _find_highest_cost() -> ScalarSelect[Decimal | None]:
    return select(func.max(CostOption.amount)).where(CostOption.service_id == Service.id).scalar_subquery()


def _has_group(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists(
        select(Attribute.id)
        .join(TaxonomyTerm, TaxonomyTerm.id == Attribute.taxonomy_term_id)
        .where(
            Attribute.link_entity == "service",
            Attribute.link_id == Service.id,
            TaxonomyTerm.taxonomy == TARGET_GROUPS,
            *conditions,
        )
    )
