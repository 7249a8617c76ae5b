"""A partner types the code of a slip."""

from urllib.parse import quote

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from api.partner.pages import HOME, MAX_TYPED, ask_code
from api.web.forms import TheFields
from api.web.origin import check_origin
from api.web.staff_page import go
from referral.errors import MistypedCode
from referral.journal.codes import find_code

router = APIRouter(prefix=HOME, include_in_schema=False)


@router.get("")
def show_field(request: Request) -> Response:
    return ask_code(request)


@router.post("", dependencies=[Depends(check_origin)])
def open_code(request: Request, fields: TheFields) -> Response:
    """Go to the page of the code, or say that it was typed wrong: the check character tells."""
    typed = fields.get("code")[:MAX_TYPED]
    code = find_code(typed)
    if code is None:
        return ask_code(request, error=MistypedCode("no code"), typed=typed)
    return go(f"{HOME}/{quote(code)}")
