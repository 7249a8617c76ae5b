"""Sign in with a work account: to the identity provider and back."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.account.oidc import IdentityProvider, unpack_attempt
from api.account.pages import HOME
from api.account.sign_in import show_sign_in
from api.web.dependencies import get_address
from api.web.limits import Limits
from api.web.origin import get_origin, is_local
from api.web.sessions import clear_cookie, get_token, name_cookie, set_cookie
from api.web.staff_page import go
from api.web.state import TheDatabase, TheSettings
from referral.clock import read_clock
from referral.errors import InvalidInput, NotAllowed, NotFound, OmDeHoekError, TooManyRequests, Unavailable
from referral.settings import Settings
from referral.staff import service as staff

BEGIN = "/account/oidc"
CALLBACK = "/account/oidc/callback"
ATTEMPT = "omdehoek-oidc"
router = APIRouter(include_in_schema=False)


def get_provider(request: Request) -> IdentityProvider:
    """Return the provider of the settings; raise `NotFound` when there is none, `TooManyRequests` over the limit."""
    settings: Settings = request.app.state.settings
    if not settings.oidc_issuer:
        raise NotFound("no identity provider")
    limits: Limits = request.app.state.limits
    limits.check_sign_in(get_address(request))
    return IdentityProvider(settings, get_origin(request) + CALLBACK)


@router.get(BEGIN)
def begin(request: Request, settings: TheSettings, next: str = HOME) -> Response:  # noqa: A002
    """Send the browser to the provider; what has to be kept meanwhile is in a cookie."""
    try:
        url, attempt = get_provider(request).begin(next if is_local(next) else HOME)
    except (Unavailable, TooManyRequests) as error:
        return refuse(request, error)
    response = go(url)
    set_cookie(response, settings, attempt.pack(), name=ATTEMPT)
    return response


@router.get(CALLBACK)
def finish(request: Request, database: TheDatabase, settings: TheSettings) -> Response:
    """Let somebody in whom the provider names and who has an account here."""
    try:
        provider = get_provider(request)
        attempt = unpack_attempt(request.cookies.get(name_cookie(settings, ATTEMPT)))
        identity = provider.finish(dict(request.query_params), attempt)
        with database.begin() as session:
            entry = staff.sign_in_by_identity(session, identity, now=read_clock(), old_token=get_token(request))
        if entry is None:
            raise NotAllowed("no account for this identity")
    except (InvalidInput, NotAllowed, Unavailable, TooManyRequests) as error:
        response = refuse(request, error)
    else:
        request.state.came_in = entry.person_id  # for the log
        response = go(attempt.next if is_local(attempt.next) else HOME)
        set_cookie(response, settings, entry.token)
    clear_cookie(response, settings, name=ATTEMPT)
    return response


def refuse(request: Request, error: OmDeHoekError) -> Response:
    """Return the sign-in page that says why somebody did not come in with a work account."""
    return show_sign_in(request, error=error, group="oidc_error")
