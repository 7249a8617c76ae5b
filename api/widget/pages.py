"""The page where a library sets the chat for its own site: which sites, how it looks, and the lines to copy."""

from functools import partial
from html import escape
from http import HTTPStatus
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Request
from fastapi import Path as InPath
from sqlalchemy.orm import Session
from starlette.responses import Response

from api.web.access import require
from api.web.forms import TheFields
from api.web.origin import get_origin
from api.web.staff_page import go, make_templates, show
from api.web.state import TheDatabase, TheSettings
from api.web.theme import load_theme
from api.widget.typed import OPTIONAL, read_wishes
from referral.catalogue.service import LANGUAGES
from referral.clock import read_clock
from referral.errors import NotAllowed
from referral.language.registry import load_languages
from referral.models.columns import ID_LENGTH
from referral.models.grant import Role, ScopeKind
from referral.staff import reach
from referral.staff.service import SignedIn
from referral.widgets.service import MAX_GREETING, Wishes, get_wishes, save_wishes

HERE = Path(__file__).resolve().parent
HOME = "/chat-op-uw-site"
ELEMENT = "om-de-hoek-chat"
router = APIRouter(prefix=HOME, include_in_schema=False)
templates = make_templates(HERE / "templates")

Manager = Annotated[SignedIn, require(Role.MANAGER)]
LibraryId = Annotated[str, InPath(max_length=ID_LENGTH)]


@router.get("")
def choose(request: Request, signed_in: Manager, database: TheDatabase) -> Response:
    """Ask which library, where somebody manages several."""
    with database.read() as session:
        libraries = list_libraries(session, signed_in)
    if len(libraries) == 1:
        return go(f"{HOME}/{libraries[0].scope.id}")
    return show(templates, request, "choose.html", signed_in=signed_in, libraries=libraries, home=HOME)


@router.get("/{library_id}")
def show_settings(
    library_id: LibraryId,
    request: Request,
    signed_in: Manager,
    database: TheDatabase,
    settings: TheSettings,
    *,
    done: str = "",
) -> Response:
    """Show how the chat is now, and the lines for the site."""
    with database.read() as session:
        name = get_library(session, signed_in, library_id)
        wishes = get_wishes(session, library_id)
    return _show(request, signed_in, library_id, name, typed=to_fields(wishes), done=done == "saved")


@router.post("/{library_id}")
def save(
    library_id: LibraryId,
    request: Request,
    signed_in: Manager,
    fields: TheFields,
    database: TheDatabase,
    *,
    settings: TheSettings,
) -> Response:
    """Keep what was typed; with a fault nothing is kept, and what was typed stays on the screen."""
    typed = read_wishes(fields, load_theme(settings.data_dir, library_id))
    with database.begin() as session:
        name = get_library(session, signed_in, library_id)
        if typed.wishes is not None:
            save_wishes(session, library_id, typed.wishes, by=signed_in.name, now=read_clock())
    if typed.wishes is None:
        return _show(request, signed_in, library_id, name, typed=EMPTY | dict(fields.pairs), faults=typed.faults)
    request.app.state.embedding.forget()
    return go(f"{HOME}/{library_id}?done=saved")


def list_libraries(session: Session, signed_in: SignedIn) -> list[reach.NamedScope]:
    return [one for one in reach.list_scopes(session, signed_in) if one.scope.kind is ScopeKind.LIBRARY]


def get_library(session: Session, signed_in: SignedIn, library_id: str) -> str:
    """Return what the library is called; raise `NotAllowed` for one that somebody does not manage."""
    for one in list_libraries(session, signed_in):
        if one.scope.id == library_id:
            return one.name
    raise NotAllowed("not a manager of this library")


def to_fields(wishes: Wishes) -> dict[str, str]:
    """Return what is kept as the form shows it."""
    return {
        "origins": "\n".join(wishes.origins),
        "hidden_paths": "\n".join(wishes.hidden_paths),
        "position": wishes.position,
        "accent": wishes.accent or "",
        "top": wishes.top or "",
        "shows_hours": "yes" if wishes.shows_hours else "",
        "campaign": wishes.campaign or "",
        **{f"language_{code}": "" if code in wishes.hidden_languages else "yes" for code in OPTIONAL},
        **{f"greeting_{language}": wishes.greeting.get(language, "") for language in LANGUAGES},
    }


def list_names(request: Request) -> dict[str, str]:
    """Return the languages that a library can leave out, each by its own name."""
    known = load_languages(request.app.state.settings.data_dir).languages
    return {code: known[code].name for code in OPTIONAL}


def make_snippet(origin: str, library_id: str, otherwise: str) -> str:
    """Return the lines for a site; `otherwise` is the text of the link that is there without scripts."""
    return (
        f'<script src="{origin}/static/widget.js" data-library="{escape(library_id)}" async></script>\n'
        f'<noscript><a href="{origin}/zoek">{escape(otherwise)}</a></noscript>'
    )


# A box that is not ticked is not sent.
EMPTY = to_fields(Wishes(shows_hours=False, hidden_languages=OPTIONAL))


def _show(
    request: Request,
    signed_in: SignedIn,
    library_id: str,
    name: str,
    *,
    typed: dict[str, str],
    faults: dict[str, str] | None = None,
    done: bool = False,
) -> Response:
    return show(
        templates,
        request,
        "settings.html",
        signed_in=signed_in,
        status=HTTPStatus.BAD_REQUEST if faults else HTTPStatus.OK,
        library_id=library_id,
        library=name,
        typed=typed,
        faults=faults or {},
        done=done,
        longest=MAX_GREETING,
        languages=LANGUAGES,
        names=list_names(request),
        make_snippet=partial(make_snippet, get_origin(request), library_id),
        element=f'<{ELEMENT} library="{escape(library_id)}" mode="inline"></{ELEMENT}>',
        home=HOME,
    )
