"""`omdehoek triage`: the same understanding as in the chat, for a file of messages."""

import json

import pytest

from api.cli.triage import RANKED, judge, prepare_line
from referral.catalogue.service import OUT_OF_SCOPE, load_catalogue
from referral.settings import ROOT, Settings
from referral.urgency.detector import load_detector
from referral.urgency.signals import load_signals

DATA = ROOT / "data"
KEYS = {"text", "topic", "confidence", "ranking", "urgent", "place", "language"}


def make_parsed(*ranking, entities=()):
    rows = [{"name": name, "confidence": confidence} for name, confidence in ranking]
    return {"intent": rows[0] if rows else {"name": None}, "ranking": rows, "entities": list(entities)}


@pytest.fixture(scope="module")
def detector():
    return load_detector(DATA)


@pytest.fixture
def judge_message(detector):
    def run(text, parsed):
        signals = load_signals(DATA / "urgent.yml")
        return judge(text, parsed, catalogue=load_catalogue(DATA), detector=detector, signals=signals)

    return run


def test_the_best_topics_are_told_and_only_topics(judge_message):
    ranking = [("huurtoeslag", 0.6), ("greet", 0.2), ("zorgtoeslag", 0.1), ("schulden", 0.05), ("digid", 0.02)]
    row = judge_message("hoe krijg ik geld voor de huur", make_parsed(*ranking))
    assert set(row) == KEYS
    assert (row["topic"], row["confidence"], row["urgent"]) == ("huurtoeslag", 0.6, None)
    assert [one["topic"] for one in row["ranking"]] == ["huurtoeslag", "zorgtoeslag", "schulden"]
    assert len(row["ranking"]) == RANKED


@pytest.mark.parametrize("ranking", [[("greet", 0.9), ("digid", 0.1)], [("buiten_bereik", 0.9)], []])
def test_what_is_no_topic_is_out_of_scope(judge_message, ranking):
    assert judge_message("goedemorgen allemaal", make_parsed(*ranking))["topic"] == OUT_OF_SCOPE


def test_an_emergency_of_either_net_decides_the_topic(judge_message):
    first = judge_message("ik wil niet meer leven", make_parsed(("mentaal", 0.9)))
    second = judge_message("het wordt mij te veel", make_parsed(("suicide", 0.9)))
    assert (first["topic"], first["urgent"]) == ("suicide", "zelfdoding")
    assert (second["topic"], second["urgent"]) == ("suicide", "zelfdoding")


def test_place_and_language_are_told_with_dutch_where_it_cannot_be_told(judge_message):
    place = {"entity": "place", "value": "Zwolle", "start": 0, "end": 6}
    sender = {"entity": "sender", "value": "cjib", "start": 0, "end": 4}
    row = judge_message("cjib Zwolle", make_parsed(("boete", 0.9), entities=[sender, place]))
    assert (row["place"], row["language"]) == ("Zwolle", "nl")
    assert judge_message("I cannot pay my rent this month", make_parsed(("schulden", 0.9)))["language"] == "en"


@pytest.mark.parametrize(
    ("text", "prepared"),
    [("mijn bsn is 111222333", "mijn bsn is BSN"), ("", ""), ("\u200b", ""), ("/hallo", "hallo"), ("a" * 50, "a" * 20)],
)
def test_a_message_is_prepared_as_at_the_door_and_never_refused(text, prepared):
    assert prepare_line(text, Settings(message_max_chars=21 if "bsn" in text else 20)) == prepared


@pytest.mark.slow
@pytest.mark.usefixtures("trained_model")
def test_a_file_of_messages_is_understood_line_by_line(omdehoek):
    texts = ["hoe vraag ik huurtoeslag aan in Zwolle", "ik wil niet meer leven", "", "a" * 5000]
    stdin = "".join(json.dumps({"text": text}) + "\n" for text in texts).encode()
    ended = omdehoek("triage", stdin=stdin)
    assert ended.code == 0
    rows = [json.loads(line) for line in ended.out.splitlines()]
    assert [row["text"] for row in rows] == texts
    assert all(set(row) == KEYS for row in rows)
    assert (rows[0]["topic"], rows[0]["place"], rows[0]["urgent"]) == ("huurtoeslag", "Zwolle", None)
    assert rows[1]["urgent"] == "zelfdoding"
