"""Sign in and sign out. Whoever had typed something before goes on with it."""

from http import HTTPStatus

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from api.account import carry
from api.account.carry import Carried
from api.account.pages import HOME, SIGN_IN, show_page
from api.web.dependencies import get_address
from api.web.forms import TheFields
from api.web.limits import Limits
from api.web.origin import check_origin, is_local
from api.web.problems import get_status, list_headers
from api.web.sessions import clear_cookie, find_signed_in, get_token, set_cookie
from api.web.staff_page import explain, go
from api.web.state import TheDatabase, TheSettings
from referral.clock import read_clock
from referral.errors import NotSignedIn, OmDeHoekError, TooManyRequests
from referral.staff import people
from referral.staff import service as staff

router = APIRouter(include_in_schema=False)


def show_sign_in(
    request: Request,
    *,
    error: OmDeHoekError | None = None,
    group: str = "sign_in_error",
    email: str = "",
    next_path: str = HOME,
    carried: Carried | None = None,
) -> Response:
    """Return the page where one signs in, with why one did not come in and what goes along hidden in it."""
    page = show_page(
        request,
        "sign_in.html",
        status=get_status(error) if error else HTTPStatus.OK,
        fault=explain(request, error, group) if error else None,
        email=email,
        next_path=next_path if is_local(next_path) else HOME,
        carried=carried,
        has_provider=bool(request.app.state.settings.oidc_issuer),
    )
    page.headers.update(list_headers(error) if error else {})
    return page


@router.get(SIGN_IN)
def ask_who(request: Request, next: str = HOME) -> Response:  # noqa: A002  (the name in the address)
    """Show the form, or go on when somebody is signed in already."""
    if find_signed_in(request):
        return go(next if is_local(next) else HOME)
    return show_sign_in(request, next_path=next)


@router.post(SIGN_IN, dependencies=[Depends(check_origin)])
def sign_in(request: Request, fields: TheFields, database: TheDatabase, settings: TheSettings) -> Response:
    """Open a session; a person who may not come in gets the form again, with what goes along."""
    email, next_path, carried = fields.get("email"), fields.get("next"), carry.unpack(fields)
    limits: Limits = request.app.state.limits
    old_token = get_token(request)
    try:
        limits.check_sign_in(get_address(request), people.fold_email(email))
        with database.begin() as session:  # a failure is counted in it: nothing is raised inside
            entry = staff.sign_in(session, email, fields.get("password"), now=read_clock(), old_token=old_token)
            owner = staff.find_owner(session, old_token) if old_token else None
        if entry is None:
            raise NotSignedIn("not let in")
    except (NotSignedIn, TooManyRequests) as error:
        return show_sign_in(request, error=error, email=email, next_path=next_path, carried=carried)
    request.state.came_in = entry.person_id  # for the log
    # What somebody typed is theirs: a colleague who signs in on the same computer does not send it.
    is_theirs = owner in (None, entry.person_id)
    if carried and is_theirs:
        response = show_page(request, "repeat.html", carried=carried)
    else:
        response = go(next_path if is_local(next_path) else HOME)
    set_cookie(response, settings, entry.token)
    return response


@router.post("/account/sign-out", dependencies=[Depends(check_origin)])
def sign_out(request: Request, database: TheDatabase, settings: TheSettings) -> Response:
    """End this session; one that had ended already is no error."""
    if token := get_token(request):
        with database.begin() as session:
            request.state.person = staff.find_owner(session, token)  # for the log
            staff.end_session(session, token, read_clock())
    response = go(SIGN_IN)
    clear_cookie(response, settings)
    return response
