"""A place that was found in a message."""

from dataclasses import dataclass

from bot.nlu.place_cues import Weight


@dataclass(frozen=True)
class Found:
    """`value` is the official name or four digits; `start` and `end` are positions in the text."""

    value: str
    start: int
    end: int
    weight: Weight
