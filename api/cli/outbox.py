"""`omdehoek outbox`: what waits to leave, and what was given up."""

import typer

from api.cli.store import prepare_database
from referral.db import Database
from referral.outbox import queries
from referral.outbox.sinks import list_targets
from referral.settings import get_settings

app = typer.Typer(no_args_is_help=True, help="Events on their way to other systems.")
SHOWN = 10_000


@app.command("list")
def show() -> None:
    """Show for each sink how much waits, since when it fails, and every event that it refused."""
    settings = get_settings()
    prepare_database(settings)
    database = Database(settings.get_database_url())
    try:
        with database.read() as session:
            states = {sink.name: sink for sink in queries.list_sinks(session)}
            for target in list_targets(settings):
                waiting = len(queries.list_waiting(session, target.name, SHOWN))
                state = states.get(target.name)
                said = f"  {state.answer}, again at {state.next_at:%Y-%m-%d %H:%M}" if state and state.next_at else ""
                typer.echo(f"{target.name}: {waiting} waiting{said}")
            for delivery, event in queries.list_dead(session):
                typer.echo(f"given up  {delivery.sink}  {event.type}  {event.id}  {delivery.answer}")
    finally:
        database.dispose()


@app.command("retry")
def retry() -> None:
    """Let what was given up be tried again, and every sink at once; the worker does it."""
    settings = get_settings()
    prepare_database(settings)
    database = Database(settings.get_database_url())
    try:
        with database.begin() as session:
            count = queries.revive(session)
    finally:
        database.dispose()
    typer.echo(f"{count} events are tried again")
