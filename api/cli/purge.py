"""`omdehoek purge`: removes what was kept long enough; the worker does the same every day."""

from typing import Annotated

import typer

from api.cli.store import prepare_database
from referral.clock import read_clock
from referral.db import Database
from referral.retention.schedule import load_terms
from referral.retention.service import list_due
from referral.retention.service import purge as remove_due
from referral.settings import get_settings

NOTHING = "-"


def purge(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="tell what would go; remove nothing")] = False,
) -> None:
    """Remove what was kept long enough; show per kind its term, how many were due and the day of the oldest."""
    settings = get_settings()
    prepare_database(settings)
    terms, now = load_terms(settings), read_clock()
    database = Database(settings.get_database_url())
    try:
        with database.read() as session:
            due = list_due(session, terms, now)
        if not dry_run:
            remove_due(database, terms, now)
    finally:
        database.dispose()
    for one in due:
        term = terms[one.kind]
        oldest = one.oldest.isoformat() if one.oldest else NOTHING
        typer.echo(f"{one.kind:<18}{term.count:>5} {term.unit:<9}{one.count:>8}  {oldest}")
