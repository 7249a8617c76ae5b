"""Kinds of help that do not exist in a municipality: only an editor's word makes such a gap a fact (DESIGN §5)."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from referral.catalogue.service import Catalogue
from referral.clock import to_local
from referral.errors import InvalidInput, UnknownPlace
from referral.models.absence import Absence
from referral.models.base import make_id
from referral.overlay import queries
from referral.places.table import PlaceTable


def list_absences(session: Session) -> Sequence[Absence]:
    return queries.list_absences(session)


def confirm_absence(
    session: Session, municipality: str, kind: str, *, catalogue: Catalogue, places: PlaceTable, by: str, now: datetime
) -> None:
    """Write that a municipality (GMxxxx) has no partner of a kind; a second time renews name and date.

    Raises `UnknownPlace`, and `InvalidInput` for a kind that is none, or that every municipality has by law.
    """
    if places.find_municipality(municipality) is None:
        raise UnknownPlace("no such municipality")
    found = catalogue.partner_kinds.get(kind)
    if found is None or found.everywhere:
        raise InvalidInput("no kind of partner that can be missing")
    absence = queries.find_absence(session, municipality, kind)
    if absence is None:
        absence = Absence(id=make_id(), municipality=municipality, partner_kind=kind)
        session.add(absence)
    absence.assured_date, absence.assurer_name = to_local(now).date(), by
    session.flush()


def withdraw_absence(session: Session, municipality: str, kind: str) -> None:
    """Take it back; what was not there is no error."""
    absence = queries.find_absence(session, municipality, kind)
    if absence is not None:
        session.delete(absence)
