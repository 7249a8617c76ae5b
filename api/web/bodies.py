"""Refuses a body that is larger than anything we ask for, before it is in memory."""

from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.web.problems import make_problem
from referral.errors import TextTooLong

MAX_BODY_BYTES = 512 * 1024
# Where a file comes in: the file itself (referral/exchange/sheet/raw.py), and what a form puts around it.
MAX_UPLOAD_BYTES = 31_000_000
UPLOADS = frozenset({"/redactie/bestand"})


class BodyTooLarge(HTTPException):
    """The body went over the limit while it came in; FastAPI calls any other error there a bad request."""

    def __init__(self) -> None:
        super().__init__(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


class BodyLimit:
    """ASGI middleware; counts what comes in, whatever `Content-Length` says."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = MAX_UPLOAD_BYTES if scope["path"] in UPLOADS else MAX_BODY_BYTES
        taken = 0

        async def receive_counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > limit:
                raise BodyTooLarge
            return message

        try:
            await self._app(scope, receive_counted, send)
        except BodyTooLarge:
            problem = make_problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, TextTooLong.code)
            await problem(scope, receive, send)
