"""What the pages of the desk share: whose desk it is, where it stands, and the templates."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote, unquote

from fastapi import Depends, Query
from fastapi import Path as InPath
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response

from api.web.access import require
from api.web.sessions import is_secure, name_cookie
from api.web.staff_page import load_staff_words, make_templates, show
from api.web.state import TheDatabase, TheSettings
from api.web.words import Words, load_words
from referral.db import Database
from referral.errors import AmbiguousPlace, NotAllowed, UnknownPlace
from referral.journal.form import Form, load_form
from referral.models.columns import ID_LENGTH
from referral.models.grant import Role, ScopeKind
from referral.models.practice_run import PracticeRun
from referral.places.service import resolve_place
from referral.places.table import Place
from referral.practice import service as practice
from referral.practice.script import Visitor, get_visitor, load_script
from referral.referring.knowledge import Knowledge, load_knowledge
from referral.referring.visiting import find_library_place
from referral.settings import Settings
from referral.staff import reach
from referral.staff.scopes import Scope
from referral.staff.service import SignedIn

HERE = Path(__file__).resolve().parent
HOME = "/desk"
DAY = f"{HOME}/day"
PLACE_COOKIE = "omdehoek-place"
PRACTICE = f"{HOME}/oefenen"
PRACTICE_COOKIE = "omdehoek-practice"
A_YEAR = 365 * 24 * 3600

ID_PATTERN = r"^[\w-]+$"
AnId = Annotated[str, InPath(max_length=ID_LENGTH, pattern=ID_PATTERN)]
# In an address: the visit that goes on, if any.
AVisit = Annotated[str, Query(max_length=ID_LENGTH, pattern=r"^[\w-]*$")]
templates = make_templates(HERE / "templates")


def is_id(text: str) -> bool:
    """Return whether a form sent an id as this project makes them."""
    return len(text) <= ID_LENGTH and re.match(ID_PATTERN, text) is not None


@dataclass(frozen=True, slots=True)
class Scene:
    """A visitor of the practice, and what was said so far."""

    visitor: Visitor
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Desk:
    """The desk of one library, and the colleague behind it; in `practice` the database is that of the practice."""

    request: Request
    signed_in: SignedIn
    settings: Settings
    database: Database
    practice: PracticeRun | None = None

    @property
    def library_id(self) -> str:
        return self.settings.library

    @property
    def knowledge(self) -> Knowledge:
        return load_knowledge()

    @property
    def form(self) -> Form:
        return load_form(self.settings.data_dir)

    @property
    def words(self) -> Words:
        """What citizens read too: hours, reasons, slips."""
        return load_words(self.settings.data_dir)

    @property
    def staff_words(self) -> Mapping[str, str]:
        return load_staff_words(self.settings.data_dir)

    def find_place(self, session: Session) -> Place | None:
        """Return the place that this browser remembers, or else where the library is."""
        remembered = unquote(self.request.cookies.get(self._name_place(), ""))
        if remembered:
            try:
                return resolve_place(remembered, self.knowledge.places, self.knowledge.postcodes)
            except (UnknownPlace, AmbiguousPlace):
                pass  # of another version of the table, or not ours
        return find_library_place(session, self.library_id, self.knowledge.places)

    def remember_place(self, response: Response, place: Place) -> None:
        """Keep the place in this browser for a year: the desk stays where it is, whoever signs in."""
        response.set_cookie(
            self._name_place(),
            quote(place.label),
            max_age=A_YEAR,
            path="/",
            secure=is_secure(self.settings),
            httponly=True,
            samesite="lax",
        )

    def _name_place(self) -> str:
        """Return the cookie of the place; what a visitor in practice asks for is not remembered for real ones."""
        return name_cookie(self.settings, f"{PRACTICE_COOKIE}-place" if self.practice else PLACE_COOKIE)

    @property
    def practice_id(self) -> str:
        """Return the id of the practice, empty at work; a form brings it back (`api/desk/topic.py`)."""
        return self.practice.id if self.practice else ""

    @property
    def scene(self) -> Scene | None:
        """Return the visitor of the practice and what was said so far, for the banner."""
        if self.practice is None:
            return None
        visitor = get_visitor(load_script(self.settings.data_dir), self.practice.visitor)
        return Scene(visitor, visitor.says[: self.practice.step])

    def show(self, name: str, *, status: HTTPStatus = HTTPStatus.OK, **context: Any) -> Response:
        context |= {"scene": self.scene, "practice_id": self.practice_id}
        return show(templates, self.request, name, signed_in=self.signed_in, status=status, **context)


def open_desk(
    request: Request, signed_in: Annotated[SignedIn, require(Role.STAFF)], database: TheDatabase, settings: TheSettings
) -> Desk:
    """Return the desk, or raise `NotAllowed` when this colleague is of another library."""
    with database.read() as session:
        if not reach.may(session, signed_in, Role.STAFF, Scope(ScopeKind.LIBRARY, settings.library)):
            raise NotAllowed("staff of another library")
        run_id = request.cookies.get(name_cookie(settings, PRACTICE_COOKIE), "")
        run = practice.find_running(session, run_id, signed_in.person_id) if run_id else None
    return Desk(request, signed_in, settings, database.practise(run.id) if run else database, run)


TheDesk = Annotated[Desk, Depends(open_desk)]
