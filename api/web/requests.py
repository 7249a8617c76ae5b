"""Every request gets a number, which is in its log lines and in its answer, and is counted with the time it took.

Where it is of the staff, or is refused, the log tells of it (api/web/trail.py).

The number is ours: one that a browser or a proxy sends is not believed, for it would end up in the log as it is.
"""

import secrets
from time import perf_counter

import structlog
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.web.metrics import REQUEST_SECONDS
from api.web.trail import Trail

HEADER = "X-Request-Id"
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
OTHER = "other"


class NumberedRequests:
    """ASGI middleware. What was bound stays bound: a request has a context of its own, and the server logs last."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._trail = Trail()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        number = secrets.token_hex(8)
        scope.setdefault("state", {})["request_id"] = number
        structlog.contextvars.bind_contextvars(request=number)
        started, status = perf_counter(), 500

        async def send_with_number(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[HEADER] = number
            await send(message)

        try:
            await self._app(scope, receive, send_with_number)
        finally:
            method = scope["method"] if scope["method"] in METHODS else OTHER
            route = getattr(scope.get("route"), "path", OTHER)
            REQUEST_SECONDS.labels(route, method, status).observe(perf_counter() - started)
            self._trail.tell(scope, method=method, route=route, status=status)
