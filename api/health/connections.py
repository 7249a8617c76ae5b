"""What the assistant hangs together with, and how each part is now, for staff: words instead of log lines."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy.orm import Session

from api.web.parts import is_up
from api.web.rasa import RasaClient
from referral.errors import InvalidInput
from referral.heartbeats import find_last_beat, is_alive
from referral.journal.spool import UrgentSpool
from referral.mail import is_mail_on
from referral.outbox import queries as outbox
from referral.outbox.sinks import list_targets
from referral.settings import Settings

# The worker goes round every 15 seconds; an event that waits longer than this waits for its receiver.
LATE = timedelta(minutes=10)


class State(StrEnum):
    """`SET`: set up, and only its use can tell whether it works. `OFF`: not set up."""

    WORKS = "works"
    WAITS = "waits"
    BROKEN = "broken"
    SET = "set"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Connection:
    """`part` and `state` are the keys of its words; `name`: what it is called, where there are several of a part."""

    part: str
    state: State
    name: str = ""
    count: int = 0
    since: datetime | None = None


def list_connections(settings: Settings, rasa: RasaClient, session: Session, now: datetime) -> list[Connection]:
    """Return every part, first those without which citizens are helped less well."""
    return [
        Connection("understanding", _works(is_right=rasa.is_ready())),
        Connection("referring", _works(is_right=is_up(f"http://127.0.0.1:{settings.actions_port}/health"))),
        *_look_at_worker(settings, session, now),
        *_look_at_events(settings, session, now),
        *(
            Connection(part, State.SET if is_set else State.OFF)
            for part, is_set in {
                "mail": is_mail_on(settings),
                "telegram": bool(settings.telegram_token.get_secret_value()),
                "postcodes": settings.find_postcode_file() is not None,
                "addresses": bool(settings.locatieserver_url),
                "work_account": bool(settings.oidc_issuer),
            }.items()
        ),
    ]


def _works(*, is_right: bool) -> State:
    return State.WORKS if is_right else State.BROKEN


def _look_at_worker(settings: Settings, session: Session, now: datetime) -> Iterator[Connection]:
    beat = find_last_beat(session)
    yield Connection("worker", _works(is_right=is_alive(beat, now)), since=beat)
    if waiting := UrgentSpool(settings.state_dir / "spool").count():
        yield Connection("spool", State.WAITS, count=waiting)


def _look_at_events(settings: Settings, session: Session, now: datetime) -> Iterator[Connection]:
    try:
        targets = list_targets(settings)
    except InvalidInput:
        yield Connection("events", State.BROKEN)
        return
    if not targets:
        yield Connection("events", State.OFF)
    for target in targets:
        count, oldest = outbox.count_waiting(session, target.name)
        is_late = oldest is not None and now - oldest > LATE
        yield Connection("events", State.WAITS if is_late else State.WORKS, target.name, count, oldest)
    if dead := len(outbox.list_dead(session)):
        yield Connection("events_given_up", State.WAITS, count=dead)
