"""A message as the rules see it: for every atom, the places where it stands, as the bits of one integer.

All of a rule's work is then shifts and masks over the whole message at once, so that the time is linear in the length
of the message and there is nothing to backtrack (Navarro and Raffinot, "Flexible Pattern Matching in Strings", ch. 4).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence, Set
from copy import copy


class Reading:
    """The places (bits 0 to length - 1) of the atoms in one message; one reading belongs to one thread."""

    def __init__(
        self, atoms: Sequence[frozenset[str]], starts: Iterable[int] = (), clauses: Iterable[int] = ()
    ) -> None:
        """Take the atoms of each word, in order, and the places where a new sentence and a new clause start."""
        self.length = len(atoms)
        self.everywhere = (1 << self.length) - 1
        self.starts = _set_bits(starts, self.length)
        self._clauses = self.starts | _set_bits(clauses, self.length)
        self.walls = 0
        self._hidden = 0
        self._places: dict[str, list[int]] = defaultdict(list)
        for place, found in enumerate(atoms):
            for atom in found:
                self._places[atom].append(place)
        self._bits: dict[str, int] = {}
        self._groups: dict[frozenset[str], int] = {}

    def find(self, atoms: frozenset[str]) -> int:
        """Return the places where one of the atoms stands and is not hidden."""
        if atoms not in self._groups:
            places = 0
            for atom in atoms & self._places.keys():
                places |= self._find_one(atom)
            self._groups[atoms] = places & ~self._hidden
        return self._groups[atoms]

    @property
    def atoms(self) -> Set[str]:
        """The atoms that occur, hidden ones too."""
        return self._places.keys()

    def has_all(self, needs: Iterable[frozenset[str]]) -> bool:
        """Whether of each of these groups at least one atom occurs; cheap, and true also for a hidden one."""
        return all(not need.isdisjoint(self._places) for need in needs)

    def spread(self, places: int, reach: int) -> int:
        """Return the places within `reach` words of these, on either side, in the same clause."""
        inside = self.everywhere & ~self._clauses
        for _ in range(reach):
            places |= (places << 1 & inside) | (places & inside) >> 1
        return places

    def hide(self, places: int) -> "Reading":
        """Return a reading in which the words at these places are ordinary ones."""
        if not places & ~self._hidden:
            return self
        hidden = copy(self)
        hidden._hidden, hidden._groups = self._hidden | places, {}
        return hidden

    def wall(self) -> "Reading":
        """Return the same reading with `walls`: places of words at which a phrase cannot go on from the one before."""
        walled = copy(self)
        walled.walls = self.starts
        return walled

    def _find_one(self, atom: str) -> int:
        if atom not in self._bits:
            self._bits[atom] = _set_bits(self._places[atom], self.length)
        return self._bits[atom]


def _set_bits(places: Iterable[int], length: int) -> int:
    flags = bytearray(length // 8 + 1)
    for place in places:
        flags[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(flags, "little")
