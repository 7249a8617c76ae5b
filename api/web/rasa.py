"""The one way to Rasa: a turn of a conversation, or what a text is about."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import httpx
from pydantic import BaseModel, ValidationError

from referral.errors import AssistantUnavailable
from referral.settings import Settings


@dataclass(frozen=True, slots=True)
class Understood:
    """What came back: payloads to say, in order, the slots after the turn, and what Rasa took the message for."""

    messages: tuple[dict[str, Any], ...]
    slots: dict[str, Any]
    intent: str | None
    confidence: float


class Intent(BaseModel):
    name: str | None
    confidence: float


class Ranked(BaseModel):
    """What Rasa makes of a text without a conversation: intents with their confidence (0 to 1), likeliest first."""

    ranking: list[Intent]


class Answer(BaseModel):
    """What our channel answers, as far as the door needs it (bot/channels/door.py)."""

    messages: list[dict[str, Any]]
    slots: dict[str, Any]
    intent: Intent


class RasaClient:
    """Talks to our channel (bot/channels/door.py) over one pool of connections."""

    def __init__(self, settings: Settings) -> None:
        self._url = settings.get_rasa_url()
        self._http = httpx.Client(timeout=settings.turn_deadline)

    def run_turn(self, turn_id: str, slots: dict[str, Any], said: dict[str, Any], today: date) -> Understood:
        """Run a turn; `said` has `text`, or `intent` and `entities`; `today` is the day on the wall, for deadlines.

        Raises `AssistantUnavailable` when Rasa is down, over its deadline, answers with an error or with nothing to say
        (that is how Rasa fails; TRAPS.md).
        """
        try:
            answer = self._http.post(
                f"{self._url}/webhooks/door/turn",
                json={"turn_id": turn_id, "today": today.isoformat(), "slots": slots, **said},
            )
            answer.raise_for_status()
            body = Answer.model_validate_json(answer.content)
        except (httpx.HTTPError, ValidationError) as error:
            raise AssistantUnavailable(type(error).__name__) from error
        if not body.messages:
            raise AssistantUnavailable("an empty answer")
        return Understood(tuple(body.messages), body.slots, body.intent.name, body.intent.confidence)

    def rank(self, text: str, *, seconds: float) -> list[Intent]:
        """Return what a masked text may be about, likeliest first.

        Raises `AssistantUnavailable` when Rasa is down, fails, or takes longer than `seconds`.
        """
        try:
            answer = self._http.post(f"{self._url}/webhooks/door/parse", json={"text": text}, timeout=seconds)
            answer.raise_for_status()
            return Ranked.model_validate_json(answer.content).ranking
        except (httpx.HTTPError, ValidationError) as error:
            raise AssistantUnavailable(type(error).__name__) from error

    def is_ready(self) -> bool:
        """Return whether Rasa is up with a model; never raises."""
        try:
            return self._http.get(f"{self._url}/webhooks/door/", timeout=2).status_code == httpx.codes.OK
        except httpx.HTTPError:
            return False

    def close(self) -> None:
        self._http.close()
