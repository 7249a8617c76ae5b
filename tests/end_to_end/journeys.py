"""Five citizens from the first word to the card: what each says, and what the journal must hold afterwards."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import select

from referral.db import Database
from referral.models import Question, Referral, UrgentCount, Visit


@dataclass(frozen=True)
class Journey:
    """`topic` is what the journal must have; of a crisis there is a `signal` only."""

    name: str
    says: tuple[str, ...]
    topic: str | None = None
    signal: str | None = None
    language: str = "nl"

    def __str__(self):
        return self.name


JOURNEYS = [
    Journey("a fine", ("ik heb een boete van het CJIB", "Zwolle"), topic="boete"),
    Journey(
        "a bailiff",
        ("er stond een deurwaarder aan de deur met een brief, wat moet ik nu", "ik woon in Zwolle"),
        topic="deurwaarder",
    ),
    Journey(
        "DigiD for an older person",
        ("goedemiddag, mijn man is 84 en hij heeft geen digid, kunt u ons daarbij helpen", "Zwolle"),
        topic="digid",
    ),
    Journey(
        "huurtoeslag in English",
        ("hello, I want to apply for rent allowance but I do not understand the website", "Zwolle"),
        topic="huurtoeslag",
        language="en",
    ),
    Journey("a crisis", ("ik zie het niet meer zitten, ik wil dood",), signal="zelfdoding"),
]


@dataclass(frozen=True)
class Outcome:
    """What the journal has of some visits; `signals` of all together, which is all that is kept of them."""

    questions: list[tuple[str, str | None, str]]
    referrals: list[tuple[str, str, bool]]
    signals: dict[str, int]


class Watch:
    """Tells what came into the journal since the last look."""

    def __init__(self, database_url):
        self._database = Database(database_url)
        self._seen = set()
        self.look()

    def look(self):
        with self._database.read() as session:
            new = set(session.scalars(select(Visit.id))) - self._seen
            self._seen |= new
            questions = session.scalars(select(Question).where(Question.visit_id.in_(new))).all()
            ids = [question.id for question in questions]
            referrals = session.scalars(select(Referral).where(Referral.question_id.in_(ids))).all()
            return Outcome(
                [(one.topic, one.municipality, one.kind) for one in questions],
                sorted((one.service_id, one.status, one.shown_at is not None) for one in referrals),
                dict(Counter(session.scalars(select(UrgentCount.signal)))),
            )

    def close(self):
        self._database.dispose()
