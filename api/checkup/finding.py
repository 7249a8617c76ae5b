"""One thing that was looked at, and how it is."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """`OFF`: not set up, and nobody asked for it. `NOTE`: works, and somebody should know this."""

    RIGHT = "right"
    NOTE = "note"
    WRONG = "wrong"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Finding:
    """`part`: what was looked at; `told`: how it is, in a sentence; `mend`: what to do about it, if anything."""

    part: str
    state: State
    told: str
    mend: str = ""
