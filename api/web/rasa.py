"""The one way to Rasa: a turn of a conversation, or what a text is about."""

import contextlib
import itertools
from dataclasses import dataclass
from datetime import date
from typing import Any

import httpx
from pydantic import BaseModel, ValidationError

from referral.errors import AssistantUnavailable
from referral.settings import Settings


@dataclass(frozen=True, slots=True)
class Understood:
    """What came back: payloads to say, in order, the slots after the turn, and what Rasa took the message for.

    `intent` is `nlu_fallback` where Rasa was not sure; `confidence` (0 to 1) is that of the likeliest all the same.
    """

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
    ranking: list[Intent]


# Seconds to find out that nobody is there; a process of Rasa that is busy still accepts.
CONNECT_SECONDS = 1.0
# Nobody was there, or went away in the middle. A turn can be run again: nothing of it stays in Rasa.
GONE = (httpx.NetworkError, httpx.RemoteProtocolError, httpx.ConnectTimeout)


class RasaClient:
    """Talks to our channel (bot/channels/door.py) over one pool of connections.

    Where there are several processes of Rasa they take turns, and when one is gone the next gets the message.
    """

    def __init__(self, settings: Settings) -> None:
        self._urls = settings.list_rasa_urls()
        self._turns = itertools.count()
        self._deadline = settings.turn_deadline
        self._http = httpx.Client()

    def run_turn(self, turn_id: str, slots: dict[str, Any], said: dict[str, Any], today: date) -> Understood:
        """Run a turn; `said` has `text`, or `intent` and `entities`; `today` is the day on the wall, for deadlines.

        Raises `AssistantUnavailable` when Rasa is down, over its deadline, answers with an error or with nothing to say
        (that is how Rasa fails; TRAPS.md).
        """
        try:
            asked = {"turn_id": turn_id, "today": today.isoformat(), "slots": slots, **said}
            body = Answer.model_validate_json(self._post("turn", asked, self._deadline))
        except (httpx.HTTPError, ValidationError) as error:
            raise AssistantUnavailable(type(error).__name__) from error
        if not body.messages:
            raise AssistantUnavailable("an empty answer")
        likeliest = body.ranking[0] if body.ranking else body.intent
        return Understood(tuple(body.messages), body.slots, body.intent.name, likeliest.confidence)

    def rank(self, text: str, *, seconds: float) -> list[Intent]:
        """Return what a masked text may be about, likeliest first.

        Raises `AssistantUnavailable` when Rasa is down, fails, or takes longer than `seconds`.
        """
        try:
            return Ranked.model_validate_json(self._post("parse", {"text": text}, seconds)).ranking
        except (httpx.HTTPError, ValidationError) as error:
            raise AssistantUnavailable(type(error).__name__) from error

    def is_ready(self) -> bool:
        """Return whether a Rasa is up with a model; never raises."""
        return any(map(self._is_up, self._urls))

    def _is_up(self, url: str) -> bool:
        try:
            return self._http.get(f"{url}/webhooks/door/", timeout=2).status_code == httpx.codes.OK
        except httpx.HTTPError:
            return False

    def _post(self, path: str, asked: dict[str, Any], seconds: float) -> bytes:
        """Return what the first Rasa that is there answers; raises `httpx.HTTPError`."""
        first = next(self._turns) % len(self._urls)
        *others, last = self._urls[first:] + self._urls[:first]
        for url in others:
            with contextlib.suppress(*GONE):
                return self._send(url, path, asked, seconds)
        return self._send(last, path, asked, seconds)

    def _send(self, url: str, path: str, asked: dict[str, Any], seconds: float) -> bytes:
        timeout = httpx.Timeout(seconds, connect=min(seconds, CONNECT_SECONDS))
        answer = self._http.post(f"{url}/webhooks/door/{path}", json=asked, timeout=timeout)
        answer.raise_for_status()
        return answer.content

    def close(self) -> None:
        self._http.close()
