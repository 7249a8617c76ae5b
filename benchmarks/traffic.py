"""Who comes to the site in a load test: citizens who read and type, who looks something up, who cries for help."""

import asyncio
import random
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import httpx

from benchmarks.citizens import CONVERSATION, DoorCitizen, Turn
from tests.conversations.emergencies import EMERGENCIES

SEED = 8
# Seconds that a citizen reads and types between two messages, on average; exponential, at most three times as long.
THINKING = 10.0
# What somebody without a conversation asks for, one after the other, and the seconds between two of them.
READINGS = ("/", "/v1/matches?topic=digid&place=Zwolle", "/v1/topics", "/static/widget.js", "/v1/services?place=Zwolle")
READING_PAUSE = 0.5
EMERGENCY_PAUSE = 0.5
MOST_TRIES = 6


@dataclass
class Seen:
    """Seconds of each kind of request that was answered, and how many answers of each status there were."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: {"turn": [], "reading": [], "emergency": []})
    statuses: dict[str, Counter[int]] = field(
        default_factory=lambda: {k: Counter() for k in ("turn", "reading", "emergency")}
    )
    meant: int = 0
    wrong_texts: int = 0


class Traffic:
    """So many citizens at once, for so many seconds; `thinking` 0: nobody reads, everybody sends at once."""

    def __init__(self, url: str, *, citizens: int, seconds: float, thinking: float = THINKING) -> None:
        self._url, self._citizens, self._seconds, self._thinking = url, citizens, seconds, thinking
        self._dice = random.Random(SEED)  # noqa: S311
        self._end = 0.0
        self.seen = Seen()

    def run(self) -> Seen:
        """Return what was seen, without the first pause of each citizen, in which they come in one by one."""
        asyncio.run(self._run())
        return self.seen

    async def _run(self) -> None:
        limits = httpx.Limits(max_connections=None, max_keepalive_connections=200)
        async with httpx.AsyncClient(base_url=self._url, timeout=30, limits=limits, trust_env=False) as http:
            self._end = time.monotonic() + self._seconds
            await asyncio.gather(
                *(self._talk(http) for _ in range(self._citizens)), self._read(http), self._cry_for_help(http)
            )

    async def _talk(self, http: httpx.AsyncClient) -> None:
        await asyncio.sleep(self._dice.uniform(0, self._thinking))
        while time.monotonic() < self._end:
            opened = await self._send(http, "reading", "POST", "/v1/conversations", json={"language": "nl"})
            if opened is None:
                continue
            path = f"/v1/conversations/{opened.json()['conversationId']}/messages"
            buttons: dict[str, str] = {}
            for turn in CONVERSATION:
                if time.monotonic() > self._end:
                    return
                await self._take(http, path, turn, buttons)
                await asyncio.sleep(min(self._dice.expovariate(1), 3) * self._thinking)

    async def _take(self, http: httpx.AsyncClient, path: str, turn: Turn, buttons: dict[str, str]) -> None:
        button = buttons.get(turn.label) if turn.button else None
        said = {"buttonId": button} if button else {"text": turn.label}
        answer = await self._send(http, "turn", "POST", path, json={"turnId": uuid.uuid4().hex, **said})
        if answer is None:
            return
        reply = answer.json()
        buttons |= {button["label"]: button["id"] for button in reply["buttons"]}
        self.seen.meant += any(turn.expects in DoorCitizen.name(message) for message in reply["messages"])

    async def _read(self, http: httpx.AsyncClient) -> None:
        while time.monotonic() < self._end:
            await self._send(http, "reading", "GET", self._dice.choice(READINGS))
            await asyncio.sleep(READING_PAUSE)

    async def _cry_for_help(self, http: httpx.AsyncClient) -> None:
        while time.monotonic() < self._end:
            signal, _, text = self._dice.choice(EMERGENCIES)
            said = {"turnId": uuid.uuid4().hex, "text": text}
            answer = await self._send(http, "emergency", "POST", "/v1/conversations/none/messages", json=said)
            self.seen.wrong_texts += answer is None or (answer.json()["urgent"] or {}).get("signal") != signal
            await asyncio.sleep(EMERGENCY_PAUSE)

    async def _send(self, http: httpx.AsyncClient, kind: str, method: str, path: str, **content: Any) -> Any:
        """Return the answer; come back when the door asks for that, as the widget does; `None` when it never worked.

        The time is that of the try that was answered.
        """
        for _ in range(MOST_TRIES):
            began = time.monotonic()
            try:
                answer = await http.request(method, path, **content)
            except httpx.HTTPError:
                self.seen.statuses[kind][0] += 1
                await asyncio.sleep(1)
                continue
            self.seen.statuses[kind][answer.status_code] += 1
            if answer.is_success:
                self.seen.seconds[kind].append(time.monotonic() - began)
                return answer
            if answer.status_code != httpx.codes.TOO_MANY_REQUESTS:
                return None
            await asyncio.sleep(float(answer.headers["retry-after"]))
        return None
