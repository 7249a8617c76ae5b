"""`omdehoek backup` and `omdehoek restore`: the whole database in one file, and back, on SQLite or PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from referral.backup import service
from referral.db import Database
from referral.settings import get_settings


def backup(path: Annotated[Path, typer.Argument(metavar="FILE", help="where the backup goes")]) -> None:
    """Write everything in the database to a file, while the assistant works on."""
    with _open_database() as database:
        rows = service.backup(database, path)
    typer.echo(f"{rows} rows in {path}")


def restore(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="what `omdehoek backup` wrote")],
    *,
    replace: Annotated[bool, typer.Option("--replace", help="throw away what is in the database now")] = False,
) -> None:
    """Put a backup back, whole or not at all; stop the assistant first."""
    with _open_database() as database:
        rows = service.restore(database, path, replace=replace)
    typer.echo(f"{rows} rows from {path}")


@contextmanager
def _open_database() -> Iterator[Database]:
    settings = get_settings()
    settings.state_dir.mkdir(parents=True, exist_ok=True)
    database = Database(settings.get_database_url())
    try:
        yield database
    finally:
        database.dispose()
