"""The list of services that an editor keeps: search, kinds, overdue checks first, how much there is to mend."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from starlette.responses import Response

from api.editor.pages import HOME, TheOffice
from referral.clock import read_clock, to_local
from referral.directory.rows import make_term_id
from referral.editing import service as editing
from referral.editing.service import Listed
from referral.models.taxonomy_term import PARTNER_KINDS
from referral.quality.findings import Severity
from referral.quality.service import check_service
from referral.referring.knowledge import load_knowledge

PAGE = 25

router = APIRouter(prefix=HOME, include_in_schema=False)


class Search(BaseModel):
    """What an editor looks for; names are those in the address, which an editor may read."""

    q: str = Field("", max_length=100)
    soort: str = ""
    verlopen: bool = False
    blad: int = Field(1, ge=1, le=100_000)


@dataclass(frozen=True, slots=True)
class Row:
    """A service with how many errors and warnings there are in it."""

    service: Listed
    count: int


@router.get("")
def list_services(office: TheOffice, asked: Annotated[Search, Query()]) -> Response:
    """Show a page of the services within reach."""
    now, kinds = read_clock(), office.reference.kinds
    with office.database.read() as session:
        found = editing.list_services(
            session,
            office.reach,
            text=asked.q,
            term_id=make_term_id(PARTNER_KINDS, asked.soort) if asked.soort in kinds else None,
            overdue=asked.verlopen,
            today=to_local(now).date(),
        )
        pages = max(1, -(-len(found) // PAGE))
        number = min(asked.blad, pages)
        rows = []
        for listed in found[(number - 1) * PAGE : number * PAGE]:
            checked = check_service(session, listed.id, load_knowledge(), now)
            rows.append(Row(listed, sum(one.severity is not Severity.HINT for one in checked.findings)))
    return office.show("list.html", rows=rows, count=len(found), kinds=kinds, asked=asked, number=number, pages=pages)
