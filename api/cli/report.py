"""`omdehoek report`: how much was asked, split and filtered by anything, as a table or a file."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from api.cli.store import prepare_database
from referral.clock import read_clock, to_local
from referral.db import Database
from referral.errors import InvalidInput
from referral.referring.knowledge import load_knowledge
from referral.reports.dimensions import Dimension, load_groups
from referral.reports.export import Format, write
from referral.reports.filters import FROM, TO, read_filters
from referral.reports.labels import Labels
from referral.reports.service import Reporter
from referral.reports.sheets import Sheet, make_sheet, read_columns
from referral.settings import get_settings
from referral.tallies import service as tallies

app = typer.Typer(help="The figures: how much was asked, and what.")


@app.callback(invoke_without_command=True)
def report(
    context: typer.Context,
    *,
    by: Annotated[str, typer.Option(help="what to split by, such as topic,month; or flow; see README")] = "topic",
    first: Annotated[str, typer.Option("--from", help="first day, such as 2026-01-01; a year ago when left out")] = "",
    last: Annotated[str, typer.Option("--to", help="last day; today when left out")] = "",
    where: Annotated[
        list[str] | None, typer.Option(help="what to count, such as channel=desk; again for more of them")
    ] = None,
    everywhere: Annotated[bool, typer.Option("--everywhere", help="of all libraries, not of this one")] = False,
    output: Annotated[Format | None, typer.Option("--format", help="a file instead of a table")] = None,
    out: Annotated[Path | None, typer.Option(help="where the file goes; report.csv and so on when left out")] = None,
) -> None:
    """Show the figures: exactly for this library, rounded to fives for others."""
    if context.invoked_subcommand:
        return
    today = to_local(read_clock()).date()
    filters = read_filters([(FROM, first), (TO, last), *map(_read_condition, where or [])], today=today)
    settings = get_settings()
    if not everywhere and Dimension.LIBRARY not in filters.wanted:
        filters = filters.narrow(Dimension.LIBRARY, settings.library)
    columns = read_columns([name.strip() for name in by.split(",") if name.strip()])
    with _open_database() as database, database.read() as session:
        reporter = Reporter(session, load_groups(settings), own=frozenset({settings.library}), today=today)
        knowledge = load_knowledge()
        labels = Labels(session, knowledge.catalogue, knowledge.places, settings)
        sheet = make_sheet(reporter, columns, filters)
        if output is None:
            _show(sheet, labels)
            return
        path = out or Path(f"report.{output}")
        _save(path, write(sheet, labels, output))
    typer.echo(path)


@app.command("rebuild")
def rebuild() -> None:
    """Make the daily tallies anew from the journal; shows how far it is."""
    with _open_database() as database:
        for until in tallies.rebuild(database, read_clock()):
            typer.echo(f"until {until.isoformat()}")


@contextmanager
def _open_database() -> Iterator[Database]:
    settings = get_settings()
    prepare_database(settings)
    database = Database(settings.get_database_url())
    try:
        yield database
    finally:
        database.dispose()


def _read_condition(text: str) -> tuple[str, str]:
    name, is_there, value = text.partition("=")
    if not is_there or name not in set(Dimension):
        raise InvalidInput(f"no condition: {text!r}; write it as topic=digid, with one of {', '.join(Dimension)}")
    return name, value


def _save(path: Path, parts: Iterator[bytes]) -> None:
    """Write a file: whole, or not at all."""
    unfinished = path.with_name(f"{path.name}.part")
    try:
        with unfinished.open("wb") as stream:
            stream.writelines(parts)
        unfinished.replace(path)
    except OSError as error:
        raise InvalidInput(f"cannot write {path}: {error.strerror}") from error
    finally:
        unfinished.unlink(missing_ok=True)


def _show(sheet: Sheet, labels: Labels) -> None:
    period = sheet.filters.period
    typer.echo(f"{period.first.isoformat()} - {period.last.isoformat()}{'' if sheet.is_own else ', rounded to fives'}")
    headers = [labels.words.columns[column] for column in (*sheet.columns, *sheet.measures)]
    rows = [
        [
            *(labels.name(*pair) for pair in zip(sheet.columns, values, strict=True)),
            *("-" if count is None else str(count) for count in counts),
        ]
        for values, counts in sheet.rows
    ]
    widths = [max(map(len, column)) for column in zip(headers, *rows, strict=True)]
    names = len(sheet.columns)
    for row in (headers, *rows):
        cells = list(zip(row, widths, strict=True))
        padded = [cell.ljust(width) for cell, width in cells[:names]] + [
            cell.rjust(width) for cell, width in cells[names:]
        ]
        typer.echo("  ".join(padded))
