"""What a browser sees when a page for staff refuses: the sign-in page, the way to another password, or a sentence.

Programs get the problem that every error is (api/web/problems.py).
"""

from urllib.parse import urlencode

from fastapi import FastAPI, Request
from starlette.responses import Response

from api.account import carry
from api.account.pages import PASSWORD, SIGN_IN, show_page
from api.account.sign_in import show_sign_in
from api.web.origin import SAFE_METHODS
from api.web.problems import get_status, list_headers, translate
from api.web.staff_page import explain, go
from referral.errors import NotAllowed, NotFound, NotSignedIn, OmDeHoekError, Overloaded, PasswordIsOneTime, Unavailable


def install_refusals(app: FastAPI) -> None:
    """Register the handlers."""

    @app.exception_handler(NotSignedIn)
    async def ask_to_sign_in(request: Request, error: NotSignedIn) -> Response:
        if not wants_page(request):
            return translate(error)
        if request.method in SAFE_METHODS:
            return go(f"{SIGN_IN}?{urlencode({'next': carry.get_path(request)})}")
        carried = await carry.pick_up(request)
        return show_sign_in(request, error=error, group="session_error" if carried else "lost_error", carried=carried)

    @app.exception_handler(PasswordIsOneTime)
    async def ask_for_password(request: Request, error: PasswordIsOneTime) -> Response:
        return go(PASSWORD) if wants_page(request) else translate(error)

    @app.exception_handler(Unavailable)
    async def keep_what_was_typed(request: Request, error: Unavailable) -> Response:
        if not wants_page(request):
            return translate(error)
        return show_refusal(request, error, await carry.pick_up(request))

    @app.exception_handler(Overloaded)
    async def ask_to_come_back(request: Request, error: Overloaded) -> Response:
        if not wants_page(request):
            return translate(error)
        answer = show_refusal(request, error, await carry.pick_up(request))
        answer.headers.update(list_headers(error))
        return answer

    @app.exception_handler(NotAllowed)
    @app.exception_handler(NotFound)
    async def refuse(request: Request, error: OmDeHoekError) -> Response:
        return show_refusal(request, error) if wants_page(request) else translate(error)


def wants_page(request: Request) -> bool:
    """Return whether it is a browser that asks, and not a program."""
    return "text/html" in request.headers.get("accept", "")


def show_refusal(request: Request, error: OmDeHoekError, carried: carry.Carried | None = None) -> Response:
    """Return a page with one sentence, and with a button to send again what was typed."""
    fault = explain(request, error)
    signed_in = getattr(request.state, "signed_in", None)
    return show_page(request, "refused.html", signed_in, status=get_status(error), fault=fault, carried=carried)
