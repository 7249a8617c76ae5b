"""When Rasa or the action server is down: say so, offer the topics and the library, and still refer (DESIGN §6.6)."""

import time

import httpx
import pytest
import yaml
from sqlalchemy import select

from referral.db import Database
from referral.models.referral import Referral
from tests.citizen import Citizen
from tests.conversations.breakable import DEADLINE
from tests.conversations.seen import DATA, find_label, read_reply

# Said to a part that is down; none of it may be in a log.
QUESTIONS = (
    "ik wil huurtoeslag aanvragen voor de flat aan het Kwibuspad",
    "mijn DigiD-app op de telefoon van oma Truitje hapert",
)


@pytest.fixture
def database(breakable):
    made = Database(breakable.database_url)
    yield made
    made.dispose()


@pytest.fixture
def citizen(breakable):
    yield from open_citizen(breakable.url)


@pytest.fixture
def citizen_in_ommen(breakable):
    yield from open_citizen(breakable.url, place="Ommen")


@pytest.fixture
def english_citizen(breakable):
    yield from open_citizen(breakable.url, language="en")


def open_citizen(url, **start):
    one = Citizen(url, **start)
    yield one
    one.close()


# Rasa first: test_emergency_everywhere.py leaves it down, and it takes longest to start.
@pytest.fixture(params=["rasa", "actions"], scope="module")
def part(request):
    return request.param


@pytest.fixture
def part_down(breakable, part):
    """Rasa or the action server is down, the rest is up."""
    breakable.break_only(part)
    return part


def press(citizen, name):
    return citizen.press(find_label(name, citizen.reply["language"]))


def see(database, reply):
    with database.read() as session:
        return read_reply(session, reply)


def read_library_phone():
    """Return the library's number as the example directory has it."""
    example = yaml.safe_load((DATA / "example" / "zwolle.yml").read_text(encoding="utf-8"))
    library = next(one for one in example["organizations"] if one["id"] == "bibliotheek-zwolle-voorbeeld")
    return library["phones"][0]["number"]


def assert_shown_in_journal(database, citizen, *, kinds):
    """The card of the last reply is of one of these kinds, and stands in the journal once, as shown."""
    seen = see(database, citizen.reply)
    assert len(seen.cards) == 1
    assert set(seen.cards[0]) & set(kinds), seen
    with database.read() as session:
        found = session.scalars(select(Referral).where(Referral.code == citizen.cards[0]["code"])).all()
        assert [one.status for one in found] == ["requested"]
        assert found[0].shown_at is not None


def test_the_chat_says_so_and_offers_topics_and_the_library(database, citizen, part_down):
    seen = see(database, citizen.say(QUESTIONS[0]))
    assert seen.said[:2] == ["assistant_down", "human"]
    assert "huurtoeslag" in seen.menu
    assert "domain_belasting_toeslagen" in seen.buttons
    numbers = [phone["number"] for message in citizen.reply["messages"] for phone in message["phones"]]
    assert read_library_phone() in numbers


def test_a_topic_that_is_named_is_referred_with_the_place_typed(database, citizen, part_down):
    citizen.say(QUESTIONS[1])
    assert "ask_place" in see(database, press(citizen, "digid")).said
    citizen.say("ik woon in Zwolle")
    assert_shown_in_journal(database, citizen, kinds=["ido"])


def test_a_place_that_exists_twice_is_chosen_by_button(database, citizen, part_down):
    press(citizen, "domain_digitale_overheid")
    press(citizen, "digid")
    seen = see(database, citizen.say("Elst"))
    assert "choose_place" in seen.said
    press(citizen, "Elst (Rhenen)")
    assert_shown_in_journal(database, citizen, kinds=["national"])


def test_what_is_no_place_gets_the_honest_answer(database, citizen, part_down):
    press(citizen, "domain_digitale_overheid")
    press(citizen, "digid")
    assert "assistant_down" in see(database, citizen.say("hoe bedoelt u dat precies")).said


def test_a_topic_from_the_menu_is_referred_without_a_place(database, citizen, part_down):
    press(citizen, "domain_belasting_toeslagen")
    press(citizen, "zorgtoeslag")
    press(citizen, "button_skip")
    assert_shown_in_journal(database, citizen, kinds=["national"])


def test_a_place_that_the_page_told_is_used(database, citizen_in_ommen, part_down):
    press(citizen_in_ommen, "domain_digitale_overheid")
    press(citizen_in_ommen, "digid")
    assert_shown_in_journal(database, citizen_in_ommen, kinds=["ido"])


def test_it_is_said_in_english_too(database, english_citizen, part_down):
    seen = see(database, english_citizen.say("I want to apply for rent allowance"))
    assert english_citizen.reply["language"] == "en"
    assert seen.said[:2] == ["assistant_down", "human"]


def test_an_urgent_matter_keeps_its_text(database, citizen, part_down):
    assert see(database, citizen.say("er staat een deurwaarder aan mijn deur")).urgent == "deurwaarder"


def test_the_same_turn_again_gets_the_same_reply(citizen, part_down):
    first = citizen.say(QUESTIONS[0], turn_id="the-same-turn")
    assert citizen.say(QUESTIONS[0], turn_id="the-same-turn") == first


def test_it_works_again_as_soon_as_the_part_is_back(database, breakable, citizen, part_down):
    assert "assistant_down" in see(database, citizen.say(QUESTIONS[0])).said
    breakable.break_only()
    assert see(database, citizen.say("ik wil huurtoeslag aanvragen")).said == ["recognise", "ask_place"]
    citizen.say("Zwolle")
    assert_shown_in_journal(database, citizen, kinds=["toeslagenhulp", "ido"])


def test_a_part_that_hangs_is_not_waited_for(database, breakable, citizen):
    breakable.break_only()
    for part in ("rasa", "actions"):
        with breakable.hanging(part):
            started = time.monotonic()
            assert "assistant_down" in see(database, citizen.say(QUESTIONS[0])).said
            assert time.monotonic() - started < DEADLINE + 2


def test_without_the_database_an_ordinary_message_gets_a_clear_error(breakable, citizen):
    breakable.break_only("database")
    answer = citizen.send({"turnId": "no-database", "text": QUESTIONS[0]})
    assert answer.status_code == httpx.codes.SERVICE_UNAVAILABLE
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "database_unavailable"
    breakable.break_only()
    assert citizen.say("ik wil huurtoeslag aanvragen")["messages"]


def test_nothing_that_was_said_in_an_outage_is_in_a_log(breakable):
    logs = breakable.read_logs()
    assert set(logs) == {"rasa.log", "actions.log", "api.log"}
    for name, log in logs.items():
        for word in ("Kwibuspad", "Truitje", "hapert", "deurwaarder"):
            assert word.lower() not in log.lower(), f"{word} in {name}"
