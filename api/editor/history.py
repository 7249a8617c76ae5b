"""What happened to a service, in words, and undo."""

from http import HTTPStatus

from fastapi import APIRouter
from starlette.responses import Response

from api.editor.pages import SERVICE, Office, RowId, TheOffice
from api.web.staff_page import format_moment, go, load_staff_words
from referral.clock import read_clock
from referral.editing import service as editing
from referral.errors import OmDeHoekError, PlanOutdated, UndoRefused

router = APIRouter(prefix=SERVICE + "/{service_id}/geschiedenis", include_in_schema=False)


@router.get("")
def show_history(service_id: RowId, office: TheOffice) -> Response:
    """Show every change, the last first."""
    return _show(office, service_id)


@router.post("/{entry_id}/terug")
def undo(service_id: RowId, entry_id: RowId, office: TheOffice) -> Response:
    """Undo a change; where that cannot be, say why."""
    try:
        with office.database.begin() as session:
            editing.undo(session, service_id, entry_id, office.reach, by=office.signed_in.name, now=read_clock())
    except (UndoRefused, PlanOutdated) as error:
        return _show(office, service_id, error)
    return go(f"{SERVICE}/{service_id}?done=undone")


def _show(office: Office, service_id: str, error: OmDeHoekError | None = None) -> Response:
    with office.database.read() as session:
        form = editing.get_form(session, service_id, office.reference)
        editing.check_reach(session, office.reach, [service_id])
        entries = [(entry, office.tell(entry)) for entry in editing.list_history(session, service_id)]
    status = HTTPStatus.CONFLICT if error else HTTPStatus.OK
    fault = _explain(office, error) if error else None
    return office.show("history.html", status=status, form=form, entries=entries, fault=fault)


def _explain(office: Office, error: OmDeHoekError) -> str:
    words = load_staff_words(office.settings.data_dir)
    if not isinstance(error, UndoRefused):
        return words["editor_undo_outdated"]
    moment = format_moment(error.moment) if error.moment else ""
    return words[f"editor_undo_{error.reason}"].format(by=error.by, moment=moment)
