"""`omdehoek directory`: what comes into the directory and goes out of it."""

import sys
from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.orm import Session

from api.cli import check
from api.cli.store import prepare_database
from referral.clock import read_clock
from referral.db import Database
from referral.errors import InvalidInput, PlanRefused
from referral.exchange.apply import apply_plan
from referral.exchange.hsds.export import export_directory
from referral.exchange.plan import Plan, make_plan
from referral.exchange.reading import read_file
from referral.exchange.report import Kind, Line, list_lines, load_words, make_sentence
from referral.exchange.sheet.export import export_csv, export_xlsx
from referral.exchange.sheet.reference import load_reference
from referral.exchange.sheet.template import write_template
from referral.settings import get_settings

app = typer.Typer(no_args_is_help=True, help="Import, export and check the directory.")
app.command("check")(check.check)

IMPORTED_BY = "import"
_COLOURS = {Kind.ERROR: typer.colors.RED, Kind.WARNING: typer.colors.YELLOW}
_INDENT = {Kind.STEP: "", Kind.SUMMARY: ""}


class Format(StrEnum):
    HSDS_JSON = "hsds-json"
    CSV = "csv"
    XLSX = "xlsx"


def _export_csv(session: Session, folder: Path) -> Mapping[Path, int]:
    return export_csv(session, folder, load_reference(get_settings().data_dir))


def _export_xlsx(session: Session, folder: Path) -> Mapping[Path, int]:
    return export_xlsx(session, folder, load_reference(get_settings().data_dir))


WRITERS: Mapping[Format, Callable[[Session, Path], Mapping[Path, int]]] = {
    Format.HSDS_JSON: export_directory,
    Format.CSV: _export_csv,
    Format.XLSX: _export_xlsx,
}


@app.command("import")
def import_file(
    file: Annotated[
        Path, typer.Argument(help="HSDS 3.1 (.json, .ndjson), a sheet (.csv, .xlsx) or libraries of Overpass (.json)")
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="only tell what would happen")] = False,
    source: Annotated[str, typer.Option(help="name of the source; the name of the file when left out")] = "",
) -> None:
    """Tell what a file would change in the directory, and change it: all of it, or nothing if something is wrong."""
    settings = get_settings()
    prepare_database(settings)
    database = Database(settings.get_database_url())
    try:
        with database.read() as session:
            tell_progress("1/3  reading")
            batch = read_file(session, file, source or file.name, settings.data_dir)
            tell_progress(f"2/3  comparing {len(batch.records)} rows with the directory")
            plan = make_plan(session, batch)
        if not (dry_run or plan.is_refused or plan.is_empty):
            tell_progress(f"3/3  writing {len(plan.inserts) + len(plan.updates) + len(plan.deletes)} rows")
            with database.begin() as session:
                apply_plan(session, plan, by=IMPORTED_BY, now=read_clock())
    finally:
        database.dispose()
    show(plan)
    if plan.is_refused:
        raise PlanRefused(f"{file.name}: nothing was changed")


@app.command("export")
def export(
    out: Annotated[Path, typer.Option(help="folder to write in; made if it is not there")],
    format_: Annotated[Format, typer.Option("--format", help="the form to write")] = Format.HSDS_JSON,
) -> None:
    """Write the whole directory, with contacts and unverified numbers: for yourself and your partners."""
    settings = get_settings()
    prepare_database(settings)
    database = Database(settings.get_database_url())
    try:
        with database.read() as session:
            written = WRITERS[format_](session, out)
    except OSError as error:
        raise InvalidInput(f"cannot write in {out}: {error.strerror}") from error
    finally:
        database.dispose()
    for path, count in written.items():
        typer.echo(f"{path}: {count}")


def tell_progress(step: str) -> None:
    """Say what is being done to somebody who is waiting for it."""
    if sys.stderr.isatty():
        typer.echo(step, err=True)


@app.command("template")
def template(
    out: Annotated[Path, typer.Option(help="file to write, such as sjabloon.xlsx")] = Path("sjabloon.xlsx"),
) -> None:
    """Write an empty sheet for an editor, with an example, explanation and choices."""
    try:
        write_template(load_reference(get_settings().data_dir), out)
    except OSError as error:
        raise InvalidInput(f"cannot write {out}: {error.strerror}") from error
    typer.echo(str(out))


def show(plan: Plan) -> None:
    """Write the report: errors in red, what belongs to a line above it a little to the right."""
    words = load_words(get_settings().data_dir)
    for line in list_lines(plan):
        typer.secho(indent(line) + make_sentence(line, words), fg=_COLOURS.get(line.kind))


def indent(line: Line) -> str:
    return _INDENT.get(line.kind, "  ")
