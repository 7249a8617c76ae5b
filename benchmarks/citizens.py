"""The conversation of six turns that is measured, and who holds it: at our door, at our Rasa, or at stock Rasa."""

import uuid
from dataclasses import dataclass
from typing import Any, Protocol

import httpx

from api.web.words import load_words
from referral.settings import ROOT, get_settings

WORDS = load_words(ROOT / "data")


@dataclass(frozen=True, slots=True)
class Turn:
    """What is typed, or the name of the button that is pressed; `expects`: a text key, or a kind of answer."""

    expects: str
    text: str | None = None
    button: str | None = None

    @property
    def label(self) -> str:
        """Return what is typed, or what stands on the button."""
        return self.text or WORDS.texts["nl"][WORDS.buttons[str(self.button)]["label"]]


CONVERSATION = (
    Turn("ask_place", text="ik heb een brief van de deurwaarder"),
    Turn("card", text="ik woon in Zwolle"),
    Turn("bring", text="wat moet ik meenemen"),
    Turn("card", button="another"),
    Turn("phones", button="call_instead"),
    Turn("thank", text="dank u"),
)


class Citizen(Protocol):
    """Opens a conversation when made; holds it turn by turn."""

    def take(self, turn: Turn) -> set[str]:
        """Take one turn and return what came back, as text keys and kinds of answer."""


class DoorCitizen:
    """At the door, with all that it does for a citizen; a button that is not there is typed instead."""

    def __init__(self, http: httpx.Client) -> None:
        self._http = http
        opened = http.post("/v1/conversations", json={"language": "nl"})
        opened.raise_for_status()
        self._path = f"/v1/conversations/{opened.json()['conversationId']}/messages"
        self._buttons: dict[str, str] = {}

    def take(self, turn: Turn) -> set[str]:
        button = self._buttons.get(turn.label) if turn.button else None
        said = {"buttonId": button} if button else {"text": turn.label}
        answer = self._http.post(self._path, json={"turnId": uuid.uuid4().hex, **said})
        answer.raise_for_status()
        reply = answer.json()
        self._buttons |= {button["label"]: button["id"] for button in reply["buttons"]}
        return {name for message in reply["messages"] for name in self.name(message)}

    @staticmethod
    def name(message: dict[str, Any]) -> set[str]:
        kinds = {"card": "card", "phones": "phones", "items": "bring"}
        said = {key for key in ("ask_place", "thank") if message["text"] == WORDS.texts["nl"][key]}
        return said | {kind for part, kind in kinds.items() if message[part]}


class RasaCitizen:
    """At our Rasa itself, as the door calls it: the slots of the conversation go in and come back."""

    def __init__(self, http: httpx.Client) -> None:
        self._http = http
        self._slots: dict[str, Any] = {"library_id": get_settings().library, "language": "nl"}

    def take(self, turn: Turn) -> set[str]:
        turn_id = uuid.uuid4().hex
        said = {"text": turn.text} if turn.text else {"intent": turn.button}
        slots = {**self._slots, "turn_id": turn_id}
        answer = self._http.post("/webhooks/door/turn", json={"turn_id": turn_id, "slots": slots, **said})
        answer.raise_for_status()
        self._slots = answer.json()["slots"]
        return name_payloads(answer.json()["messages"])


class StockCitizen:
    """At the REST channel of stock Rasa; a button is a message with an intent, as Rasa's own buttons are."""

    def __init__(self, http: httpx.Client) -> None:
        self._http = http
        self._sender = uuid.uuid4().hex

    def take(self, turn: Turn) -> set[str]:
        message = turn.text or f"/{turn.button}"
        answer = self._http.post("/webhooks/rest/webhook", json={"sender": self._sender, "message": message})
        answer.raise_for_status()
        return name_payloads([bubble.get("custom", {}) for bubble in answer.json()])


def name_payloads(payloads: list[dict[str, Any]]) -> set[str]:
    return {name for payload in payloads for name in (*payload, payload.get("say", ""))}
