"""Lets the sites of the libraries, and no others, talk to the chat from a page of their own (CORS, Fetch standard).

No cookie is ever asked for or taken. Which site may show which library's chat, the libraries say themselves
(`referral/widgets`). While that cannot be read because the database is away, what was known holds; at the very start,
nothing is known and any site may ask: an emergency has to get its text (DESIGN §6.3), and nothing else is there then.
"""

import logging
import re
import time
from collections.abc import Callable, Mapping
from http import HTTPStatus

from anyio import to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.web.origin import get_origin
from referral.db import Database
from referral.errors import NotAllowed, Unavailable
from referral.widgets.service import list_origins

logger = logging.getLogger(__name__)

_CHAT = re.compile(r"/v1/conversations(/.*)?")
# Seconds for which what was read holds, so that a change of a library works within the minute on every process.
FRESH = 30.0
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, POST, PUT, DELETE",
    "Access-Control-Allow-Headers": "Content-Type",
    "Access-Control-Max-Age": "600",
}


class Embedding:
    """Knows which sites may show the chat of which library; one object a process, used by many threads."""

    def __init__(self, database: Database, clock: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._clock = clock
        self._known: Mapping[str, frozenset[str]] | None = None
        self._read_at = 0.0

    def allows(self, origin: str, library_id: str | None = None) -> bool:
        """Return whether a site may show the chat of this library, or of any."""
        known = self._get()
        if known is None:
            return True
        if library_id is not None:
            return origin in known.get(library_id, ())
        return any(origin in origins for origins in known.values())

    def forget(self) -> None:
        """Read again at the next question: something was changed here."""
        self._read_at = 0.0

    def _get(self) -> Mapping[str, frozenset[str]] | None:
        now = self._clock()
        if self._known is None or not self._read_at or now - self._read_at > FRESH:
            try:
                with self._database.read() as session:
                    self._known = list_origins(session)
                self._read_at = now
            except Unavailable as error:
                logger.warning("which sites may show the chat cannot be read: %s", error.code)
        return self._known


def check_site(request: Request, library_id: str) -> None:
    """Raise `NotAllowed` when the page that asks stands on a site that this library did not name."""
    origin = request.headers.get("origin")
    embedding: Embedding = request.app.state.embedding
    if origin is not None and origin != get_origin(request) and not embedding.allows(origin, library_id):
        raise NotAllowed("this site is none of the library's")


class EmbeddedChat:
    """ASGI middleware; what comes from our own pages, or from no page, goes by as it is."""

    def __init__(self, app: ASGIApp, embedding: Embedding) -> None:
        self._app = app
        self._embedding = embedding

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not _CHAT.fullmatch(scope["path"]):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        origin = headers.get("origin")
        is_allowed = origin is not None and await to_thread.run_sync(self._embedding.allows, origin)
        # A cache between us and two sites keeps their answers apart.
        cors = {"Vary": "Origin"}
        if origin is not None and is_allowed:
            cors |= {"Access-Control-Allow-Origin": origin, "Access-Control-Expose-Headers": "API-Version, Retry-After"}
        if scope["method"] == "OPTIONS" and "access-control-request-method" in headers:
            status = HTTPStatus.NO_CONTENT if is_allowed else HTTPStatus.FORBIDDEN
            await Response(status_code=status, headers=cors | PREFLIGHT)(scope, receive, send)
            return

        async def send_with_cors(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(cors)
            await send(message)

        await self._app(scope, receive, send_with_cors)
