"""What the pages of this door share: the templates and the addresses."""

from http import HTTPStatus
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from api.web.staff_page import make_templates, show
from referral.staff.service import SignedIn

HERE = Path(__file__).resolve().parent
HOME = "/account"
SIGN_IN = "/account/sign-in"
PASSWORD = "/account/password"  # noqa: S105  (a path)

# An id as this project makes them; nothing else gets as far as the database.
ID_PATTERN = r"^[\w-]+$"

templates = make_templates(HERE / "templates")


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
