"""What comes out of a file before anybody knows what its columns mean, and how large it may be."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from referral.exchange.problems import Problem, Unreadable

MEGABYTE = 1_000_000
MAX_FILE = 30 * MEGABYTE
MAX_UNPACKED = 300 * MEGABYTE
MAX_ROWS = 50_000
MAX_COLUMNS = 200
MAX_CELL = 32_767  # characters; no more fit into a cell of Excel
LAST_ROW = 1_048_576  # of a sheet in Excel


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row as texts; `number` counts from 1, as the editor sees it.

    `heading` has the text of a wide merged cell in each of its columns; `errors` are codes of problems by column,
    counted from 0.
    """

    number: int
    cells: tuple[str, ...]
    heading: tuple[str, ...] = ()
    errors: Mapping[int, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return not self.errors and not any(cell.strip() for cell in self.cells)


@dataclass(frozen=True, slots=True)
class RawSheet:
    """One sheet: its rows, read when they are asked for, and what there is to tell of the file."""

    name: str
    rows: Iterator[RawRow]
    notes: tuple[Problem, ...] = ()


def limit_rows(rows: Iterator[RawRow]) -> Iterator[RawRow]:
    """Yield the rows that hold something; raise `Unreadable` when there is more than we take."""
    count = 0
    for row in rows:
        if row.number > LAST_ROW:
            raise Unreadable(Problem("too_many_rows", values={"limit": MAX_ROWS}))
        if row.is_empty:
            continue
        count += 1
        if count > MAX_ROWS:
            raise Unreadable(Problem("too_many_rows", values={"limit": MAX_ROWS}))
        if any(cell.strip() for cell in row.cells[MAX_COLUMNS:]):
            raise Unreadable(Problem("too_many_columns", values={"row": row.number, "limit": MAX_COLUMNS}))
        if any(len(cell) > MAX_CELL for cell in row.cells):
            raise Unreadable(Problem("cell_too_long", values={"row": row.number, "limit": MAX_CELL}))
        yield row
