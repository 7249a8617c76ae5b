"""Keeps a figure from telling of one person: outside the own library figures are rounded to fives (decision 0015).

Below five nothing is told, not even that there was one. From five on, a figure goes up or down to a multiple of five,
as likely as it lies near; what decides is the sum of the secret keys of the questions that are counted. So the same
questions always give the same figure, by whatever filters they were found, and who takes one figure from another learns
nothing about the few between. It is the cell-key method of the Australian Bureau of Statistics with rounding as its
noise (Fraser and Wooton, 2005).
"""

import hashlib
from dataclasses import dataclass

SMALLEST = 5
BASE = 5


@dataclass(frozen=True, slots=True)
class Cell:
    """How many were counted, and the sum of their rounding keys; cells that share nothing can be added."""

    count: int = 0
    rounding_key: int = 0

    def __add__(self, other: "Cell") -> "Cell":
        """Return both together."""
        return Cell(self.count + other.count, self.rounding_key + other.rounding_key)


def publish(cell: Cell, *, is_own: bool) -> int | None:
    """Return the figure that may be shown; `None` for one that is too small for others."""
    if is_own:
        return cell.count
    if cell.count < SMALLEST:
        return None
    left = cell.count % BASE
    goes_up = _draw(cell) < left
    return cell.count - left + (BASE if goes_up else 0)


def _draw(cell: Cell) -> int:
    """Return a number below `BASE`, always the same for the same questions."""
    digest = hashlib.blake2b(f"{cell.rounding_key}:{cell.count}".encode(), digest_size=8).digest()
    return int.from_bytes(digest) % BASE
