"""Who wants a person gets one while the desk and an inbox are open, and else hears at once where and when."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from api.web.words import load_words
from referral.conversations import service as conversations
from referral.handover import service as handover
from referral.handover.service import PATIENCE, PRESENT
from referral.models.conversation import Message
from referral.models.handover import End
from referral.settings import ROOT
from tests.api.account.colleague import add_person
from tests.api.door import Door, read_problem
from tests.api.rasa_server import understand
from tests.clock import TUESDAY, set_clock

TEXTS = load_words(ROOT / "data").texts["nl"]
LIBRARY = "bibliotheek-zwolle-voorbeeld"
ASKED = {"door": "meet_person"}
EVENING = TUESDAY.replace(hour=23)
LATE = TUESDAY + PATIENCE + timedelta(seconds=30)


@pytest.fixture
def door(make_door, rasa, tuesday):
    made = make_door(live_person=True, rasa_port=rasa.port, news_per_minute=40)
    made.noor = add_person(made, "noor@bibliotheek.example", f"staff library:{LIBRARY}")
    be_present(made)
    rasa.answer = understand(ASKED)
    return made


def be_present(door, now=TUESDAY):
    with door.database.begin() as session:
        handover.note_presence(session, door.noor, LIBRARY, now)


def ask_person(door, **wanted):
    """Open a conversation and ask for a person; return its id and the reply."""
    conversation_id, _ = door.open(**wanted)
    return conversation_id, door.say(conversation_id, "ik wil een mens spreken")


def take(door, conversation_id, *texts):
    """Let Noor take it and say these."""
    with door.database.begin() as session:
        handover.take(session, conversation_id, door.noor, TUESDAY + timedelta(seconds=9))
        for text in texts:
            handover.say(session, conversation_id, door.noor, turn_id=f"say-{text}", text=text, now=TUESDAY)


def give_up(door, conversation_id, how):
    with door.database.begin() as session:
        handover.give_up(session, conversation_id, door.noor, how, TUESDAY)


def read_news(door, conversation_id, after=0):
    answer = door.ask("GET", f"/v1/conversations/{conversation_id}/person", params={"after": after})
    assert answer.status_code == 200, answer.text
    return answer.json()


def find_back(door, conversation_id):
    return door.ask("GET", f"/v1/conversations/{conversation_id}").json()


def list_texts(reply):
    return [message["text"] for message in reply["messages"] if message["text"]]


def test_while_somebody_is_there_the_citizen_waits(door):
    conversation_id, reply = ask_person(door)
    assert reply["person"] == {"state": "waiting", "number": 0}
    assert list_texts(reply) == [TEXTS["person_waiting"]]
    with set_clock(TUESDAY + timedelta(seconds=30)):
        news = read_news(door, conversation_id)
    assert 0 < news.pop("waitedSeconds") <= 30  # the clock goes on from Tuesday while the door opens
    assert news == {"state": "waiting", "messages": [], "reply": None}


@pytest.mark.parametrize("why", ["off", "evening", "nobody", "terminal"])
def test_else_the_citizen_hears_at_once_where_and_when(door, why):
    if why == "off":
        door.app.state.person.settings.live_person = False
    now = {"evening": EVENING, "nobody": TUESDAY + PRESENT}.get(why, TUESDAY)
    with set_clock(now):
        if why == "evening":
            be_present(door, EVENING)
        conversation_id, reply = ask_person(door, channel="terminal" if why == "terminal" else "web")
        assert reply["person"] is None
        said = " ".join(list_texts(reply))
        assert said.startswith(TEXTS["human"].partition("{")[0])
        assert "Zwolle" in said
        assert [phone for message in reply["messages"] for phone in message["phones"]]
        assert read_news(door, conversation_id)["state"] == "none"


def test_the_button_finds_a_person_while_rasa_is_down(door, rasa):
    rasa.status = 500
    conversation_id, _ = door.open()
    reply = door.say(conversation_id, "hallo")
    with door.database.begin() as session:
        button = conversations.add_button(session, conversation_id, {"intent": "human"})
    assert reply["person"] is None
    assert door.send(conversation_id, buttonId=button).json()["person"]["state"] == "waiting"


def test_the_assistant_is_silent_and_the_masked_text_is_there_for_staff(door, rasa):
    conversation_id, _ = ask_person(door)
    rasa.asked.clear()
    waiting = door.say(conversation_id, "mijn bsn is 111222333", "turn-0001")
    assert (waiting["messages"], waiting["buttons"], waiting["person"]["state"]) == ([], [], "waiting")
    take(door, conversation_id)
    assert door.say(conversation_id, "bent u daar?")["person"]["state"] == "talking"
    assert door.say(conversation_id, "mijn bsn is 111222333", "turn-0001") == waiting
    assert rasa.asked == []
    with door.database.read() as session:
        texts = [message.text for message in conversations.list_turns(session, conversation_id)]
    assert texts[-2:] == ["mijn bsn is BSN", "bent u daar?"]


def test_an_emergency_gets_its_text_and_staff_see_that_it_was_given(door):
    conversation_id, _ = ask_person(door)
    for _ in range(2):
        reply = door.say(conversation_id, "mijn huis staat in brand", "turn-0001")
        assert reply["urgent"]["level"] == "P0"
    with door.database.read() as session:
        (line,) = handover.list_lines(session, conversation_id)
    assert line.signal == reply["urgent"]["signal"]
    assert read_news(door, conversation_id)["messages"] == []


def test_the_citizen_hears_what_staff_say_once(door):
    conversation_id, _ = ask_person(door)
    take(door, conversation_id, "Goedemorgen.", "Wat is er?")
    news = read_news(door, conversation_id)
    assert news["state"] == "talking"
    assert [(one["number"], one["text"]) for one in news["messages"]] == [(1, "Goedemorgen."), (2, "Wat is er?")]
    assert [one["number"] for one in read_news(door, conversation_id, after=1)["messages"]] == [2]
    assert read_news(door, conversation_id, after=2)["messages"] == []


def test_a_reload_finds_what_staff_said_and_where_to_go_on(door):
    conversation_id, _ = ask_person(door)
    take(door, conversation_id, "Goedemorgen.")
    found = find_back(door, conversation_id)
    assert found["person"] == {"state": "talking", "number": 1}
    assert "Goedemorgen." in [text for reply in found["replies"] for text in list_texts(reply)]


def test_after_two_minutes_the_assistant_is_back_once(door, rasa):
    conversation_id, _ = ask_person(door)
    with set_clock(LATE):
        news = read_news(door, conversation_id)
        assert news["state"] == "ended"
        assert list_texts(news["reply"])[0] == TEXTS["person_nobody"]
        assert [phone for message in news["reply"]["messages"] for phone in message["phones"]]
        assert news["reply"]["person"]["state"] == "ended"
        assert read_news(door, conversation_id) == news
        turns = [reply["turnId"] for reply in find_back(door, conversation_id)["replies"]]
        assert turns.count(news["reply"]["turnId"]) == 1
        rasa.answer = understand({"say": "thank"})
        assert list_texts(door.say(conversation_id, "dank u")) == [TEXTS["thank"]]


def test_of_many_who_look_at_once_one_ends_it(door):
    """Each looks through an application of its own, as in processes of their own."""
    conversation_id, _ = ask_person(door)
    doors = [Door(door.settings) for _ in range(3)]
    with set_clock(LATE), ThreadPoolExecutor(len(doors)) as pool:
        news = list(pool.map(lambda one: read_news(one, conversation_id), doors))
    for one in doors:
        one.close()
    assert len({one["reply"]["turnId"] for one in news}) == 1
    with door.database.read() as session:
        assert session.scalar(select(func.count()).where(Message.turn_id.startswith("person-"))) == 1


def test_who_goes_on_talking_after_two_minutes_talks_to_the_assistant(door, rasa):
    conversation_id, _ = ask_person(door)
    rasa.answer = understand({"say": "thank"})
    with set_clock(LATE):
        assert list_texts(door.say(conversation_id, "dank u")) == [TEXTS["thank"]]
        assert list_texts(read_news(door, conversation_id)["reply"])[0] == TEXTS["person_nobody"]


@pytest.mark.parametrize(("how", "key"), [(End.HANDED_BACK, "person_back"), (End.CLOSED, "person_closed")])
def test_staff_give_it_back_with_buttons_that_work(door, how, key):
    conversation_id, _ = ask_person(door)
    take(door, conversation_id, "Dag.")
    give_up(door, conversation_id, how)
    news = read_news(door, conversation_id)
    assert [one["text"] for one in news["messages"]] == ["Dag."]
    assert list_texts(news["reply"]) == [TEXTS[key]]
    assert door.send(conversation_id, buttonId=news["reply"]["buttons"][0]["id"]).status_code == 200


def test_a_citizen_who_leaves_is_back_with_the_assistant(door, rasa):
    conversation_id, _ = ask_person(door)
    for _ in range(2):
        assert door.ask("DELETE", f"/v1/conversations/{conversation_id}/person").status_code == 204
    assert list_texts(read_news(door, conversation_id)["reply"]) == [TEXTS["person_left"]]
    rasa.answer = understand({"say": "thank"})
    assert list_texts(door.say(conversation_id, "dank u")) == [TEXTS["thank"]]
    with door.database.read() as session:
        closings = select(func.count()).where(Message.turn_id.startswith("person-"))
        assert session.scalar(closings) == 1


def test_who_asks_again_waits_again_and_hears_nothing_twice(door):
    conversation_id, _ = ask_person(door)
    take(door, conversation_id, "Goedemorgen.")
    door.ask("DELETE", f"/v1/conversations/{conversation_id}/person")
    again = door.say(conversation_id, "toch een mens")["person"]
    assert again == {"state": "waiting", "number": 1}
    assert read_news(door, conversation_id, after=again["number"])["messages"] == []


def test_a_conversation_that_is_not_there_has_no_person(door):
    for method in ("GET", "DELETE"):
        answer = door.ask(method, "/v1/conversations/gone/person")
        assert read_problem(answer) == (404, "unknown_conversation")


def test_news_has_its_own_limit(door):
    conversation_id, _ = ask_person(door)
    for _ in range(40):
        read_news(door, conversation_id)
    answer = door.ask("GET", f"/v1/conversations/{conversation_id}/person")
    assert read_problem(answer) == (429, "too_many_requests")
    assert door.send(conversation_id, text="hallo").status_code == 200
