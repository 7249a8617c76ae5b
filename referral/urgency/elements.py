"""The parts of a phrase, each a step over a whole message at once.

A state is a set of places as bits: bit p says that a match may go on at word p (bit `length`: past the last word).
`advance` goes from the places before an element to those after it, `retreat` the other way.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from referral.urgency.reading import Reading


class Element(Protocol):
    def advance(self, reading: Reading, places: int) -> int: ...

    def retreat(self, reading: Reading, places: int) -> int: ...


@dataclass(frozen=True)
class Slot:
    """One word out of `words`, or one of the `runs` of several words."""

    words: frozenset[str]
    runs: tuple[tuple[frozenset[str], ...], ...] = ()

    @cached_property
    def need(self) -> frozenset[str]:
        """Atoms of which at least one must occur in the message."""
        return self.words.union(*(run[0] for run in self.runs))

    def advance(self, reading: Reading, places: int) -> int:
        after = (places & reading.find(self.words)) << 1
        for run in self.runs:
            step = places
            for atoms in run:
                step = (step & reading.find(atoms)) << 1
            after |= step
        return after

    def retreat(self, reading: Reading, places: int) -> int:
        before = reading.find(self.words) & (places >> 1)
        for run in self.runs:
            before |= self._retreat_run(reading, run, places)
        return before

    def cover(self, reading: Reading, before: int, after: int) -> int:
        """Return the places of the words used between the places `before` and `after` it."""
        used = before & reading.find(self.words) & (after >> 1)
        for run in self.runs:
            starts = self._retreat_run(reading, run, after) & before
            for distance in range(len(run)):
                used |= starts << distance
        return used

    @staticmethod
    def _retreat_run(reading: Reading, run: tuple[frozenset[str], ...], places: int) -> int:
        for atoms in reversed(run):
            places = reading.find(atoms) & (places >> 1)
        return places


@dataclass(frozen=True)
class Option:
    """A slot that may be skipped."""

    slot: Slot

    def advance(self, reading: Reading, places: int) -> int:
        return places | self.slot.advance(reading, places)

    def retreat(self, reading: Reading, places: int) -> int:
        return places | self.slot.retreat(reading, places)


@dataclass(frozen=True)
class Gap:
    """At most `width` words of any kind but those in `but`."""

    width: int
    but: frozenset[str] = frozenset()

    def advance(self, reading: Reading, places: int) -> int:
        free = reading.everywhere & ~reading.find(self.but) & ~reading.walls
        for _ in range(self.width):
            places |= (places & free) << 1
        return places

    def retreat(self, reading: Reading, places: int) -> int:
        free = reading.everywhere & ~reading.find(self.but) & ~reading.walls
        for _ in range(self.width):
            places |= free & (places >> 1)
        return places


@dataclass(frozen=True)
class Bag:
    """All of the slots in any order, with at most the gap between two neighbours."""

    slots: tuple[Slot, ...]
    gap: Gap

    def advance(self, reading: Reading, places: int) -> int:
        whole = (1 << len(self.slots)) - 1
        after = {0: places}
        for taken in range(1, whole + 1):
            after[taken] = 0
            for index, slot in enumerate(self.slots):
                if not taken >> index & 1:
                    continue
                before = after[taken & ~(1 << index)]
                if before and taken != 1 << index:
                    before = self.gap.advance(reading, before)
                if before:
                    after[taken] |= slot.advance(reading, before)
        return after[whole]

    def retreat(self, reading: Reading, places: int) -> int:
        raise NotImplementedError("a guard takes out words in a fixed order")


@dataclass(frozen=True)
class Beside:
    """The word at hand (`offset` 0) or the one before it (1), if in the same sentence, is none of `words`."""

    words: frozenset[str]
    offset: int

    def advance(self, reading: Reading, places: int) -> int:
        return places & ~(reading.find(self.words) << self.offset & ~reading.starts)

    def retreat(self, reading: Reading, places: int) -> int:
        return self.advance(reading, places)


@dataclass(frozen=True)
class Edge:
    """The beginning or the end of a sentence."""

    is_end: bool

    def advance(self, reading: Reading, places: int) -> int:
        return places & (reading.starts | (1 << reading.length if self.is_end else 1))

    def retreat(self, reading: Reading, places: int) -> int:
        return self.advance(reading, places)
