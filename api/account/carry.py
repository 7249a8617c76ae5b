"""What somebody typed when their session had just ended: it goes along through the sign-in and is sent again after it.

It travels in hidden fields of the page and is stored nowhere. A form with a password in it never goes along.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from starlette.requests import Request

from api.web.bodies import UPLOADS
from api.web.forms import Fields, read_fields
from api.web.origin import is_local
from referral.errors import InvalidInput

PATH = "carried_path"
PREFIX = "carried."
SECRET = "password"  # noqa: S105  (in the name of a field, whatever else the name is)
MAX_CHARS = 64_000


@dataclass(frozen=True, slots=True)
class Carried:
    """A form that was sent to `path` (a POST to a page of ours), field by field in its order."""

    path: str
    fields: tuple[tuple[str, str], ...]


async def pick_up(request: Request) -> Carried | None:
    """Return the form of a request; `None` when it is none, is too large, brings a file, or has a password in it."""
    if request.url.path in UPLOADS:  # it is read by now, and a file does not go along
        return None
    try:
        typed = await read_fields(request)
    except InvalidInput:
        return None
    return _check(get_path(request), typed.pairs) if request.method == "POST" else None


def unpack(fields: Fields) -> Carried | None:
    """Return the form that the sign-in page carries, if it carries one."""
    path = fields.get(PATH)
    pairs = [(name.removeprefix(PREFIX), value) for name, value in fields.pairs if name.startswith(PREFIX)]
    return _check(path, pairs) if path else None


def get_path(request: Request) -> str:
    """Return where a request goes, with its query."""
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")


def _check(path: str, pairs: Iterable[tuple[str, str]]) -> Carried | None:
    carried = Carried(path, tuple(pairs))
    has_secret = any(SECRET in name.lower() for name, _ in carried.fields)
    is_small = len(path) + sum(len(name) + len(value) for name, value in carried.fields) <= MAX_CHARS
    return carried if is_small and not has_secret and is_local(path) else None
