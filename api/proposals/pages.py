"""What the pages of this door share: the templates, the words for hours, and which organizations somebody keeps."""

from http import HTTPStatus
from pathlib import Path
from typing import Annotated, Any

from fastapi import Path as PathParameter
from fastapi import Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from api.web.access import require
from api.web.staff_page import make_templates, show
from referral.directory.spoken.words import HourWords, load_hour_words
from referral.errors import NotAllowed
from referral.models.columns import ID_LENGTH
from referral.models.grant import Role, ScopeKind
from referral.models.organization import Organization
from referral.settings import Settings
from referral.staff import reach
from referral.staff.scopes import Scope
from referral.staff.service import SignedIn

HERE = Path(__file__).resolve().parent
EDITORIAL = "/redactie"

Editor = Annotated[SignedIn, require(Role.EDITOR)]
AnId = Annotated[str, PathParameter(max_length=ID_LENGTH, pattern=r"^[\w.:-]+$")]


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


def get_hour_words(settings: Settings) -> HourWords:
    return load_hour_words(settings.data_dir)


def name_library(request: Request) -> str:
    """Return how the pages call the library; without a database at the start, by what it is."""
    return getattr(request.app.state, "library_name", None) or "De bibliotheek"


def check_keeps(session: Session, signed_in: SignedIn, organization: Organization) -> None:
    """Raise `NotAllowed` when somebody does not keep this organization's entry."""
    if not reach.keeps(session, signed_in, organization):
        raise NotAllowed("an organization that others keep")


def check_keeps_library(session: Session, signed_in: SignedIn, settings: Settings) -> None:
    """Raise `NotAllowed` when somebody is no editor of the library whose assistant this is."""
    if not reach.may(session, signed_in, Role.EDITOR, Scope(ScopeKind.LIBRARY, settings.library)):
        raise NotAllowed("no editor of this library")
