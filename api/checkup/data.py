"""The database and what is in it: its shape, who can sign in, whose library it is, what waits to leave."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy.engine import make_url

from api.checkup.finding import Finding, State
from referral.db import Database
from referral.directory.libraries import find_library
from referral.errors import OmDeHoekError, Unavailable
from referral.heartbeats import find_last_beat, is_alive
from referral.journal.spool import UrgentSpool
from referral.migrations.service import find_revisions
from referral.outbox import queries as outbox
from referral.outbox.sinks import list_targets
from referral.settings import Settings
from referral.staff import people

# The worker goes round every 15 seconds; what waits longer than this waits for something.
LATE = timedelta(minutes=10)


def look_at_data(settings: Settings, now: datetime) -> Iterator[Finding]:
    """Yield what there is to say of the database; only that when it is away."""
    url = settings.get_database_url()
    shown = make_url(url).render_as_string(hide_password=True)
    try:
        current, newest = find_revisions(url)
    except Unavailable:
        yield Finding("database", State.WRONG, f"{shown} does not answer", "start it, or mend OMDEHOEK_DATABASE_URL")
        return
    if current != newest:
        told = f"{shown} has the shape {current or 'of nothing'}, this program {newest}"
        yield Finding(
            "database", State.WRONG, told, "start once with `make run`: it brings the database to the newest shape"
        )
        return
    yield Finding("database", State.RIGHT, f"{shown}, shape {current}")
    database = Database(url)
    try:
        yield _look_at_worker(database, now)
        yield from _look_inside(settings, database, now)
        yield from _look_at_outbox(settings, database, now)
    finally:
        database.dispose()
    if waiting := UrgentSpool(settings.state_dir / "spool").count():
        told = f"{waiting} emergencies wait on disk to be counted"
        yield Finding("emergencies", State.NOTE, told, "if this stays: look whether the worker runs, in its log")


def _look_at_worker(database: Database, now: datetime) -> Finding:
    with database.read() as session:
        beat = find_last_beat(session)
    if is_alive(beat, now):
        return Finding("worker", State.RIGHT, "did its work in the last minutes")
    told = f"did its work last at {beat:%Y-%m-%d %H:%M} UTC" if beat else "has not done any work yet"
    return Finding("worker", State.NOTE, told, "where everything runs: look in log/worker.log")


def _look_inside(settings: Settings, database: Database, now: datetime) -> Iterator[Finding]:
    with database.read() as session:
        library = find_library(session, settings.library, now)
        count = len(people.list_people(session))
    if library is None:
        told = f"{settings.library} is not in the directory"
        yield Finding("library", State.WRONG, told, "set OMDEHOEK_LIBRARY to the id of a library in it")
    elif library.is_example:
        told = f"{library.organization_name}: an example, of which nothing counts"
        yield Finding("library", State.NOTE, told, "import your own directory and set OMDEHOEK_LIBRARY")
    else:
        yield Finding("library", State.RIGHT, library.organization_name)
    if count:
        yield Finding("accounts", State.RIGHT, f"{count} of staff")
    else:
        yield Finding("accounts", State.WRONG, "nobody can sign in", "start once with `make run`: it makes a manager")


def _look_at_outbox(settings: Settings, database: Database, now: datetime) -> Iterator[Finding]:
    try:
        targets = list_targets(settings)
    except OmDeHoekError:
        return  # the settings say so
    if not targets:
        yield Finding("events", State.OFF, "nobody gets them")
    with database.read() as session:
        dead = len(outbox.list_dead(session))
        for target in targets:
            count, oldest = outbox.count_waiting(session, target.name)
            told = f"{target.name}: {count} waiting"
            if oldest and now - oldest > LATE:
                yield Finding(
                    "events",
                    State.WRONG,
                    f"{told}, the oldest since {oldest:%Y-%m-%d %H:%M}",
                    "`omdehoek outbox list` tells why",
                )
            else:
                yield Finding("events", State.RIGHT, told)
    if dead:
        yield Finding("events", State.WRONG, f"{dead} were given up", "mend the receiver, then `omdehoek outbox retry`")
