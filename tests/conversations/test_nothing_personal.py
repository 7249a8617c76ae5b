"""Nothing of what a citizen said is kept or logged that may not be (DESIGN §6.2)."""

import pytest
from sqlalchemy import func, select

from referral.models.base import Base
from referral.models.conversation import Message
from referral.models.feedback import Feedback
from referral.models.question import Question
from referral.models.referral import Referral
from tests.citizen import Citizen
from tests.conversations.goals import load_goals
from tests.conversations.test_bad_input import ANSWERED, MARK


@pytest.fixture
def citizen(assistant):
    one = Citizen(assistant.url)
    yield one
    one.close()


# What people give away although they are asked not to, and how it may not be found anywhere.
PERSONAL = {
    "BSN": "111222333",
    "bank account": "NL91ABNA0417164300",
    "mobile phone": "0612345678",
    "e-mail": "wietske.hoogendoorn@voorbeeldmail.nl",
    "name": "Wietske Hoogendoorn",
    "street": "Klaprozenstraat 118",
    "postcode": "8024PK",
    "birthday": "12-03-1961",
    "number plate": "AB-123-C",
    "password": "Zonnebloem1961!",
}
SAID = (
    "mijn bsn is 111222333 en mijn DigiD werkt niet",
    "storten op NL91 ABNA 0417 1643 00 of NL91ABNA0417164300",
    "bel mij op 06 12345678 of 0612345678",
    "mail maar naar wietske.hoogendoorn@voorbeeldmail.nl",
    "mijn naam is Wietske Hoogendoorn en ik heb schulden",
    "ik woon op de Klaprozenstraat 118, 8024 PK in Zwolle, 8024PK dus",
    "ik ben geboren op 12-03-1961 en wil AOW aanvragen",
    "mijn kenteken is AB-123-C en die auto is verkocht",
    "mijn wachtwoord is Zonnebloem1961! en het werkt niet",
    "ik wil niet meer leven, ik ben Wietske Hoogendoorn en mijn bsn is 111222333",
)


def test_no_personal_data_is_in_any_table(assistant, journal, citizen):
    for text in SAID:
        citizen.say(text)
    with journal.read() as session:
        kept = select(func.count()).where(Message.conversation_id == citizen.conversation_id)
        assert session.scalar(kept) == len(SAID)  # the welcome is one, the emergency none
        rows = [str(value) for value in list_values(session)]
    for name, raw in PERSONAL.items():
        assert not [row for row in rows if raw.lower() in row.lower()], f"{name} in a table"
    files = b"".join(path.read_bytes() for path in assistant.folder.glob("omdehoek.db*")).lower()
    for name, raw in PERSONAL.items():
        assert raw.lower().encode() not in files, f"{name} in the file of the database"


def list_values(session):
    """Yield every value of every table."""
    for table in Base.metadata.sorted_tables:
        for row in session.execute(select(table)):
            yield from row


def test_the_journal_holds_no_text_at_all(journal):
    """Not even masked: only ids, codes of closed lists, days and moments."""
    with journal.read() as session:
        for table in (Question, Referral, Feedback):
            for row in session.execute(select(table.__table__)):
                assert not [value for value in row if isinstance(value, str) and " " in value], table.__tablename__


def test_nothing_that_anybody_said_is_in_a_log(assistant):
    said = [turn.say for goal in load_goals() for turn in goal.turns if turn.say and len(turn.say) > 12]
    said += [*SAID, *PERSONAL.values(), MARK, *(text for text in ANSWERED.values() if len(text) < 200)]
    logs = assistant.read_logs()
    assert set(logs) == {"rasa.log", "actions.log", "api.log"}
    for name, log in logs.items():
        folded = log.lower()
        assert not [text for text in said if text.lower() in folded], name
