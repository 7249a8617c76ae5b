"""A file comes in: what it would change is told row by row, and happens only after a second look.

Between the two the file waits in the state folder, one a person. What is applied is what was shown: when the directory
has changed meanwhile, the report is shown anew.
"""

import hashlib
import shutil
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, File, UploadFile
from sqlalchemy.orm import Session
from starlette.responses import Response

from api.editor.pages import HOME, Office, RowId, TheOffice
from api.web.forms import TheFields
from api.web.staff_page import go
from referral.clock import read_clock
from referral.editing.bounds import apply_within, refuse_outside
from referral.exchange.plan import Plan, make_plan
from referral.exchange.reading import READERS, read_file
from referral.exchange.report import Kind, list_lines, load_words, make_sentence
from referral.exchange.sheet.raw import MAX_FILE, MEGABYTE
from referral.models.base import make_id

FILE = f"{HOME}/bestand"
MAX_LINES = 1_000
MAX_NAME = 60  # it is the name of the source as well

router = APIRouter(prefix=FILE, include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Report:
    """What a file would do; `digest` stands for all of it."""

    plan: Plan
    lines: list[tuple[Kind, str]]
    digest: str


@router.get("")
def ask_file(office: TheOffice, done: str = "") -> Response:
    """Ask for a file."""
    return _show(office, note="editor_file_done" if done else "", is_good=True)


@router.post("")
def take_file(office: TheOffice, file: Annotated[UploadFile, File()]) -> Response:
    """Keep the file, and tell what it would change."""
    folder = _get_folder(office)
    shutil.rmtree(folder, ignore_errors=True)
    upload_id = make_id()
    path = folder / upload_id / Path(file.filename or "").name[-MAX_NAME:]
    path.parent.mkdir(parents=True)
    if path == path.parent or path.suffix.lower() not in READERS:
        return _show(office, note="editor_file_unknown", status=HTTPStatus.BAD_REQUEST)
    if not _keep(file, path):
        shutil.rmtree(folder, ignore_errors=True)
        return _show(office, note="editor_file_too_big", status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    with office.database.begin() as session:  # nothing stays of it
        report = _read(session, path, office)
    return _show(office, file_name=path.name, upload_id=upload_id, report=report)


@router.post("/{upload_id}")
def apply_file(upload_id: RowId, office: TheOffice, fields: TheFields) -> Response:
    """Do what was told, all of it or nothing."""
    folder = _get_folder(office)
    path = next((one for one in folder.glob("*/*") if one.parent.name == upload_id), None)
    if path is None:
        return _show(office, note="editor_file_gone", status=HTTPStatus.NOT_FOUND)
    with office.database.begin() as session:
        report = _read(session, path, office)
        is_as_shown = report.digest == fields.get("digest") and not report.plan.is_refused
        if is_as_shown:
            apply_within(session, report.plan, office.reach, by=office.signed_in.name, now=read_clock())
    if not is_as_shown:
        return _show(
            office,
            note="editor_file_outdated",
            status=HTTPStatus.CONFLICT,
            file_name=path.name,
            upload_id=upload_id,
            report=report,
        )
    shutil.rmtree(folder, ignore_errors=True)
    return go(f"{FILE}?done=1")


def _get_folder(office: Office) -> Path:
    return office.settings.state_dir / "uploads" / office.signed_in.person_id


def _keep(file: UploadFile, path: Path) -> bool:
    """Write the file; return whether it was not too large."""
    with path.open("wb") as stream:
        while chunk := file.file.read(MEGABYTE):
            if stream.tell() + len(chunk) > MAX_FILE:
                return False
            stream.write(chunk)
    return True


def _read(session: Session, path: Path, office: Office) -> Report:
    plan = make_plan(session, read_file(session, path, path.name, office.settings.data_dir))
    plan = refuse_outside(session, plan, office.reach, read_clock())
    words = load_words(office.settings.data_dir)
    lines = [(line.kind, make_sentence(line, words)) for line in list_lines(plan)]
    return Report(plan, lines, hashlib.sha256(repr((lines, plan)).encode()).hexdigest())


def _show(
    office: Office,
    *,
    note: str = "",
    is_good: bool = False,
    status: HTTPStatus = HTTPStatus.OK,
    file_name: str = "",
    upload_id: str = "",
    report: Report | None = None,
) -> Response:
    return office.show(
        "file.html",
        status=status,
        note_key=note,
        is_good=is_good,
        file_name=file_name,
        upload_id=upload_id,
        report=report,
        limit=MAX_FILE // MEGABYTE,
        max_lines=MAX_LINES,
    )
