"""The pages for staff: one base template, the words of `data/texts/staff/`, and the way around."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any

from babel.dates import format_date, format_datetime
from fastapi import FastAPI
from jinja2 import StrictUndefined
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.templating import Jinja2Templates

from api.web.files import CheckedFiles
from referral.clock import to_local
from referral.content import read_yaml
from referral.errors import InvalidContent, OmDeHoekError, WeakPassword
from referral.models.grant import Role
from referral.staff.service import SignedIn

HERE = Path(__file__).resolve().parent
STATIC_PATH = "/static/staff"


@dataclass(frozen=True, slots=True)
class Link:
    """A page that is on the way around: `word` is the key of its name, `role` who may see it (anybody: `None`).

    Pages that belong together name the same `group`, the word of the first of them.
    """

    path: str
    word: str
    role: Role | None = None
    group: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Pages that belong together; its own link is that of the first. `is_here`: the page shown is one of them."""

    links: tuple[Link, ...]
    is_here: bool


@cache
def load_staff_words(data_dir: Path) -> Mapping[str, str]:
    """Return every word that the pages for staff say, by key; read once a process.

    Raise `InvalidContent` for a file that cannot be read, and for a key that two of them have.
    """
    words: dict[str, str] = {}
    for path in sorted((data_dir / "texts" / "staff").glob("*.yml")):
        read: dict[str, str] = read_yaml(path)
        if twice := read.keys() & words.keys():
            raise InvalidContent(f"{path}: {min(twice)}: another file has this key too")
        words |= read
    return words


def install_staff_pages(app: FastAPI) -> None:
    """Make the app ready for pages of staff: the files that they share, and the links that doors add."""
    app.state.links = []
    app.mount(STATIC_PATH, CheckedFiles(directory=HERE / "static"), name="staff-static")


def add_links(app: FastAPI, *links: Link) -> None:
    """Put pages of a door on the way around, behind those that are there."""
    app.state.links.extend(links)


def make_templates(folder: Path) -> Jinja2Templates:
    """Return the templates of a door, which build on `staff.html`; an unknown word in one is an error."""
    templates = Jinja2Templates([folder, HERE / "templates"])
    templates.env.undefined = StrictUndefined
    templates.env.filters["moment"] = format_moment
    templates.env.filters["day"] = format_day
    return templates


def format_moment(moment: datetime) -> str:
    """Return a moment as people in the Netherlands write it: `24 november 2026, 10:15`."""
    return format_datetime(to_local(moment), "d MMMM y, HH:mm", locale="nl")


def format_day(day: date) -> str:
    """Return a day as people in the Netherlands write it: `24 november 2026`."""
    return format_date(day, "d MMMM y", locale="nl")


def show(
    templates: Jinja2Templates,
    request: Request,
    name: str,
    *,
    signed_in: SignedIn | None,
    status: HTTPStatus = HTTPStatus.OK,
    **context: Any,
) -> Response:
    """Return a page. `context` is for its own template; the words, the links and who is signed in are always there."""
    state = request.app.state
    shared = {
        "words": load_staff_words(state.settings.data_dir),
        "signed_in": signed_in,
        "sections": list_sections(list_links(state.links, signed_in), request.url.path),
        "theme": state.theme,
        "library_name": getattr(state, "library_name", None),
    }
    # With the site's own policy (no-referrer) a browser tells no origin with a form either (api/web/origin.py).
    headers = {"Referrer-Policy": "same-origin"}
    return templates.TemplateResponse(request, name, shared | context, status_code=status, headers=headers)


def list_links(links: Iterable[Link], signed_in: SignedIn | None) -> list[Link]:
    """Return the links that somebody may follow now."""
    if signed_in is None or signed_in.is_one_time:
        return []
    return [link for link in links if link.role is None or signed_in.has(link.role)]


def list_sections(links: Iterable[Link], path: str) -> list[Section]:
    """Return the links by their groups, in the order of the first of each; `path` is that of the page shown.

    A page without a link belongs to the longest link that its path goes on from: `/desk/topics/digid` to `/desk`.
    """
    groups: dict[str, list[Link]] = {}
    for link in links:
        groups.setdefault(link.group or link.word, []).append(link)
    above = [link for group in groups.values() for link in group if f"{path}/".startswith(f"{link.path}/")]
    here = max(above, key=lambda link: len(link.path), default=None)
    return [Section(tuple(group), is_here=here in group) for group in groups.values()]


def go(path: str) -> Response:
    """Send the browser to a page after something was done, so that a reload does not do it again."""
    return RedirectResponse(path, HTTPStatus.SEE_OTHER)


def explain(request: Request, error: OmDeHoekError, group: str = "error") -> str:
    """Return what to tell somebody of the staff about an error: the words of the group go before the general ones."""
    words = load_staff_words(request.app.state.settings.data_dir)
    code = f"{error.code}_{error.reason}" if isinstance(error, WeakPassword) else error.code
    return words.get(f"{group}_{code}") or words.get(f"error_{code}") or words["error_default"]
