"""An emergency gets its fixed text before anything else is looked at, whatever is down."""

import pytest
from sqlalchemy import select

from referral.content import read_rows
from referral.conversations.service import make_turn_key
from referral.models.conversation import Message
from referral.models.urgent_count import UrgentCount
from referral.settings import ROOT
from tests.api.chat.stored import change, read_conversation
from tests.clock import TUESDAY
from tests.postgres import find_free_port

pytestmark = pytest.mark.usefixtures("tuesday")

URGENT = {row["id"]: row for row in read_rows(ROOT / "data" / "urgent.yml", "urgent")}
EMERGENCY = "ik wil niet meer leven, ik maak er een eind aan"


def list_counts(door, conversation_id, *turn_ids):
    """Return the emergencies that these turns counted."""
    keys = [make_turn_key(conversation_id, turn_id) for turn_id in turn_ids]
    with door.database.read() as session:
        return list(session.scalars(select(UrgentCount.signal).where(UrgentCount.id.in_(keys))))


def test_an_emergency_is_its_fixed_text_and_nothing_else(door):
    conversation_id, _ = door.open()
    reply = door.say(conversation_id, EMERGENCY, "turn-0001")
    assert reply["urgent"]["signal"] == "zelfdoding"
    assert reply["urgent"]["text"] == URGENT["zelfdoding"]["first"]["nl"]
    assert (reply["messages"], reply["buttons"], reply["menu"]) == ([], [], [])
    assert list_counts(door, conversation_id, "turn-0001") == ["zelfdoding"]


def test_an_emergency_in_english_is_answered_in_english(door):
    conversation_id, _ = door.open()
    reply = door.say(conversation_id, "my husband hits me and I am afraid to go home")
    assert reply["urgent"]["text"] == URGENT[reply["urgent"]["signal"]]["first"]["en"]


def test_the_same_emergency_again_gets_the_same_text_and_counts_once(door):
    conversation_id, _ = door.open()
    replies = [door.say(conversation_id, EMERGENCY, "turn-0001") for _ in range(3)]
    assert replies[0] == replies[1] == replies[2]
    assert list_counts(door, conversation_id, "turn-0001") == ["zelfdoding"]


def test_an_emergency_closes_the_open_question(door):
    conversation_id, _ = door.open()
    change(door, conversation_id, awaiting="place", misses=1, topic="huurtoeslag")
    door.say(conversation_id, EMERGENCY)
    conversation = read_conversation(door, conversation_id)
    assert (conversation.awaiting, conversation.misses, conversation.topic) == (None, 0, "huurtoeslag")


@pytest.mark.parametrize("before", ["", "a" * 5000 + " "])
def test_an_emergency_is_heard_in_a_conversation_that_is_gone_and_in_a_message_that_is_too_long(door, before):
    assert door.say("gone", before + EMERGENCY)["urgent"]["signal"] == "zelfdoding"


def test_an_emergency_is_heard_while_another_message_is_being_answered(door):
    conversation_id, _ = door.open()
    change(door, conversation_id, running_turn="turn-0001", running_until=TUESDAY.replace(year=2030))
    assert door.say(conversation_id, EMERGENCY)["urgent"]["signal"] == "zelfdoding"


def test_of_an_emergency_no_word_is_kept(door):
    conversation_id, _ = door.open()
    door.say(conversation_id, f"ik ben Piet, {EMERGENCY}")
    with door.database.read() as session:
        said = session.scalars(select(Message.text).where(Message.conversation_id == conversation_id)).all()
    assert said == [None]  # the welcome


def test_without_a_database_an_emergency_is_answered_and_waits_on_disk(make_door, caplog):
    door = make_door(database_url=f"postgresql+psycopg://omdehoek@127.0.0.1:{find_free_port()}/omdehoek")
    reply = door.say("some-conversation", EMERGENCY, "turn-0001")
    assert reply["urgent"]["text"] == URGENT["zelfdoding"]["first"]["nl"]
    spooled = (door.settings.state_dir / "spool" / "urgent.jsonl").read_text(encoding="utf-8")
    assert make_turn_key("some-conversation", "turn-0001") in spooled
    assert "leven" not in spooled + caplog.text


@pytest.mark.parametrize(
    ("text", "language", "direction", "beginning"),
    [
        ("Kocam beni dövüyor, çok korkuyorum", "tr", "ltr", "0800 2000'i arayın"),
        ("intihar", "tr", "ltr", "Hemen 113'ü arayın"),
        ("أريد أن أموت", "ar", "rtl", "اتصل الآن بالرقم 113"),
        ("nie chcę już żyć", "pl", "ltr", "Proszę zadzwonić teraz pod 113"),
        ("пахне газом", "uk", "ltr", "Вийдіть надвір"),
        ("mein Mann schlägt mich jeden Tag", "de", "ltr", "Rufen Sie 0800 2000 an"),
    ],
)
def test_an_emergency_is_answered_in_its_own_language_under_the_line_with_the_numbers(
    door, text, language, direction, beginning
):
    conversation_id, _ = door.open()
    reply = door.say(conversation_id, text)
    urgent = reply["urgent"]
    assert (urgent["language"], urgent["direction"]) == (language, direction)
    assert urgent["text"].startswith(beginning)
    assert (reply["language"], reply["messages"]) == ("nl", [])
    assert all(number in reply["safetyLine"] for number in ("112", "113", "0800 2000"))


def test_in_a_language_that_is_only_recognised_the_numbers_stand_on_top(door):
    conversation_id, _ = door.open()
    reply = door.say(conversation_id, "Kiramı ödeyemiyorum, bana kim yardım edebilir?")
    for number in ("112", "113", "0800 2000"):
        assert number in reply["safetyLine"]
    assert door.say(conversation_id, "Ik kan mijn huur niet betalen")["safetyLine"] is None
