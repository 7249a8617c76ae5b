"""Where events go: a file of lines, or a webhook; as CloudEvents 1.0 in the profile of the Dutch government (Logius).

Structured mode. `id` is a UUID, `source` a URN of `nld`, `sequence` grows within a `subject`. A webhook is signed as
Standard Webhooks says (https://www.standardwebhooks.com): HMAC-SHA256 over id, timestamp and body.
"""

import asyncio
import base64
import binascii
import hashlib
import hmac
import json
import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any, BinaryIO, Protocol

import httpx

from referral.errors import InvalidInput
from referral.models.outgoing import Outgoing
from referral.settings import Settings

TIMEOUT = httpx.Timeout(10.0)
# From the first byte to the status, whatever comes between: a receiver that drips never lets `TIMEOUT` pass.
LONGEST_SEND = timedelta(seconds=20)
MEDIA_TYPE = "application/cloudevents+json; charset=utf-8"
# Answers that a later try may change; any other from 400 on says that this event is refused.
AGAIN = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS})
# Bytes read at once from the end of a file: more than a line has.
BLOCK = 8192
SECRET_PREFIX = "whsec_"  # noqa: S105  (of the standard)


class SinkFails(Exception):
    """The sink takes nothing now; what it said stands in the text."""


class EventRefused(Exception):
    """The sink does not want this event; others it may."""


class Target(Protocol):
    """Takes events one after the other."""

    @property
    def name(self) -> str:
        """What the sink is called in the database."""

    def send(self, event: Outgoing, now: datetime) -> None:
        """Return when the event is safely there; raise `SinkFails` or `EventRefused`."""


@dataclass(frozen=True, slots=True)
class FileTarget:
    """Appends a line of JSON to a file, and waits until it is on the disk; half a line of who died is cut off first."""

    path: Path
    source: str
    name: str = "file"

    def send(self, event: Outgoing, now: datetime) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("a+b") as file:
                cut_half_line(file)
                file.write(write_event(event, self.source) + b"\n")
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise SinkFails(error.strerror or type(error).__name__) from error


def cut_half_line(file: BinaryIO) -> None:
    """Cut off what stands after the last line break: its event was not delivered, and comes again."""
    end = start = file.seek(0, os.SEEK_END)
    tail = b""
    while start > 0 and b"\n" not in tail:
        start = max(0, start - BLOCK)
        file.seek(start)
        tail = file.read(end - start)
    whole = start + tail.rfind(b"\n") + 1
    if whole < end:
        file.truncate(whole)


@dataclass(frozen=True, slots=True)
class Webhook:
    """Posts an event; redirects are not followed: they would carry it elsewhere. `longest` bounds the whole of it."""

    url: str
    key: bytes
    source: str
    name: str = "webhook"
    longest: timedelta = LONGEST_SEND

    def send(self, event: Outgoing, now: datetime) -> None:
        body = write_event(event, self.source)
        timestamp = str(int(now.timestamp()))
        headers = {
            "Content-Type": MEDIA_TYPE,
            "webhook-id": event.id,
            "webhook-timestamp": timestamp,
            "webhook-signature": sign(self.key, event.id, timestamp, body),
        }
        try:
            answer = asyncio.run(self._post(body, headers))
        except (httpx.HTTPError, TimeoutError) as error:
            raise SinkFails(type(error).__name__) from error
        if answer.is_success:
            return
        said = f"HTTP {answer.status_code}"
        if answer.is_client_error and answer.status_code not in AGAIN:
            raise EventRefused(said)
        raise SinkFails(said)

    async def _post(self, body: bytes, headers: dict[str, str]) -> httpx.Response:
        """Return the answer without its body, of which we want nothing; raise `TimeoutError` when it takes too long.

        A task that waits can be ended from outside; a thread that waits for the next byte cannot.
        """
        async with (
            asyncio.timeout(self.longest.total_seconds()),
            httpx.AsyncClient(timeout=TIMEOUT) as client,
            client.stream("POST", self.url, content=body, headers=headers) as answer,
        ):
            return answer


def list_targets(settings: Settings) -> list[Target]:
    """Return the sinks that are set. Raises `InvalidInput` for a webhook without a secret, or with a broken one."""
    source = settings.events_source or f"urn:nld:{settings.library}:systeem:omdehoek"
    targets: list[Target] = []
    if settings.events_file:
        targets.append(FileTarget(settings.events_file, source))
    if settings.events_url:
        targets.append(Webhook(settings.events_url, read_secret(settings.events_secret.get_secret_value()), source))
    return targets


def read_secret(secret: str) -> bytes:
    """Return the key of a secret as Standard Webhooks writes it: `whsec_` and base64; raise `InvalidInput`."""
    try:
        key = base64.b64decode(secret.removeprefix(SECRET_PREFIX), validate=True)
    except binascii.Error:
        key = b""
    if not key:
        raise InvalidInput("OMDEHOEK_EVENTS_SECRET: whsec_ and a key in base64; make one with: openssl rand -base64 32")
    return key


def sign(key: bytes, event_id: str, timestamp: str, body: bytes) -> str:
    """Return the value of `webhook-signature`."""
    signed = hmac.new(key, f"{event_id}.{timestamp}.".encode() + body, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(signed).decode()}"


def write_event(event: Outgoing, source: str) -> bytes:
    """Return the event as JSON in one line."""
    told: dict[str, Any] = {
        "specversion": "1.0",
        "id": event.id,
        "source": source,
        "type": event.type,
        "subject": event.subject,
        "time": event.at.isoformat(),
        "sequence": str(event.number),
        "sequencetype": "Integer",
        "datacontenttype": "application/json",
        "data": event.data,
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
