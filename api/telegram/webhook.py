"""Takes updates as Telegram brings them, in place of asking for them: https://core.telegram.org/bots/api#setwebhook.

An answer of 200 confirms an update, so it is given when the answer to the citizen has left; for anything else Telegram
brings the update again.
"""

import asyncio
import contextlib
import hashlib
import hmac
import json
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import Bot, Update

PATH = "/telegram"
HEADER = "x-telegram-bot-api-secret-token"
# Bytes: more than any update that we ask for.
MAX_BODY = 1_000_000


@dataclass(frozen=True, slots=True)
class Webhook:
    """`url` is what Telegram calls, `port` where that arrives on loopback, `secret` what Telegram says with it."""

    url: str
    port: int
    secret: str


Receive = Callable[[Update], Awaitable[bool]]


def make_secret(key: bytes) -> str:
    """Return what Telegram says with each update, so that nobody else can bring one (1 to 256 of A-Z a-z 0-9 _ -)."""
    return hashlib.blake2b(key[:64], digest_size=32, person=b"tg-webhook").hexdigest()


def make_webhook_app(receive: Receive, *, bot: Bot, secret: str) -> Starlette:
    """Return the application with the one address that Telegram knows; `receive` tells whether it was answered."""

    async def take(request: Request) -> Response:
        if not hmac.compare_digest(request.headers.get(HEADER, "").encode(), secret.encode()):
            return Response(status_code=401)
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > MAX_BODY:
                return Response(status_code=413)
        try:
            update = Update.de_json(json.loads(bytes(body)), bot)
        except (ValueError, TypeError, KeyError, AttributeError):
            return Response(status_code=400)
        if not isinstance(update.update_id, int):
            return Response(status_code=400)
        return Response(status_code=200 if await receive(update) else 503)

    return Starlette(routes=[Route(PATH, take, methods=["POST"])])


class _QuietServer(uvicorn.Server):
    """Leaves the signals to who started it."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def serve_until(stopped: asyncio.Event, app: Starlette, *, port: int) -> None:
    """Serve on loopback until the event; what was begun is finished. TLS stands before it, as before the rest."""
    server = _QuietServer(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning", access_log=False))
    serving = asyncio.create_task(server.serve())
    await asyncio.wait({serving, asyncio.create_task(stopped.wait())}, return_when=asyncio.FIRST_COMPLETED)
    server.should_exit = True
    await serving
