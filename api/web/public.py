"""What is public (`/v1` but the chat, `/hsds`): any page may read it, and a client keeps it for a minute.

An answer bears an ETag of what is in it; whoever has that already gets 304 and no body (RFC 9110, section 13).
"""

import hashlib
import re
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_PUBLIC = re.compile(r"/hsds(/.*)?|/v1/(?!conversations).*")
# "Open now" changes by the minute.
CACHE_CONTROL = "public, max-age=60"
METHODS = frozenset({"GET", "OPTIONS"})
CORS_HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "API-Version, ETag, Retry-After",
}
PREFLIGHT_HEADERS = {"Access-Control-Allow-Methods": "GET", "Access-Control-Allow-Headers": "If-None-Match"}
# Enough to tell answers apart; it is no secret.
DIGEST_BYTES = 16


class PublicReading:
    """ASGI middleware; what is not public goes by as it is."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in METHODS or not _PUBLIC.fullmatch(scope["path"]):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if scope["method"] == "OPTIONS" and "access-control-request-method" in headers:
            await Response(status_code=HTTPStatus.NO_CONTENT, headers=CORS_HEADERS | PREFLIGHT_HEADERS)(
                scope, receive, send
            )
            return
        await self._app(scope, receive, _Answer(send, headers.get("if-none-match", "")).send)


class _Answer:
    """One answer on its way out: JSON waits until it is whole, all else goes on piece by piece."""

    def __init__(self, send: Send, known: str) -> None:
        self._send = send
        self._known = known
        self._start: Message | None = None
        self._body = bytearray()

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.update(CORS_HEADERS)
            if message["status"] == HTTPStatus.OK:
                headers["Cache-Control"] = CACHE_CONTROL
                if headers.get("content-type", "").startswith("application/json"):
                    self._start = message
                    return
        if self._start is None:
            await self._send(message)
            return
        self._body += message.get("body", b"")
        if not message.get("more_body", False):
            await self._finish(self._start)

    async def _finish(self, start: Message) -> None:
        headers = MutableHeaders(scope=start)
        etag = f'"{hashlib.blake2b(self._body, digest_size=DIGEST_BYTES).hexdigest()}"'
        headers["ETag"] = etag
        if _is_known(etag, self._known):
            start["status"] = HTTPStatus.NOT_MODIFIED
            del headers["content-length"]
            self._body.clear()
        await self._send(start)
        await self._send({"type": "http.response.body", "body": bytes(self._body)})


def _is_known(etag: str, known: str) -> bool:
    """Return whether `If-None-Match` names this answer; by the weak comparison, as RFC 9110 says."""
    tags = {tag.strip().removeprefix("W/") for tag in known.split(",")}
    return etag in tags or "*" in tags
