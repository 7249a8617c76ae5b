"""Four years of questions in all libraries of the country, with a seed; written in bulk, past the journal."""

import random
import secrets
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from referral.db import Database
from referral.models.organization import Organization
from referral.models.question import Question
from referral.models.referral import Referral
from referral.models.service import Service
from referral.models.visit import Visit

SEED = 20261123
YEARS = 4
LAST = date(2026, 11, 22)
LIBRARIES = 140
SERVICES = 300
# Of a hundred questions so many are registered at the desk, referred, and answered by the partner.
AT_THE_DESK, REFERRED, ANSWERED = 60, 35, 50
AT_ONCE = 20_000
CAUSES = (None, None, None, "letter_unclear", "no_digid", "no_device", "language", "form_too_hard", "money")
STATUSES = (("completed", None), ("in-progress", None), ("rejected", "no_capacity"), ("cancelled", "citizen_declined"))


def fill(database: Database, questions: int, *, topics: list[str], municipalities: list[str]) -> Iterator[int]:
    """Write the questions with their visits and referrals; yield how many there are so far.

    Topics, libraries and organisations are as uneven as Zipf's law has them; a library serves two municipalities.
    """
    chance = random.Random(SEED)  # noqa: S311
    libraries = [f"bibliotheek-{number}" for number in range(LIBRARIES)]
    services = [f"service-{number}" for number in range(SERVICES)]
    with database.begin() as session:
        session.execute(insert(Organization), [{"id": "partners", "name": "Partners", "description": ""}])
        session.execute(insert(Service), [{"id": one, "organization_id": "partners", "name": one} for one in services])
    of_topic = {topic: (None, f"organisation-{number % 18}") for number, topic in enumerate(topics)}
    done = 0
    while done < questions:
        count = min(AT_ONCE, questions - done)
        visits, asked, referred = [], [], []
        for number in range(done, done + count):
            library = _draw(chance, libraries)
            visit, question, referral = _ask(
                chance, number, library=library, topic=_draw(chance, topics), of_topic=of_topic, services=services
            )
            place = libraries.index(library) * 2
            question["municipality"] = municipalities[(place + chance.choice((0, 0, 0, 1))) % len(municipalities)]
            visits.append(visit)
            asked.append(question)
            referred.extend(referral)
        with database.begin() as session:
            _write(session, visits, asked, referred)
        done += count
        yield done


def _write(session: Session, *batches: list[dict[str, Any]]) -> None:
    for table, rows in zip((Visit, Question, Referral), batches, strict=True):
        if rows:
            session.execute(insert(table.__table__), rows)  # type: ignore[arg-type]


def _ask(
    chance: random.Random,
    number: int,
    *,
    library: str,
    topic: str,
    of_topic: dict[str, tuple[str | None, str]],
    services: list[str],
) -> tuple[dict[str, Any], dict[str, Any], list[dict[str, Any]]]:
    day = LAST - timedelta(days=int(YEARS * 365 * chance.random() ** 1.3))
    is_registered = chance.randrange(100) < AT_THE_DESK
    visit = {
        "id": f"v{number}",
        "day": day,
        "channel": "desk" if is_registered else chance.choice(("web", "web", "telegram")),
        "library_id": library,
        "language": "nl",
        "campaign": "poster" if chance.random() < 0.02 else None,
    }
    question = {
        "id": f"q{number}",
        "turn_id": f"t{number}",
        "visit_id": visit["id"],
        "library_id": library,
        "day": day,
        "kind": chance.choice(("digitale_overheid", "digitale_overheid", "anders")),
        "topic": topic,
        "organisation": of_topic[topic][chance.random() < 0.6],
        "municipality": None,
        "cause": chance.choice(CAUSES) if is_registered else None,
        "help_given": chance.choice(("information", "practical", "course")) if is_registered else None,
        "resolved": chance.choice(("yes", "yes", "partly", "no")) if is_registered else None,
        "day_only": False,
        "is_registered": is_registered,
        "is_withdrawn": False,
        "version": 1,
        "rounding_key": secrets.randbits(30),
    }
    if chance.randrange(100) >= REFERRED:
        return visit, question, []
    shown = datetime(day.year, day.month, day.day, 10, tzinfo=UTC)
    status, reason = chance.choice(STATUSES) if chance.randrange(100) < ANSWERED else ("requested", None)
    referral = {
        "id": f"r{number}",
        "code": f"c{number}",
        "slip_key": f"s{number}",
        "turn_id": f"t{number}",
        "question_id": question["id"],
        "service_id": _draw(chance, services),
        "way": "cold",
        "status": status,
        "reason": reason,
        "matched_because": [],
        "is_example": False,
        "day_only": False,
        "created_at": shown,
        "shown_at": shown,
        "taken_up_at": shown if chance.random() < 0.4 else None,
    }
    return visit, question, [referral]


def _draw(chance: random.Random, values: list[str]) -> str:
    """Return one of the values, the first far more often than the last."""
    return values[int(len(values) ** chance.random()) - 1]
