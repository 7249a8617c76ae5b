"""Security headers on every answer, and the version of the API (NLGov API Design Rules)."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.web.sessions import is_secure
from referral.settings import Settings

API_VERSION = "1.0.0"
# No inline script or style, nothing from elsewhere; our own pages may be framed by ourselves only.
POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
    "API-Version": API_VERSION,
}
# A year, as ASVS 5.0 (3.4.1) and browsers want it; names under ours are ours.
HTTPS_ONLY = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}


def list_security_headers(settings: Settings) -> dict[str, str]:
    """Return the headers of every answer; with a public address by https browsers come by nothing else."""
    return HEADERS | (HTTPS_ONLY if is_secure(settings) else {})


class SecurityHeaders:
    """ASGI middleware; a header that the answer has already stays as it is."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._headers = list_security_headers(settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)
