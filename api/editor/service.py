"""The form of a service: show it, check it while it is typed, save it, and tell who was just before."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus

from fastapi import APIRouter
from sqlalchemy.orm import Session
from starlette.responses import Response

from api.editor.fields import GROUPS, HIDDEN, MAX_PLACES, list_fields, list_opened, read_opened, read_typed
from api.editor.locatieserver import find_point
from api.editor.messages import list_messages
from api.editor.pages import HOME, SERVICE, Office, RowId, TheOffice
from api.web.forms import TheFields
from api.web.staff_page import go
from referral.clock import read_clock
from referral.editing import service as editing
from referral.editing.form import PLACE, Clash, ServiceForm, make_form, merge
from referral.editing.history import Entry, get_version, list_newer
from referral.editing.trial import Day, Trial, try_form
from referral.errors import AddressesUnavailable, PlanOutdated
from referral.exchange.report import load_words
from referral.exchange.sheet.reference import Reference
from referral.models.base import make_id
from referral.quality.words import load_quality_words
from referral.referring.knowledge import load_knowledge

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is on the page: the form, as it was opened, and what there is to tell.

    `newer` is what others saved since the form was opened; `note` is a key of the words for staff.
    """

    form: ServiceForm
    opened: ServiceForm
    version: str
    is_new: bool = False
    newer: Sequence[Entry] = ()
    clashes: Sequence[Clash] = ()
    note: str = ""
    found: str = ""
    is_good: bool = False


@router.get(f"{HOME}/nieuw")
def ask_new(office: TheOffice, organisatie: str = "") -> Response:
    """Show an empty form, for an organization that is there or a new one."""
    with office.database.read() as session:
        organizations = editing.list_organizations(session, office.reach)
    name = dict(organizations).get(organisatie)
    if organisatie != "nieuw" and name is None:
        return office.show("new.html", organizations=organizations)
    service = {"organization": name or "", "organization_id": organisatie if name else ""}
    form = make_form(make_id(), service | {"status": "open", "appointment": "nee"}, [], office.reference)
    return _show(office, Sheet(form, form, "", is_new=True))


@router.get(SERVICE + "/{service_id}")
def show_service(service_id: RowId, office: TheOffice, done: str = "") -> Response:
    """Show the form of a service as it is now."""
    with office.database.read() as session:
        form = editing.get_form(session, service_id, office.reference)
        editing.check_reach(session, office.reach, [service_id])
        version = get_version(editing.list_history(session, service_id))
    return _show(office, Sheet(form, form, version, note=f"editor_done_{done}", is_good=True))


@router.post(SERVICE + "/{service_id}")
def take_service(service_id: RowId, office: TheOffice, fields: TheFields) -> Response:
    """Save the form, or only check it, look up its points, or ask for one place more: as the button says."""
    sheet = Sheet(
        read_typed(service_id, fields, office.reference),
        read_opened(service_id, fields, office.reference),
        fields.get("version"),
        is_new=bool(fields.get("new")),
    )
    action = fields.get("action")
    if action == "save":
        return _save(office, sheet)
    if action == "place":
        sheet = _add_place(sheet)
    if action == "point":
        sheet = _find_points(office, sheet)
    return _show(office, sheet, is_fragment=action == "fragment")


def _save(office: Office, sheet: Sheet) -> Response:
    """Save, unless somebody was before or something cannot be read: then the form comes back as it was typed."""
    try:
        with office.database.begin() as session:
            overtaken = _find_overtaken(session, sheet, office.reference)
            if overtaken:
                is_done = overtaken.form == overtaken.opened
            else:
                if not sheet.is_new:
                    editing.check_known(session, sheet.form.service_id)
                batch = editing.read_form(session, sheet.form, office.reference)
                plan = editing.save(session, batch, office.reach, by=office.signed_in.name, now=read_clock())
                is_done = not plan.is_refused
    except PlanOutdated:  # in this very moment; the next time what they saved is there
        return _show(office, replace(sheet, note="editor_busy"), status=HTTPStatus.CONFLICT)
    if is_done:
        return go(f"{SERVICE}/{sheet.form.service_id}?done=saved")
    if overtaken:
        return _show(office, overtaken, status=HTTPStatus.CONFLICT)
    return _show(office, replace(sheet, note="editor_not_saved"), status=HTTPStatus.BAD_REQUEST)


def _find_overtaken(session: Session, sheet: Sheet, reference: Reference) -> Sheet | None:
    """Return the form with what others saved meanwhile in it, or `None` when nobody did."""
    current = editing.find_form(session, sheet.form.service_id, reference)
    if current is None:
        return None
    history = editing.list_history(session, sheet.form.service_id)
    if not sheet.is_new and get_version(history) == sheet.version:
        return None
    merged, clashes = merge(sheet.form, sheet.opened, current)
    newer = list_newer(history, sheet.version)
    return Sheet(merged, current, get_version(history), newer=newer, clashes=clashes, note="editor_overtaken")


def _add_place(sheet: Sheet) -> Sheet:
    places = (*sheet.form.places, dict.fromkeys(PLACE, ""))[:MAX_PLACES]
    return replace(sheet, form=replace(sheet.form, places=places))


def _find_points(office: Office, sheet: Sheet) -> Sheet:
    """Fill in the point of each address; where there is no address service, say how to do without."""
    url = office.settings.locatieserver_url
    if not url:
        return replace(sheet, note="editor_no_points")
    places, found = [], []
    try:
        for place in sheet.form.places:
            point = find_point(url, place["street"], place["postcode"], place["city"])
            degrees = {"latitude": str(point.latitude), "longitude": str(point.longitude)} if point else {}
            places.append({**place, **degrees})
            found += [point.address] if point else []
    except AddressesUnavailable as error:
        return replace(sheet, note=f"error_{error.code}")
    is_found = len(found) == len(places)
    return replace(
        sheet,
        form=replace(sheet.form, places=tuple(places)),
        note="editor_point_found" if is_found else "editor_point_unknown",
        found=", ".join(found),
        is_good=is_found,
    )


def _show(office: Office, sheet: Sheet, *, status: HTTPStatus = HTTPStatus.OK, is_fragment: bool = False) -> Response:
    """Return the page of a form, or only what is found in it and the coming two weeks."""
    data_dir, form, reference = office.settings.data_dir, sheet.form, office.reference
    trial = _try(office, sheet)
    return office.show(
        "check.html" if is_fragment else "service.html",
        status=status,
        sheet=sheet,
        form=form,
        messages=list_messages(
            trial, form, reference=reference, words=load_words(data_dir), quality=load_quality_words(data_dir)
        ),
        groups={
            name: list_fields([one for one in group if one not in HIDDEN], form.service, "service", reference)
            for name, group in GROUPS.items()
        },
        places=[
            list_fields([one for one in PLACE if one not in HIDDEN], place, f"place.{number}", reference)
            for number, place in enumerate(form.places)
        ],
        previews=_list_previews(trial, form),
        newer=[(entry, office.tell(entry)) for entry in sheet.newer],
        clashes=[(reference.words.headers[clash.column], clash.theirs) for clash in sheet.clashes],
        opened=list_opened(sheet.opened),
        max_places=MAX_PLACES,
    )


def _list_previews(trial: Trial, form: ServiceForm) -> list[tuple[str, tuple[Day, ...]]]:
    """Return what a place is called and its coming days; a new place has no id in the form yet."""
    known = {place["location_id"] for place in form.places} - {""}
    days = {preview.location_id: preview.days for preview in trial.previews}
    fresh = (found for location_id, found in days.items() if location_id not in known)
    return [
        (
            place["location"] or place["street"],
            days.get(place["location_id"], ()) if place["location_id"] else next(fresh, ()),
        )
        for place in form.places
    ]


def _try(office: Office, sheet: Sheet) -> Trial:
    with office.database.begin() as session:  # nothing stays of it
        if not sheet.is_new:
            editing.check_known(session, sheet.form.service_id)
            editing.check_reach(session, office.reach, [sheet.form.service_id])
        return try_form(session, sheet.form, office.reference, load_knowledge(), read_clock())
