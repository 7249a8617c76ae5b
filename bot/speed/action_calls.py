"""The connection to the action server: kept open between calls.

`EndpointConfig.request` opens a session, and so a TCP connection, for every call of an action.
"""

from typing import Any

import aiohttp
from rasa.utils.endpoints import EndpointConfig

# Seconds; shorter than the five after which the server (Sanic) closes an idle connection, so that no call meets that.
IDLE = 3.0
_MAKE_SESSION = EndpointConfig.session


class _KeptSession:
    """Stands in for a session in `async with`, and leaves it open."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session

    async def __aenter__(self) -> aiohttp.ClientSession:
        return self._session

    async def __aexit__(self, *error: Any) -> None:
        return None


def keep_connections() -> None:
    EndpointConfig.session = _get_session


def _get_session(endpoint: EndpointConfig) -> _KeptSession:
    session: aiohttp.ClientSession | None = getattr(endpoint, "_kept_session", None)
    if session is None or session.closed:
        session = _MAKE_SESSION(endpoint)
        connector: Any = session.connector
        connector._keepalive_timeout = IDLE
        endpoint._kept_session = session
    return _KeptSession(session)
