"""The directory over HTTP, for everybody, read only: services, organizations, locations, and who fits a question."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request

from api.directory.schemas import (
    GapView,
    LeftOutView,
    Location,
    LocationPage,
    LocationQuery,
    Matches,
    MatchQuery,
    Organization,
    OrganizationPage,
    Service,
    ServicePage,
    ServiceQuery,
    SubjectQuery,
    WhereQuery,
)
from api.directory.views import Reader, view_listed, view_location, view_match, view_organization, view_service
from api.web.dependencies import TheMoment, TheSession, TheWords, limit_reading
from api.web.paging import PageQuery, number_page
from api.web.schemas import Id
from referral.directory import search
from referral.directory import service as directory
from referral.directory.search import ServiceFilter
from referral.matching.distance import Point
from referral.matching.listing import list_services as list_fitting
from referral.matching.match import Need
from referral.matching.service import find_partner
from referral.matching.wishes import NOTHING
from referral.places.service import resolve_place
from referral.referring.knowledge import load_knowledge

router = APIRouter(prefix="/v1", tags=["directory"], dependencies=[Depends(limit_reading)])


@dataclass(frozen=True, slots=True)
class Where:
    """A municipality (GMxxxx) and a point in it (degrees), where they are known."""

    municipality: str | None
    point: Point | None


def find_where(query: WhereQuery) -> Where:
    """Return what is meant; raise `UnknownPlace` or `AmbiguousPlace`."""
    text = query.place or query.postcode
    if text is None:
        return Where(query.municipality, None)
    knowledge = load_knowledge()
    place = resolve_place(text, knowledge.places, knowledge.postcodes)
    return Where(place.municipality_code, place.point)


def find_kinds(query: SubjectQuery) -> tuple[Sequence[str], Sequence[str]]:
    """Return the kinds of partner and the national organisations that are meant; raise `UnknownTopic`."""
    if query.topic is None:
        return query.kind, ()
    topic = load_knowledge().catalogue.get_topic(query.topic)
    return topic.partners, topic.national


@router.get("/services", response_model_exclude_none=True)
def list_services(
    query: Annotated[ServiceQuery, Query()], request: Request, session: TheSession, now: TheMoment, words: TheWords
) -> ServicePage:
    """List services by name that meet every wish, with what speaks for and against them.

    What is closed for good is left out.
    """
    load_knowledge().catalogue.check_target_group(query.target_group)
    kinds, national = find_kinds(query)
    where = find_where(query)
    wanted = ServiceFilter(
        kinds=kinds,
        national=national,
        municipality=where.municipality,
        organization_id=query.organization,
        text=query.q or "",
    )
    need = Need(kinds=(), moment=now, municipality=where.municipality, point=where.point, required=query.wanted)
    found = list_fitting(session, wanted, need, query.window)
    reader = Reader(now, where.municipality, words)
    return ServicePage(
        items=[view_listed(listed, reader) for listed in found.items],
        **number_page(request, query, found.total),
    )


@router.get("/services/{serviceId}", response_model_exclude_none=True)
def get_service(service_id: Annotated[Id, Path(alias="serviceId")], session: TheSession, now: TheMoment) -> Service:
    """Return a service with everything that is known of it, also one that is closed: `status` tells."""
    cards = directory.list_cards(session, service_id, now=now)
    return view_service(directory.load_candidates(session, [service_id]), cards, now)


@router.get("/organizations", response_model_exclude_none=True)
def list_organizations(query: Annotated[PageQuery, Query()], request: Request, session: TheSession) -> OrganizationPage:
    """List the organizations that give a service, by name."""
    found = search.search_organizations(session, query.window)
    return OrganizationPage(
        items=[view_organization(entry) for entry in found.items],
        **number_page(request, query, found.total),
    )


@router.get("/organizations/{organizationId}", response_model_exclude_none=True)
def get_organization(organization_id: Annotated[Id, Path(alias="organizationId")], session: TheSession) -> Organization:
    """Return an organization; its services and locations are lists with the filter `organization`."""
    return view_organization(search.get_organization(session, organization_id))


@router.get("/locations", response_model_exclude_none=True)
def list_locations(query: Annotated[LocationQuery, Query()], request: Request, session: TheSession) -> LocationPage:
    """List the locations that are open to the public, by name."""
    found = search.search_locations(
        session, query.window, municipality=query.municipality, organization_id=query.organization
    )
    return LocationPage(
        items=[view_location(entry) for entry in found.items],
        **number_page(request, query, found.total),
    )


@router.get("/locations/{locationId}", response_model_exclude_none=True)
def get_location(location_id: Annotated[Id, Path(alias="locationId")], session: TheSession) -> Location:
    """Return a location."""
    return view_location(search.get_location(session, location_id))


@router.get("/matches", response_model_exclude_none=True)
def list_matches(
    query: Annotated[MatchQuery, Query()], session: TheSession, now: TheMoment, words: TheWords
) -> Matches:
    """Return who can help with a topic or kind of help, best first and with the reasons."""
    load_knowledge().catalogue.check_target_group(query.target_group)
    kinds, national = find_kinds(query)
    where = find_where(query)
    outcome = find_partner(
        session,
        partners=kinds,
        national=national,
        now=now,
        municipality=where.municipality,
        point=where.point,
        preferred=query.wanted,
        required=NOTHING if query.prefer else query.wanted,
    )
    gap = outcome.gap
    reader = Reader(now, where.municipality, words)
    return Matches(
        items=[
            *(view_match(match, reader, scope="local") for match in outcome.local),
            *(view_match(match, reader, scope="national") for match in outcome.national),
        ],
        gap=GapView(kind=gap.kind, partner_kind=gap.partner_kind) if gap else None,
        left_out=[LeftOutView(wish=left.wish, services=left.services) for left in outcome.left_out],
    )
