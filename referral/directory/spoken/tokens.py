"""What a text of hours is cut into, as values."""

from dataclasses import dataclass
from enum import Enum, auto

NOON = 12 * 60
MIDNIGHT = 24 * 60


class Kind(Enum):
    """What a token is. `MONTHS` are months or dates; `HOLIDAY` is PH or SH, `SCHOOL_HOLIDAY` one of them by name."""

    DAYS = auto()
    ORDINAL = auto()
    TIMES = auto()
    PART = auto()
    MONTHS = auto()
    WEEKS = auto()
    HOLIDAY = auto()
    SCHOOL_HOLIDAY = auto()
    UNTIL = auto()
    AND = auto()
    COMMA = auto()
    BREAK = auto()
    CLOSED = auto()
    EXCEPT = auto()
    ALSO = auto()
    APPOINTMENT = auto()
    WALK_IN = auto()
    ALWAYS = auto()
    SILENT = auto()
    UNKNOWN = auto()


@dataclass(frozen=True, slots=True)
class Clock:
    """Minutes after midnight; `is_short`: "2" or "half 3", which may be said of the afternoon."""

    minutes: int
    is_short: bool = False


@dataclass(frozen=True, slots=True)
class Token:
    """`value` is the OSM word; `part` the last hour that "'s middags" moves, where it was said; `times` from … to."""

    kind: Kind
    text: str
    value: str = ""
    part: int | None = None
    times: tuple[Clock, Clock] | None = None
