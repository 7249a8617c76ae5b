"""From raw rows to rows with known columns: finds the header, wherever it stands. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice, pairwise

from referral.exchange.problems import Problem, Unreadable
from referral.exchange.sheet.raw import RawRow, RawSheet
from referral.exchange.sheet.safe import undo_safe
from referral.exchange.sheet.words import SheetWords, fold

_SEARCHED = 25  # rows: titles and logos stand above a header
_LEAST = 2  # known headers that make a header

Positions = Mapping[str, int]
"""Where the columns are, counted from 0, by their id."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """The texts of one row, by id of the column; a column that the sheet does not have is not there."""

    number: int
    cells: Mapping[str, str]
    errors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SheetTable:
    """The rows of a sheet, with what was noticed of its header."""

    columns: frozenset[str]
    rows: Iterator[SheetRow]
    problems: tuple[Problem, ...]


def read_table(sheets: Iterable[RawSheet], words: SheetWords) -> SheetTable:
    """Return the table of the first sheet that has one.

    The header is one row, or two of which the upper one groups ("Adres" over "straat" and "plaats"). Raises
    `Unreadable` when no sheet has one, or a column is missing without which a row says nothing.
    """
    for sheet in sheets:
        first = list(islice(sheet.rows, _SEARCHED))
        header = find_header(first, words)
        if header is None:
            continue
        positions, names, start = header
        missing = [column.header for column in words.columns if column.required and column.id not in positions]
        if missing and "service_id" not in positions:
            raise Unreadable(Problem("missing_columns", values={"columns": ", ".join(missing)}))
        rows = chain(first[start:], sheet.rows)
        problems = (*sheet.notes, *_find_header_problems(names, first[start - 1].number, words))
        return SheetTable(frozenset(positions), _read_rows(rows, positions, words), problems)
    expected = ", ".join(column.header for column in words.columns if column.required)
    raise Unreadable(Problem("no_header", values={"columns": expected}))


def count_headers(rows: Iterable[RawRow], words: SheetWords) -> int:
    """Return how many known headers the best row has."""
    header = find_header([row for row in islice(rows, _SEARCHED) if not row.is_empty], words)
    return len(header[0]) if header else 0


def find_header(rows: Sequence[RawRow], words: SheetWords) -> tuple[Positions, Sequence[str], int] | None:
    """Return where the columns are, the header's texts, and the index of the first row behind it."""
    options = [(row.cells, index) for index, row in enumerate(rows, start=1)]
    options += [(_join(upper, lower, words), index) for index, (upper, lower) in enumerate(pairwise(rows), start=2)]
    found = [(_find_positions(names, words), names, start) for names, start in options]
    best = max(found, key=lambda header: len(header[0]), default=None)
    return best if best and len(best[0]) >= _LEAST else None


def _join(upper: RawRow, lower: RawRow, words: SheetWords) -> tuple[str, ...]:
    """Return two header rows as one: "naam" over "dienst" is "naam dienst", "contact" over "telefoon" is "telefoon"."""
    above = upper.heading or upper.cells
    width = max(len(above), len(lower.cells))
    pairs = zip(*([*cells, *[""] * (width - len(cells))] for cells in (above, lower.cells)), strict=True)
    return tuple(
        bottom
        if fold(bottom) in words.column_ids and fold(f"{top} {bottom}") not in words.column_ids
        else f"{top} {bottom}".strip()
        for top, bottom in pairs
    )


def _find_positions(names: Sequence[str], words: SheetWords) -> Positions:
    positions: dict[str, int] = {}
    for position, name in enumerate(names):
        column = words.column_ids.get(fold(name))
        if column:
            positions.setdefault(column, position)
    return positions


def _find_header_problems(names: Sequence[str], number: int, words: SheetWords) -> Iterator[Problem]:
    seen: set[str] = set()
    for name in filter(None, (name.strip() for name in names)):
        column = words.column_ids.get(fold(name))
        if column is None:
            yield Problem("unknown_column", words.say_row(number), values={"column": name[:80]}, blocks=False)
        elif column in seen:
            yield Problem("column_twice", words.say_row(number), values={"column": name[:80]}, blocks=False)
        seen.add(column or "")


def _read_rows(rows: Iterable[RawRow], positions: Positions, words: SheetWords) -> Iterator[SheetRow]:
    examples = {column.id: column.example for column in words.columns}
    for row in rows:
        cells = {
            column: clean(row.cells[position]) if position < len(row.cells) else ""
            for column, position in positions.items()
        }
        errors = {column: row.errors[position] for column, position in positions.items() if position in row.errors}
        # A header is printed anew on each page by some programs.
        is_header = bool(cells) and all(words.column_ids.get(fold(text)) == column for column, text in cells.items())
        is_example = cells == {column: examples[column] for column in cells}
        if (any(cells.values()) or errors) and not is_header and not is_example:
            yield SheetRow(row.number, cells, errors)


def clean(text: str) -> str:
    """Return the text of a cell without the spaces around it, with plain line ends, and out of its safe form."""
    lines = undo_safe(text).replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")
    return "\n".join(line.strip(" \t") for line in lines.split("\n")).strip(" \t")
