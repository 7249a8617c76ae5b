"""What the pages of this door share: the templates, the field for a code, and how a code is told from a token."""

from http import HTTPStatus
from pathlib import Path
from typing import Any

from fastapi import Request
from starlette.convertors import StringConvertor, register_url_convertor
from starlette.responses import Response

from api.web.problems import get_status, list_headers
from api.web.staff_page import explain, make_templates, show
from referral.errors import OmDeHoekError

HERE = Path(__file__).resolve().parent
HOME = "/p"
MAX_TYPED = 24


class CodeConvertor(StringConvertor):
    """What may be a code in an address: short and without a dot. The token of a partner's link has two."""

    regex = f"[^/.]{{1,{MAX_TYPED}}}"


register_url_convertor("code", CodeConvertor())
templates = make_templates(HERE / "templates")


def show_page(request: Request, name: str, *, status: HTTPStatus = HTTPStatus.OK, **context: Any) -> Response:
    """Return a page of this door."""
    return show(templates, request, name, signed_in=None, status=status, **context)


def ask_code(request: Request, *, error: OmDeHoekError | None = None, typed: str = "") -> Response:
    """Show the field for a code; after an error with what is wrong."""
    status = get_status(error) if error else HTTPStatus.OK
    fault = explain(request, error, "reply_error") if error else None
    page = show_page(request, "code.html", status=status, fault=fault, typed=typed, max_typed=MAX_TYPED)
    page.headers.update(list_headers(error) if error else {})
    return page
