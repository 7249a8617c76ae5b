"""Messages that are emergencies and name a place, and what must come back."""

import uuid
from typing import Any

import httpx

from tests.conversations.seen import read_urgent_texts

# signal, language of the reply, text
EMERGENCIES = (
    ("zelfdoding", "nl", "ik wil niet meer leven, ik woon in Zwolle"),
    ("geweld_thuis", "nl", "mijn man slaat mij, wij wonen in Ommen"),
    ("direct_gevaar", "nl", "er is brand in mijn huis in Zwolle"),
    ("levensgevaar_medisch", "nl", "mijn vader is bewusteloos en ademt niet, wij zijn in Hengelo"),
    ("seksueel_geweld", "nl", "ik ben verkracht in het park in Zwolle"),
    ("gaslucht", "nl", "ik ruik heel sterk gas in mijn huis in Ommen"),
    ("zelfdoding", "en", "I want to kill myself, I live in Zwolle"),
)


def send_emergency(http: httpx.Client, conversation_id: str, number: int) -> str:
    """Send the emergency of this number (they take turns), check the reply, and return the id of the turn."""
    signal, language, text = EMERGENCIES[number % len(EMERGENCIES)]
    turn_id = uuid.uuid4().hex
    answer = http.post(f"/v1/conversations/{conversation_id}/messages", json={"turnId": turn_id, "text": text})
    assert answer.status_code == httpx.codes.OK, f"{text!r} got {answer.status_code}: {answer.text}"
    check_fixed_text(answer.json(), signal, language)
    return turn_id


def check_fixed_text(reply: dict[str, Any], signal: str, language: str) -> None:
    """Check that the reply is the text of `data/urgent.yml`, and nothing else."""
    written = read_urgent_texts()[signal]
    assert reply["urgent"] == {
        "signal": signal,
        "level": "P0",
        "text": written["first"][language],
        "tip": written.get("tip", {}).get(language),
        "language": language,
        "direction": "ltr",
    }
    assert (reply["language"], reply["safetyLine"]) == (language, None)
    assert (reply["messages"], reply["buttons"], reply["menu"]) == ([], [], [])
