"""Whether another part of the assistant answers."""

from http import HTTPStatus

import httpx

PATIENCE = 2.0


def is_up(url: str) -> bool:
    try:
        return httpx.get(url, timeout=PATIENCE).status_code == HTTPStatus.OK
    except httpx.HTTPError:
        return False
