"""What the pages of this door share: the templates, the doors' own state, and what is said when something is wrong."""

from http import HTTPStatus
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.web.staff_page import load_staff_words, make_templates, show
from referral.db import Database
from referral.errors import OmDeHoekError, WeakPassword
from referral.settings import Settings
from referral.staff.service import SignedIn

HERE = Path(__file__).resolve().parent
HOME = "/account"
SIGN_IN = "/account/sign-in"
PASSWORD = "/account/password"  # noqa: S105  (a path)

# An id as this project makes them; nothing else gets as far as the database.
ID_PATTERN = r"^[\w-]+$"

templates = make_templates(HERE / "templates")


def get_settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


def get_database(request: Request) -> Database:
    database: Database = request.app.state.database
    return database


def get_address(request: Request) -> str:
    """Return from where a request comes, for a limit and nothing else."""
    return request.client.host if request.client else ""


TheSettings = Annotated[Settings, Depends(get_settings)]
TheDatabase = Annotated[Database, Depends(get_database)]


def show_page(
    request: Request,
    name: str,
    signed_in: SignedIn | None = None,
    *,
    status: HTTPStatus = HTTPStatus.OK,
    **context: Any,
) -> Response:
    """Return a page of this door."""
    return show(templates, request, name, signed_in=signed_in, status=status, **context)


def go(path: str) -> Response:
    """Send the browser to a page after something was done, so that a reload does not do it again."""
    return RedirectResponse(path, HTTPStatus.SEE_OTHER)


def explain(request: Request, error: OmDeHoekError, group: str = "error") -> str:
    """Return what to tell somebody of the staff about an error: the words of the group go before the general ones."""
    words = load_staff_words(request.app.state.settings.data_dir)
    code = f"{error.code}_{error.reason}" if isinstance(error, WeakPassword) else error.code
    return words.get(f"{group}_{code}") or words.get(f"error_{code}") or words["error_default"]
