"""What the pages of this door share."""

from dataclasses import dataclass, replace
from http import HTTPStatus
from pathlib import Path
from typing import Annotated, Any

from babel.dates import format_date
from fastapi import Depends
from fastapi import Path as PathParameter
from starlette.requests import Request
from starlette.responses import Response

from api.web.access import require
from api.web.hours_words import say_date
from api.web.staff_page import make_templates, show
from api.web.state import TheDatabase, TheSettings
from api.web.times import say_time
from referral.db import Database
from referral.directory.spoken.writing import write_spoken_hours
from referral.editing.history import Entry
from referral.editing.reach import Reach, find_reach
from referral.exchange.report import load_words, make_change_line, make_sentence
from referral.exchange.sheet.reference import Reference, load_reference
from referral.exchange.steps import Change
from referral.models.columns import ID_LENGTH
from referral.models.grant import Role
from referral.settings import Settings
from referral.staff.reach import get_places
from referral.staff.service import SignedIn

HERE = Path(__file__).resolve().parent
HOME = "/redactie"
SERVICE = f"{HOME}/dienst"

templates = make_templates(HERE / "templates")
templates.env.filters.update(
    clock=say_time,
    day=lambda day: format_date(day, "d MMMM y", locale="nl"),
    weekday=lambda day: say_date(day, "nl"),
)

Editor = Annotated[SignedIn, require(Role.EDITOR)]
# Ids of feeds hold more than our own: what HSDS allows, and a path can carry.
RowId = Annotated[str, PathParameter(max_length=ID_LENGTH, pattern=r"^[^\s/\x00]+$")]


@dataclass(frozen=True, slots=True)
class Office:
    """An editor at work: what they ask, who they are, and what the application holds."""

    request: Request
    signed_in: SignedIn
    database: Database
    settings: Settings

    @property
    def reach(self) -> Reach:
        """Which services they may edit."""
        return find_reach(self.signed_in.permissions, get_places().municipalities)

    @property
    def reference(self) -> Reference:
        return load_reference(self.settings.data_dir)

    def show(self, template: str, *, status: HTTPStatus = HTTPStatus.OK, **context: Any) -> Response:
        """Return a page of this door."""
        return show(templates, self.request, template, signed_in=self.signed_in, status=status, **context)

    def tell(self, entry: Entry) -> list[str]:
        """Return the changes of an entry of the history in words: hours as people say them, kinds by their label."""
        words = load_words(self.settings.data_dir)
        return [make_sentence(make_change_line(self._say_values(change)), words) for change in entry.changes]

    def _say_values(self, change: Change) -> Change:
        said = [self._say(change.field, value) for value in (change.previous, change.replacement)]
        return replace(change, previous=said[0], replacement=said[1])

    def _say(self, field: str, value: Any) -> Any:
        if isinstance(value, dict):
            return {name: self._say(name, one) for name, one in value.items()}
        if not isinstance(value, str):
            return value
        if field == "taxonomy_term_id":
            code = value.rpartition(":")[2]
            return {**self.reference.kinds, **self.reference.groups}.get(code, code)
        return write_spoken_hours(value, self.reference.hour_words) if field == "opening_hours" else value


def enter(request: Request, signed_in: Editor, database: TheDatabase, settings: TheSettings) -> Office:
    return Office(request, signed_in, database, settings)


TheOffice = Annotated[Office, Depends(enter)]
