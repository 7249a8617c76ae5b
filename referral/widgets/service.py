"""How each library wants the chat on its own site, and which sites may show it."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral.campaigns import check_campaign
from referral.errors import InvalidInput
from referral.models.widget import Position, Widget

MAX_ORIGINS = 50
MAX_PATHS = 100
MAX_PATH_LENGTH = 200
MAX_GREETING = 160
# Where somebody tries the chat out on their own machine; anywhere else it has to be https.
LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "[::1]"})
_COLOUR = re.compile(r"#[0-9a-f]{6}")
_PATH = re.compile(r"/[^\s*?#]*\*?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What a library wants, checked; the fields are those of the table `widget`."""

    origins: tuple[str, ...] = ()
    hidden_paths: tuple[str, ...] = ()
    position: Position = Position.END
    greeting: Mapping[str, str] = field(default_factory=dict)
    accent: str | None = None
    top: str | None = None
    shows_hours: bool = True
    campaign: str | None = None
    hidden_languages: tuple[str, ...] = ()


def get_wishes(session: Session, library_id: str) -> Wishes:
    """Return what the library wants, or how the chat is for a library that never said."""
    row = session.get(Widget, library_id)
    if row is None:
        return Wishes()
    return Wishes(
        origins=tuple(row.origins),
        hidden_paths=tuple(row.hidden_paths),
        position=row.position,
        greeting=row.greeting,
        accent=row.accent,
        top=row.top,
        shows_hours=row.shows_hours,
        campaign=row.campaign,
        hidden_languages=tuple(row.hidden_languages),
    )


def save_wishes(session: Session, library_id: str, wishes: Wishes, *, by: str, now: datetime) -> None:
    """Write down what the library wants; the last one holds."""
    row = session.get(Widget, library_id)
    if row is None:
        row = Widget(library_id=library_id)
        session.add(row)
    row.origins, row.hidden_paths = list(wishes.origins), list(wishes.hidden_paths)
    row.position, row.greeting = wishes.position, dict(wishes.greeting)
    row.accent, row.top = wishes.accent, wishes.top
    row.shows_hours, row.campaign = wishes.shows_hours, wishes.campaign
    row.hidden_languages = list(wishes.hidden_languages)
    row.changed_at, row.changed_by = now, by


def list_origins(session: Session) -> dict[str, frozenset[str]]:
    """Return, by library, the sites that may show its chat."""
    return {row.library_id: frozenset(row.origins) for row in session.scalars(select(Widget))}


# ── what staff type ───────────────────────────────────────────────────────────


def read_origins(text: str) -> tuple[str, ...]:
    """Return the sites that stand on the lines, each once; raise `InvalidInput` for one that is none.

    An address of a page is taken for its site: what stands behind the name of the host goes.
    """
    return _read_lines(text, _read_origin, MAX_ORIGINS)


def _read_origin(line: str) -> str:
    parts = urlsplit(line if "//" in line else f"https://{line}")
    try:
        host, port = (parts.hostname or "").encode("idna").decode(), parts.port
    except ValueError as error:  # UnicodeError is one
        raise InvalidInput("no address of a site") from error
    if ":" in host:
        host = f"[{host}]"
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and host in LOCAL_HOSTS)
    if not is_safe or not re.fullmatch(r"\[[0-9a-f:]+\]|[a-z0-9-]+(\.[a-z0-9-]+)*", host) or parts.username is not None:
        raise InvalidInput("no address of a site")
    usual = {"https": 443, "http": 80}[parts.scheme]
    return f"{parts.scheme}://{host}" + (f":{port}" if port not in (None, usual) else "")


def read_paths(text: str) -> tuple[str, ...]:
    """Return the paths that stand on the lines; raise `InvalidInput` for one that is none."""
    return _read_lines(text, _read_path, MAX_PATHS)


def _read_path(line: str) -> str:
    if len(line) > MAX_PATH_LENGTH or not _PATH.fullmatch(line):
        raise InvalidInput("no path of a page")
    return line


def _read_lines(text: str, read: Callable[[str], str], most: int) -> tuple[str, ...]:
    lines = [line.strip() for line in text.splitlines()]
    found = tuple(dict.fromkeys(read(line) for line in lines if line))
    if len(found) > most:
        raise InvalidInput(f"more than {most} lines")
    return found


def read_colour(text: str) -> str | None:
    """Return a colour as `#rrggbb`, none for nothing; raise `InvalidInput`."""
    colour = text.strip().lower()
    if colour and not _COLOUR.fullmatch(colour):
        raise InvalidInput("no colour")
    return colour or None


def read_greeting(texts: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the greeting by language, without the empty ones; raise `InvalidInput` for one that is too long."""
    found = {language: " ".join(text.split()) for language, text in texts}
    if any(len(text) > MAX_GREETING for text in found.values()):
        raise InvalidInput("a greeting that is too long")
    return {language: text for language, text in found.items() if text}


def read_campaign(text: str) -> str | None:
    """Return the name of a campaign, none for nothing; raise `InvalidInput`."""
    name = text.strip().casefold()
    return check_campaign(name) if name else None
