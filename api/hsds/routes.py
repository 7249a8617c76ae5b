"""The directory as HSDS 3.1's own API, read only (https://docs.openreferral.org).

A list may be asked with POST as well as GET, as the standard wants it; the parameters stay in the address.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.openapi.utils import get_openapi
from fastapi.responses import Response
from sqlalchemy.orm import Session

from api.hsds.objects import Object, get_service, make_organizations, make_places, make_services
from api.hsds.pages import LIST_RESPONSES, answer_list
from api.hsds.schemas import DirectoryQuery, OrganizationQuery, PlaceQuery, ServiceQuery, TaxonomyQuery, TermQuery
from api.hsds.taxonomies import find_name, get_term, list_taxonomies, list_terms, make_taxonomy
from api.web.dependencies import TheSession, limit_reading
from api.web.origin import make_address
from api.web.problems import PROBLEM_RESPONSES
from api.web.schemas import Id
from referral.directory import search
from referral.directory.search import Modified, ServiceFilter, ServicePlace
from referral.errors import InvalidInput, UnknownPlace
from referral.exchange.hsds.ids import TERM, map_own_ids, to_uuid
from referral.exchange.records import ORGANIZATION, SERVICE
from referral.matching.nearby import list_near
from referral.places.service import resolve_place
from referral.referring.knowledge import load_knowledge

HSDS_VERSION = "3.1"
router = APIRouter(prefix="/hsds", tags=["hsds"], dependencies=[Depends(limit_reading)], responses=PROBLEM_RESPONSES)


@router.get("")
@router.get("/", include_in_schema=False)
def describe_api(request: Request) -> dict[str, str]:
    """Return the version of HSDS, and where this API and its profile are described."""
    return {
        "version": HSDS_VERSION,
        "profile": request.app.state.settings.contact_url,
        "openapi_url": make_address(request, "describe_openapi"),
    }


@router.get("/openapi.json", include_in_schema=False)
def describe_openapi() -> dict[str, Any]:
    """Return the description of this API."""
    return get_openapi(title="Om de Hoek, HSDS", version=HSDS_VERSION, routes=router.routes)


@router.post("/services", response_model=None, responses=LIST_RESPONSES)
@router.get("/services", response_model=None, responses=LIST_RESPONSES)
def list_services(request: Request, session: TheSession, query: Annotated[ServiceQuery, Query()]) -> Response:
    """List services by name, closed ones too: `status` tells."""
    wanted = _make_filter(session, query)
    if query.minimal:
        changed = search.list_modified(session, wanted)
        return answer_list(request, session, query.model_copy(update={"per_page": len(changed) or 1}), changed, _name)
    ids = search.list_service_ids(session, wanted)
    return answer_list(request, session, query, ids, partial(make_services, full=query.full))


@router.get("/services/{id}", response_model=None)
def get_one_service(session: TheSession, own_id: Annotated[Id, Path(alias="id")]) -> Object:
    """Return a service with everything."""
    return get_service(session, _find_own(session, SERVICE, own_id))


@router.post("/service_at_locations", response_model=None, responses=LIST_RESPONSES)
@router.get("/service_at_locations", response_model=None, responses=LIST_RESPONSES)
def list_service_at_locations(request: Request, session: TheSession, query: Annotated[PlaceQuery, Query()]) -> Response:
    """List services at each of their locations; with `proximity` the nearest first."""
    wanted = _make_filter(session, query)
    places = _list_places(session, wanted, query)
    return answer_list(request, session, query, places, partial(make_places, full=query.full))


@router.get("/service_at_locations/{id}", response_model=None)
def get_service_at_location(session: TheSession, own_id: Annotated[Id, Path(alias="id")]) -> Object:
    """Return a service at a location with everything."""
    place = ServicePlace(own_id, search.get_service_of_place(session, own_id), None)
    return next(make_places(session, [place], full=True))


@router.post("/organizations", response_model=None, responses=LIST_RESPONSES)
@router.get("/organizations", response_model=None, responses=LIST_RESPONSES)
def list_organizations(request: Request, session: TheSession, query: Annotated[OrganizationQuery, Query()]) -> Response:
    """List the organizations that give a service, by name."""
    ids = search.list_organization_ids(session, _make_filter(session, query))
    make = partial(make_organizations, full=query.full, full_service=query.full_service)
    return answer_list(request, session, query, ids, make)


@router.get("/organizations/{id}", response_model=None)
def get_organization(
    session: TheSession, own_id: Annotated[Id, Path(alias="id")], full_service: bool = False
) -> Object:
    """Return an organization with its locations and services."""
    entry = search.get_organization(session, _find_own(session, ORGANIZATION, own_id))
    return next(make_organizations(session, [entry.organization_id], full=True, full_service=full_service))


@router.post("/taxonomies", response_model=None, responses=LIST_RESPONSES)
@router.get("/taxonomies", response_model=None, responses=LIST_RESPONSES)
def show_taxonomies(request: Request, session: TheSession, query: Annotated[TaxonomyQuery, Query()]) -> Response:
    """List the taxonomies."""
    return answer_list(request, session, query, list_taxonomies(session, query.search or ""), _as_they_are)


@router.get("/taxonomies/{id}", response_model=None)
def get_taxonomy(session: TheSession, taxonomy_id: Annotated[Id, Path(alias="id")]) -> Object:
    """Return a taxonomy."""
    return make_taxonomy(find_name(session, taxonomy_id))


@router.post("/taxonomy_terms", response_model=None, responses=LIST_RESPONSES)
@router.get("/taxonomy_terms", response_model=None, responses=LIST_RESPONSES)
def show_terms(request: Request, session: TheSession, query: Annotated[TermQuery, Query()]) -> Response:
    """List the terms of a taxonomy, or of all."""
    terms = list_terms(
        session,
        text=query.search or "",
        taxonomy_id=query.taxonomy_id,
        parent_id=query.parent_id,
        top_only=query.top_only,
    )
    return answer_list(request, session, query, terms, _as_they_are)


@router.get("/taxonomy_terms/{id}", response_model=None)
def show_term(session: TheSession, term_id: Annotated[Id, Path(alias="id")]) -> Object:
    """Return a term."""
    return get_term(session, term_id)


def _make_filter(session: Session, query: DirectoryQuery) -> ServiceFilter:
    """Return what is asked in our own ids; closed services too, for whoever keeps a copy must hear of them."""
    return ServiceFilter(
        organization_id=_find_own(session, ORGANIZATION, query.organization_id) if query.organization_id else None,
        text=query.search or "",
        term_id=_find_own(session, TERM, query.taxonomy_term_id) if query.taxonomy_term_id else None,
        taxonomy=find_name(session, query.taxonomy_id) if query.taxonomy_id else None,
        modified_since=query.modified_after,
        is_in_use=False,
    )


def _find_own(session: Session, table: str, given: str) -> str:
    """Return our own id for one that we gave out."""
    return map_own_ids(session).get((table, given), given)


def _list_places(session: Session, wanted: ServiceFilter, query: PlaceQuery) -> list[ServicePlace]:
    if query.postcode is None:
        if query.proximity is not None:
            raise InvalidInput("proximity needs a postcode")
        return search.list_places(session, wanted)
    knowledge = load_knowledge()
    place = resolve_place(query.postcode, knowledge.places, knowledge.postcodes)
    if query.proximity is None:
        return search.list_places(session, replace(wanted, municipality=place.municipality_code))
    if place.point is None:
        raise UnknownPlace("nobody knows where it lies")
    return list_near(session, wanted, point=place.point, km=query.proximity / 1000)


def _name(session: Session, changed: Sequence[Modified]) -> Iterator[Object]:
    for one in changed:
        moment = {"last_modified": one.moment.isoformat()} if one.moment else {}
        yield {"id": to_uuid(SERVICE, one.service_id), **moment}


def _as_they_are(session: Session, objects: Sequence[Object]) -> Iterator[Object]:
    yield from objects
