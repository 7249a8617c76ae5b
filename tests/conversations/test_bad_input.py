"""Whatever is sent gets a clear answer or a clear error; nothing is lost, nothing is kept or logged that may not be."""

import json
import uuid
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from sqlalchemy import func, select

from referral.models.conversation import Message
from referral.models.question import Question
from tests.citizen import Citizen
from tests.conversations.journal import list_referrals, make_keys
from tests.conversations.seen import find_label, is_national, read_reply

PROBLEM = "application/problem+json"
# A word that nobody says, to look for where it should not be.
MARK = "kwibusdraad"

REFUSED = {
    "empty": ("", 400, "invalid_input"),
    "only spaces": ("  \t \n ", 400, "invalid_input"),
    "only control characters": ("\x00\x01\x07\x1b\x7f", 400, "invalid_input"),
    "only invisible characters": ("\u200b\u200e\ufeff\u2060", 400, "invalid_input"),
    "only slashes": ("///", 400, "invalid_input"),
    "100 kB": (f"{MARK} " * 8_500, 413, "text_too_long"),
    "one character over the limit": ("a" * 2001, 413, "text_too_long"),
}
ANSWERED = {
    "only emoji": "😀😭🙏🏽👨‍👩‍👧",
    "HTML": f"<script>alert('{MARK}')</script><img src=x onerror=alert(1)>",
    "control characters between words": f"ik\x00 heb\x07 een\x1b vraag {MARK}",
    "what Rasa reads as an intent": "/nlu_fallback",
    "an intent with entities": '/qmxr{"wqz": "plm"}',
    "right to left": "مرحبا، عندي سؤال",
    "direction turned round": "\u202eellowz\u202c",
    "a format field": "{name} {0.__class__} %s ${x}",
    "SQL": f"'; DROP TABLE referral; -- {MARK}",
    "one long word": "a" * 1999,
    "a date in the past": "de brief is van 3 januari 1997, ik moest voor 1 februari 1997 reageren",
    "a place that does not exist": f"{MARK.capitalize()}ergen",
}
MALFORMED = {
    "no JSON": f"turnId=12345678&text={MARK}",
    "half a JSON": f'{{"turnId": "12345678", "text": "{MARK}',
    "a list": f'["{MARK}"]',
    "no turn": json.dumps({"text": MARK}),
    "a turn too short": json.dumps({"turnId": "1", "text": MARK}),
    "a turn of other characters": json.dumps({"turnId": f"{MARK} {MARK}", "text": MARK}),
    "neither text nor button": json.dumps({"turnId": "12345678"}),
    "text and button": json.dumps({"turnId": "12345678", "text": MARK, "buttonId": MARK}),
    "text that is none": json.dumps({"turnId": "12345678", "text": [MARK]}),
    "a key too many": json.dumps({"turnId": "12345678", "text": MARK, "more": 1}),
    "very deep": f'{{"turnId": {"[" * 5000}{"]" * 5000}}}',
}


@pytest.fixture
def citizen(assistant):
    one = Citizen(assistant.url)
    yield one
    one.close()


@pytest.fixture
def asked_for_place(citizen):
    """A citizen with a question open: where do you live."""
    citizen.say("ik wil huurtoeslag aanvragen")
    return citizen


def see(journal, reply):
    with journal.read() as session:
        return read_reply(session, reply)


def assert_local_card(journal, reply):
    """What was asked before has not been lost, and neither was the place."""
    seen = see(journal, reply)
    assert len(seen.cards) == 1, seen
    assert not is_national(seen.cards[0]), seen


def make_turn():
    return uuid.uuid4().hex


def send(citizen, text):
    return citizen.send({"turnId": make_turn(), "text": text})


def check_problem(answer, status, code=None):
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == PROBLEM
    problem = answer.json()
    assert problem["status"] == status
    assert code in (None, problem["code"])
    assert MARK not in answer.text


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_and_the_question_stays_open(journal, asked_for_place, name):
    text, status, code = REFUSED[name]
    check_problem(send(asked_for_place, text), status, code)
    assert_local_card(journal, asked_for_place.say("Zwolle"))


@pytest.mark.parametrize("name", ANSWERED)
def test_what_can_be_read_is_answered_and_the_question_stays_open(journal, asked_for_place, name):
    reply = asked_for_place.say(ANSWERED[name])
    seen = see(journal, reply)
    assert seen.said
    assert "error" not in seen.said
    assert "assistant_down" not in seen.said
    assert MARK not in json.dumps(reply).lower()
    assert_local_card(journal, asked_for_place.say("Zwolle"))


@pytest.mark.parametrize("text", ["none_of_these", "next_question", 'zorgtoeslag{"place": "Ommen"}', "session_start"])
def test_a_slash_makes_no_intent_of_a_text(journal, assistant, text):
    replies = []
    for typed in (text, f"/{text}"):
        citizen = Citizen(assistant.url)
        replies.append(see(journal, citizen.say(typed)))
        citizen.close()
    assert replies[0] == replies[1]


@pytest.mark.parametrize("name", MALFORMED)
def test_a_malformed_body_is_a_problem(citizen, name):
    answer = citizen.http.post(
        f"/v1/conversations/{citizen.conversation_id}/messages",
        content=MALFORMED[name].encode(),
        headers={"content-type": "application/json"},
    )
    check_problem(answer, 400)


@pytest.mark.parametrize(
    "start",
    [{"language": "xx"}, {"channel": MARK}, {"place": MARK * 20}, {"campaign": f"{MARK}!"}, {"more": MARK}, [MARK]],
    ids=["language", "channel", "place", "campaign", "key", "list"],
)
def test_a_malformed_start_is_a_problem(citizen, start):
    check_problem(citizen.http.post("/v1/conversations", json=start), 400, "invalid_input")


def test_half_an_emoji_is_no_reason_to_fail(asked_for_place):
    for text, urgent in (("hallo \\ud83d", None), ("ik wil niet meer leven \\ude14", "zelfdoding")):
        answer = asked_for_place.http.post(
            f"/v1/conversations/{asked_for_place.conversation_id}/messages",
            content=f'{{"turnId": "{make_turn()}", "text": "{text}"}}',
            headers={"content-type": "application/json"},
        )
        assert answer.status_code == httpx.codes.OK
        assert (answer.json()["urgent"] or {}).get("signal") == urgent


def test_a_body_larger_than_anything_we_ask_for_is_refused(citizen):
    check_problem(send(citizen, MARK * 60_000), 413)


def test_an_unknown_conversation_is_a_problem(citizen):
    unknown = f"/v1/conversations/{make_turn()}"
    turn = {"turnId": make_turn(), "text": f"hallo {MARK}"}
    check_problem(citizen.http.post(f"{unknown}/messages", json=turn), 404, "unknown_conversation")
    check_problem(citizen.http.get(unknown), 404, "unknown_conversation")
    check_problem(citizen.http.delete(unknown), 404, "unknown_conversation")
    check_problem(citizen.http.get(f"/v1/conversations/{'a' * 65}"), 400, "invalid_input")
    check_problem(citizen.http.get("/v1/conversations/../../etc/passwd%00"), 404)
    check_problem(citizen.http.put(unknown, json=turn), 405)


def test_an_erased_conversation_is_gone(citizen):
    citizen.say("mijn DigiD werkt niet")
    own = f"/v1/conversations/{citizen.conversation_id}"
    assert citizen.http.delete(own).status_code == httpx.codes.NO_CONTENT
    check_problem(citizen.http.get(own), 404, "unknown_conversation")
    check_problem(send(citizen, "hallo"), 404, "unknown_conversation")


def test_a_button_of_another_conversation_is_refused(assistant, citizen):
    other = Citizen(assistant.url)
    button = other.reply["buttons"][0]["id"]
    other.close()
    for button_id in (button, make_turn()):
        check_problem(citizen.send({"turnId": make_turn(), "buttonId": button_id}), 400, "unknown_button")
    check_problem(citizen.send({"turnId": make_turn(), "buttonId": ""}), 400, "invalid_input")


def test_the_same_button_twice_does_one_thing(journal, citizen):
    citizen.say("ik wil zorgtoeslag aanvragen, ik woon in Zwolle")
    button = citizen.find_button(find_label("button_another", "nl"))
    turns = [make_turn(), make_turn()]
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(citizen.send, [{"turnId": turn, "buttonId": button} for turn in turns]))
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()
    with journal.read() as session:
        assert len(list_referrals(session, make_keys(citizen.conversation_id, turns))) == 1


def test_the_same_turn_twice_at_once_is_one_turn(journal, citizen):
    body = {"turnId": make_turn(), "text": "mijn DigiD werkt niet, ik woon in Zwolle"}
    with ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(citizen.send, [body] * 3))
    assert {answer.status_code for answer in answers} == {200}
    codes = {message["card"]["code"] for answer in answers for message in answer.json()["messages"] if message["card"]}
    with journal.read() as session:
        referrals = list_referrals(session, make_keys(citizen.conversation_id, [body["turnId"]]))
        assert [referral.code for referral in referrals] == list(codes)
        assert count_messages(session, citizen) == 2


def test_two_messages_at_once_are_both_answered(journal, citizen):
    texts = ["mijn DigiD werkt niet, ik woon in Zwolle", "ik wil beter Nederlands leren, ik woon in Zwolle"]
    turns = [make_turn(), make_turn()]
    with ThreadPoolExecutor(2) as pool:
        bodies = [{"turnId": turn, "text": text} for turn, text in zip(turns, texts, strict=True)]
        answers = list(pool.map(citizen.send, bodies))
    assert [answer.status_code for answer in answers] == [200, 200]
    assert all("card" in see(journal, answer.json()).said for answer in answers)
    with journal.read() as session:
        keys = make_keys(citizen.conversation_id, turns)
        topics = session.scalars(select(Question.topic).where(Question.turn_id.in_(keys)))
        assert sorted(topics) == ["digid", "taal"]
        assert count_messages(session, citizen) == 3


def count_messages(session, citizen):
    return session.scalar(select(func.count()).where(Message.conversation_id == citizen.conversation_id))
