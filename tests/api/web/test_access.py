"""Every route has a rule: it is for everybody, on purpose, or it says who may come."""

from typing import Annotated

import pytest
from fastapi.routing import iter_route_contexts
from starlette.routing import Mount

from api.web.access import Rule, require
from api.web.origin import SAFE_METHODS, check_origin
from referral.models.grant import Role
from referral.staff.service import SignedIn
from tests.api.account.colleague import Colleague, add_person
from tests.api.door import Door

# What anybody may ask for, and why. A new route that is not for everybody does not belong here: give it `require(…)`.
HSDS_LISTS = ("organizations", "service_at_locations", "services", "taxonomies", "taxonomy_terms")
PUBLIC = {
    # citizens: the page, the chat, the files of the pages
    ("GET", "/"),
    ("GET", "/zoek"),
    ("GET", "/privacy"),
    ("GET", "/oefenen"),
    ("GET", "/oefenen/{libraryId}"),
    ("GET", "/oefenen/{libraryId}/{skill}"),
    ("GET", "/partner/{serviceId}"),
    ("POST", "/v1/conversations"),
    ("POST", "/v1/conversations/{conversationId}/messages"),
    ("GET", "/v1/conversations/{conversationId}"),
    ("DELETE", "/v1/conversations/{conversationId}"),
    ("GET", "/v1/conversations/{conversationId}/person"),
    ("DELETE", "/v1/conversations/{conversationId}/person"),
    ("POST", "/v1/conversations/{conversationId}/helped"),
    ("PUT", "/v1/conversations/{conversationId}/language"),
    ("GET", "/v1/widgets/{libraryId}"),
    ("*", "/static"),
    ("GET", "/static/theme.css"),
    ("GET", "/static/theme/logo"),
    ("*", "/static/staff"),
    ("*", "/static/account"),
    ("*", "/static/network"),
    # programs: the directory and the catalogue; HSDS reads with POST as well
    ("GET", "/v1/locations"),
    ("GET", "/v1/locations/{locationId}"),
    ("GET", "/v1/matches"),
    ("GET", "/v1/organizations"),
    ("GET", "/v1/organizations/{organizationId}"),
    ("GET", "/v1/partner-kinds"),
    ("GET", "/v1/places"),
    ("GET", "/v1/reports"),
    ("GET", "/v1/reports/{figure}"),
    ("GET", "/v1/services"),
    ("GET", "/v1/services/{serviceId}"),
    ("GET", "/v1/target-groups"),
    ("GET", "/v1/topics"),
    ("GET", "/v1/topics/{topicId}"),
    ("GET", "/hsds"),
    ("GET", "/hsds/"),
    ("GET", "/hsds/openapi.json"),
    *((method, f"/hsds/{name}") for name in HSDS_LISTS for method in ("GET", "POST")),
    *(("GET", f"/hsds/{name}/{{id}}") for name in HSDS_LISTS),
    ("*", "/static/editor"),
    ("*", "/static/desk"),
    ("*", "/static/inbox"),
    ("*", "/static/waaier"),
    ("*", "/static/chat"),
    ("*", "/static/reports"),
    # citizens say what is wrong; partners come by a signed link
    ("GET", "/klopt-niet/{service_id}"),
    ("POST", "/klopt-niet/{service_id}"),
    ("GET", "/p/{token}"),
    # partners tell what became of a referral, by its code or a signed link; citizens, on its slip's own page
    ("GET", "/p"),
    ("POST", "/p"),
    ("GET", "/p/{key:code}"),
    ("POST", "/p/{key:code}"),
    ("GET", "/verwijzing/{key}"),
    ("POST", "/verwijzing/{key}"),
    ("GET", "/weekmail/{token}"),
    ("POST", "/weekmail/{token}"),
    ("GET", "/briefje/{slip_key}"),
    ("POST", "/briefje/{slip_key}"),
    ("GET", "/briefje/{slip_key}/qr.svg"),
    ("*", "/static/slip"),
    ("POST", "/p/{token}/{service_id}"),
    # programs: what there is, and whether it is up
    ("GET", "/v1/openapi.json"),
    ("GET", "/health/live"),
    ("GET", "/health/ready"),
    # staff on their way in or out
    ("GET", "/account/sign-in"),
    ("POST", "/account/sign-in"),
    ("POST", "/account/sign-out"),
    ("GET", "/account/oidc"),
    ("GET", "/account/oidc/callback"),
}


def list_calls(dependant):
    """Return everything that a route depends on, at any depth."""
    for one in dependant.dependencies:
        yield one.call
        yield from list_calls(one)


def list_routes(app):
    """Return (method, path, what it depends on) of every route."""
    for route in iter_route_contexts(app.routes):
        dependant = getattr(route, "dependant", None)
        calls = list(list_calls(dependant)) if dependant else []
        is_mount = isinstance(getattr(route, "original_route", route), Mount)
        for method in {"*"} if is_mount else route.methods - {"HEAD"}:
            yield method, route.path, calls


def find_lawless(app):
    """Return the routes that are neither public nor have a rule."""
    return [
        (method, path)
        for method, path, calls in list_routes(app)
        if (method, path) not in PUBLIC and not any(isinstance(call, Rule) for call in calls)
    ]


def test_every_route_is_public_on_purpose_or_has_a_rule(door):
    assert len(list(list_routes(door.app))) > 20
    assert find_lawless(door.app) == []


def test_what_is_called_public_exists_and_has_no_rule(door):
    routes = {(method, path): calls for method, path, calls in list_routes(door.app)}
    assert set(routes) >= PUBLIC
    assert not [key for key in PUBLIC if any(isinstance(call, Rule) for call in routes[key])]


def test_what_changes_something_for_staff_is_never_done_for_another_site(door):
    for method, path, calls in list_routes(door.app):
        guarded = ("/account", "/desk", "/redactie", "/p", "/klopt-niet", "/verwijzing", "/weekmail", "/briefje")
        if path.startswith(guarded) and method not in SAFE_METHODS:
            assert any(isinstance(call, Rule) or call is check_origin for call in calls), path


@pytest.fixture
def own_door(make_settings):
    """A door with two routes more: one without a rule, one for editors."""
    made = Door(make_settings())

    @made.app.get("/forgotten")
    def forget():
        pass

    @made.app.post("/edit")
    def edit(signed_in: Annotated[SignedIn, require(Role.EDITOR)]) -> str:
        return signed_in.name

    yield made
    made.close()


def test_a_route_without_a_rule_is_found(own_door):
    assert find_lawless(own_door.app) == [("GET", "/forgotten")]


@pytest.mark.parametrize(
    ("permission", "status"),
    [
        ("editor municipality:GM0193", 200),
        ("manager country", 200),
        ("staff country", 403),
        ("analyst country", 403),
        (None, 403),
    ],
)
def test_a_rule_lets_in_who_has_the_role_anywhere(own_door, permission, status):
    add_person(own_door, "noor@x.nl", *([permission] if permission else []))
    noor = Colleague(own_door)
    assert noor.post("/edit").status_code == 401
    noor.sign_in("noor@x.nl")
    assert noor.post("/edit").status_code == status
    assert noor.post("/edit", **{"Sec-Fetch-Site": "cross-site"}).status_code == 403
