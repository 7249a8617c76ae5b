"""The page of the campaigns: a name gives a link and its QR code, for a poster, a letter or a lesson.

A campaign is nothing but its name: what it brought is counted from the visits that bear it. So nothing is stored here.
"""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from api.desk.pages import HOME, templates
from api.web.access import require
from api.web.campaigns import make_campaign_link
from api.web.origin import get_origin
from api.web.problems import get_status
from api.web.qr import Kind, draw_qr, draw_qr_file
from api.web.staff_page import show
from referral.campaigns import MAX_LENGTH, PATTERN, check_campaign
from referral.errors import InvalidInput
from referral.models.grant import Role
from referral.staff.service import SignedIn

CAMPAIGNS = f"{HOME}/campagnes"
router = APIRouter(prefix=CAMPAIGNS, include_in_schema=False)

TheAnalyst = Annotated[SignedIn, require(Role.ANALYST)]
MEDIA_TYPES: dict[Kind, str] = {"svg": "image/svg+xml", "png": "image/png"}
# What somebody types may be no name; the page says so.
MAX_TYPED = 200


@router.get("")
def show_campaign(
    request: Request,
    signed_in: TheAnalyst,
    name: Annotated[str, Query(alias="naam", max_length=MAX_TYPED)] = "",
) -> Response:
    """Ask for a name, and show the link and the QR code when there is one."""
    typed, link, fault = name.strip().casefold(), "", None
    if typed:
        try:
            link = make_campaign_link(get_origin(request), check_campaign(typed))
        except InvalidInput as error:
            fault = error
    return show(
        templates,
        request,
        "campaigns.html",
        signed_in=signed_in,
        status=get_status(fault) if fault else HTTPStatus.OK,
        typed=typed,
        link=link,
        code=draw_qr(link) if link else None,
        is_wrong=fault is not None,
        kinds=list(MEDIA_TYPES),
        longest=MAX_LENGTH,
    )


@router.get("/{name}.{kind}")
def download_code(
    name: Annotated[str, Path(pattern=PATTERN, max_length=MAX_LENGTH)],
    kind: Kind,
    request: Request,
    _: TheAnalyst,
) -> Response:
    """Return the QR code as a file."""
    drawn = draw_qr_file(make_campaign_link(get_origin(request), name), kind)
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    return Response(drawn, media_type=MEDIA_TYPES[kind], headers=headers)
