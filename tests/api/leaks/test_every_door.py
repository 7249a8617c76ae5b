"""Personal data is pushed through every door that takes words of others; then all that is kept or told is searched.

The chat with the real Rasa, and its logs: tests/conversations/test_nothing_personal.py. Telegram: tests/api/telegram.
"""

import json
import logging
import uuid

import pytest
from prometheus_client import generate_latest
from sqlalchemy import update

from referral.backup.service import backup
from referral.clock import read_clock
from referral.logs import SECURITY_FIELDS
from referral.models.location import Location
from referral.models.organization import Organization
from referral.models.service import Service
from referral.outbox.service import deliver
from referral.outbox.sinks import list_targets
from referral.settings import get_settings
from tests.api.account.colleague import Colleague, add_person
from tests.api.desk.test_visit import register
from tests.api.on_sqlite import IS_ON_POSTGRESQL
from tests.api.proposals.conftest import IDO, ZWOLLE
from tests.api.proposals.test_proposals import list_keys
from tests.api.rasa_server import understand
from tests.conversations.test_nothing_personal import PERSONAL, SAID, list_values

STAFF = "noor@bibliotheek.example"
# What a browser, a proxy or a program may bring along without being asked.
HEADERS = {
    "User-Agent": "Wietske Hoogendoorn",
    "Referer": "https://post.example/Klaprozenstraat%20118/wietske.hoogendoorn@voorbeeldmail.nl",
    "X-Forwarded-For": "0612345678",
    "From": "wietske.hoogendoorn@voorbeeldmail.nl",
    "Cookie": "naam=Wietske Hoogendoorn; bsn=111222333",
    "X-Request-Id": "111222333",
    "traceparent": "NL91ABNA0417164300",
    "Accept-Language": "nl; Wietske Hoogendoorn",
}
# Of these a place is never made, and what is no place is not kept.
WHERE = ("Klaprozenstraat 118", "8024PK Wietske Hoogendoorn", "111222333")


@pytest.fixture
def door(make_door, rasa, tuesday, tmp_path, monkeypatch):
    monkeypatch.setenv("OMDEHOEK_EVENTS_FILE", str(tmp_path / "events.jsonl"))
    get_settings.cache_clear()
    rasa.answer = understand({"door": "meet_person"}, place="Zwolle")
    made = make_door(
        live_person=True,
        rasa_port=rasa.port,
        sign_ins_per_minute=1_000,
        reports_per_hour=1_000,
        turns_per_minute=1_000,
        codes_per_hour=1_000,
        open_figures=True,
        events_file=tmp_path / "events.jsonl",
    )
    with made.database.begin() as session:  # of an example nothing leaves
        for kind in (Organization, Service, Location):
            session.execute(update(kind).values(is_example=False))
    add_person(made, STAFF, f"staff library:{ZWOLLE}", f"editor library:{ZWOLLE}", f"manager library:{ZWOLLE}")
    yield made
    get_settings.cache_clear()


@pytest.fixture
def noor(door):
    colleague = Colleague(door)
    assert colleague.sign_in(STAFF).status_code == 303
    assert colleague.get("/desk/gesprekken").status_code == 200
    return colleague


def chat(door):
    """Everything as text, as a button and in the address; return an open conversation.

    Not as the id of a turn: that is made by a program, and kept as it is. What stands alone and could be any word,
    a password for one, is not masked.
    """
    opened = door.ask("POST", "/v1/conversations", json={"language": "nl"}, headers=HEADERS)
    conversation_id = opened.json()["conversationId"]
    path = f"/v1/conversations/{conversation_id}/messages"
    bare = [value for name, value in PERSONAL.items() if name != "password"]
    for text in (*SAID, *bare):
        said = {"turnId": uuid.uuid4().hex, "text": text}
        assert door.ask("POST", path, json=said, headers=HEADERS).status_code == 200
        door.ask("POST", path, json={"turnId": uuid.uuid4().hex, "buttonId": text})
        door.ask("POST", path, json={"turnId": uuid.uuid4().hex, "text": "hallo", text: text})
        door.ask("POST", path, content=text)
        door.ask("GET", f"/v1/conversations/{text}", headers=HEADERS)
        for field in ("campaign", "location", "library", "place", "language"):
            door.ask("POST", "/v1/conversations", json={field: text})
        door.ask("GET", "/", params={"campagne": text, "plaats": text})
        door.ask("GET", "/v1/matches", params={"topic": text, "place": text})
    return conversation_id


def work_at_the_desk(noor, conversation_id):
    """What colleagues type for a citizen: the question, a place, an answer in a conversation."""
    for text in (*SAID, *PERSONAL.values()):
        noor.post("/desk", {"q": text})
        noor.post("/desk/found", {"q": text})
        noor.post("/desk/missed", {"q": text})
    for where in WHERE:
        noor.post("/desk/place", {"place": where})
    for text in PERSONAL.values():
        register(noor, refer=True, note=text, name=text, remark=text)
    at = f"/desk/gesprekken/{conversation_id}"
    noor.post(f"{at}/neem")
    for text in SAID:
        noor.post(f"{at}/stuur", {"turn": uuid.uuid4().hex, "text": text})
    assert "Wietske" not in noor.get(at).text


def report_and_guess(door):
    """What citizens and partners tell of the directory, and codes that do not exist."""
    visitor = Colleague(door, **HEADERS)
    facts = list_keys(visitor.get(f"/klopt-niet/{IDO}").text)
    for number, text in enumerate(SAID):
        sent = {"fact": facts[number % len(facts)], "remark": text, "value": ""}
        assert visitor.post(f"/klopt-niet/{IDO}", sent).status_code == 303
    for text in PERSONAL.values():
        visitor.post("/p", {"code": text})
        visitor.get(f"/p/{text}")
        visitor.get(f"/verwijzing/{text}")
        visitor.post("/account/sign-in", {"email": text, "password": text})


def search_everything(door, log):
    """Yield (where, text) of all that is kept in the database and beside it, of what was sent and of the log."""
    for target in list_targets(door.settings):
        deliver(door.database, target, read_clock)
    backup(door.database, door.settings.state_dir / "backup.jsonl.gz")
    with door.database.read() as session:
        yield "a table", "\n".join(str(value) for value in list_values(session))
    for path in [*door.settings.state_dir.rglob("*"), door.settings.events_file]:
        if path.is_file():
            yield path.name, path.read_bytes().decode("utf-8", "replace")
    for path in ("/v1/reports", "/health/live", "/health/ready", "/v1/openapi.json"):
        yield path, door.ask("GET", path).text
    yield "the metrics", generate_latest().decode()
    yield "the log", log


def list_facts(records):
    """Return what lines of the security log tell beside their message."""
    return [getattr(record, field, None) for record in records for field in SECURITY_FIELDS]


def test_nothing_personal_is_kept_sent_or_told(door, noor, rasa, caplog):
    caplog.set_level(logging.WARNING, "httpx")  # this test's own client tells what it asks
    with caplog.at_level(logging.DEBUG):
        conversation_id = chat(door)
        work_at_the_desk(noor, conversation_id)
        report_and_guess(door)
    # A password that stands alone could be any word; the desk asks Rasa what it is about, and neither keeps it.
    asked = [one for one in rasa.asked if one.get("text") != PERSONAL["password"]]
    places = [
        *search_everything(door, f"{caplog.text}{list_facts(caplog.records)}"),
        ("what Rasa was asked", json.dumps(asked)),
    ]
    looked_at = {where for where, _ in places}
    assert {"a table", "the log", "events.jsonl", "backup.jsonl.gz"} <= looked_at
    assert IS_ON_POSTGRESQL or "omdehoek.db" in looked_at
    # The search would find it: the words around are there.
    assert "en mijn DigiD werkt niet" in dict(places)["a table"]
    assert "en mijn DigiD werkt niet" in dict(places)["what Rasa was asked"]
    assert "omdehoek_request_seconds" in dict(places)["the metrics"]
    found = [
        f"{name} in {where}" for where, text in places for name, raw in PERSONAL.items() if raw.lower() in text.lower()
    ]
    assert found == []
