"""The cookie of who is signed in, and who that is."""

from datetime import timedelta

from starlette.requests import Request
from starlette.responses import Response

from referral.clock import read_clock
from referral.db import Database
from referral.settings import Settings
from referral.staff import service as staff
from referral.staff.service import SignedIn

NAME = "omdehoek"
# Browsers accept this prefix only with Secure, Path=/ and without Domain (RFC 6265bis, 4.1.3.2).
SECURE_PREFIX = "__Host-"


def is_secure(settings: Settings) -> bool:
    """Return whether cookies may travel over https only; on loopback, without a public address, they need not."""
    return settings.public_url.startswith("https://")


def name_cookie(settings: Settings, name: str = NAME) -> str:
    return f"{SECURE_PREFIX}{name}" if is_secure(settings) else name


def set_cookie(response: Response, settings: Settings, value: str, *, name: str = NAME) -> None:
    """Give a cookie that ends with the browser, that no script reads, and that no other site's form sends."""
    response.set_cookie(
        name_cookie(settings, name), value, path="/", secure=is_secure(settings), httponly=True, samesite="lax"
    )


def clear_cookie(response: Response, settings: Settings, *, name: str = NAME) -> None:
    response.delete_cookie(
        name_cookie(settings, name), path="/", secure=is_secure(settings), httponly=True, samesite="lax"
    )


def get_token(request: Request) -> str | None:
    """Return the token that the browser sent, right or not."""
    return request.cookies.get(name_cookie(request.app.state.settings))


def get_idle(settings: Settings) -> timedelta:
    return timedelta(minutes=settings.session_idle_minutes)


def find_signed_in(request: Request) -> SignedIn | None:
    """Return who is signed in, and note that the session is used."""
    token = get_token(request)
    if not token:
        return None
    settings: Settings = request.app.state.settings
    database: Database = request.app.state.database
    now = read_clock()
    with database.read() as session:
        signed_in = staff.resolve_session(
            session, token, now=now, idle=get_idle(settings), longest=timedelta(hours=settings.session_hours)
        )
    if signed_in and staff.is_use_due(signed_in, now):
        with database.begin() as session:
            staff.note_use(session, signed_in.session_id, now)
    return signed_in
