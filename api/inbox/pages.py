"""What the pages of the inbox share: whose it is, that its reader is seen, and the templates."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends
from fastapi import Path as InPath
from starlette.requests import Request
from starlette.responses import Response

from api.web.access import require
from api.web.staff_page import load_staff_words, make_templates, show
from api.web.state import TheDatabase, TheSettings
from api.web.words import Words, load_words
from referral.clock import read_clock, to_local
from referral.db import Database
from referral.errors import NotAllowed
from referral.handover import service as handover
from referral.models.grant import Role, ScopeKind
from referral.referring.knowledge import Knowledge, load_knowledge
from referral.settings import Settings
from referral.staff import reach
from referral.staff.scopes import Scope
from referral.staff.service import SignedIn

HERE = Path(__file__).resolve().parent
HOME = "/desk/gesprekken"
AnId = Annotated[str, InPath(max_length=64, pattern=r"^[\w-]+$")]
templates = make_templates(HERE / "templates")
templates.env.filters["hour"] = lambda moment: to_local(moment).strftime("%H:%M")


@dataclass(frozen=True, slots=True)
class Inbox:
    """The conversations of one library that want a person, and the colleague who looks at them."""

    request: Request
    signed_in: SignedIn
    settings: Settings
    database: Database

    @property
    def library_id(self) -> str:
        return self.settings.library

    @property
    def person_id(self) -> str:
        return self.signed_in.person_id

    @property
    def knowledge(self) -> Knowledge:
        return load_knowledge()

    @property
    def words(self) -> Words:
        """What citizens read too."""
        return load_words(self.settings.data_dir)

    @property
    def staff_words(self) -> Mapping[str, str]:
        return load_staff_words(self.settings.data_dir)

    def settle(self, now: datetime) -> None:
        """Note that somebody is here, and end what nobody came for; writes only when there is something to write."""
        with self.database.read() as session:
            is_noted = handover.is_presence_fresh(session, self.person_id, self.library_id, now)
            overdue = handover.list_overdue(session, now)
        if is_noted and not overdue:
            return
        with self.database.begin() as session:
            handover.note_presence(session, self.person_id, self.library_id, now)
            handover.end_overdue(session, now)

    def show(self, name: str, *, status: HTTPStatus = HTTPStatus.OK, **context: Any) -> Response:
        return show(templates, self.request, name, signed_in=self.signed_in, status=status, **context)

    def show_part(self, name: str, **context: Any) -> Response:
        """Return a part of a page for who asks every few seconds; nothing but 304 when it is as it was (RFC 9110)."""
        response = self.show(name, **context)
        etag = f'"{hashlib.blake2b(bytes(response.body), digest_size=12).hexdigest()}"'
        if self.request.headers.get("if-none-match") == etag:
            return Response(status_code=HTTPStatus.NOT_MODIFIED, headers={"ETag": etag})
        response.headers["ETag"] = etag
        return response


def open_inbox(
    request: Request, signed_in: Annotated[SignedIn, require(Role.STAFF)], database: TheDatabase, settings: TheSettings
) -> Inbox:
    """Return the inbox, or raise `NotAllowed` when this colleague is of another library."""
    with database.read() as session:
        if not reach.may(session, signed_in, Role.STAFF, Scope(ScopeKind.LIBRARY, settings.library)):
            raise NotAllowed("staff of another library")
    inbox = Inbox(request, signed_in, settings, database)
    inbox.settle(read_clock())
    return inbox


TheInbox = Annotated[Inbox, Depends(open_inbox)]
