"""What a row of a sheet says that the directory does not say already, cell by cell. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from referral.exchange.problems import Problem, Told
from referral.exchange.sheet.cells import BadCell
from referral.exchange.sheet.known import KnownRow
from referral.exchange.sheet.reference import Reference
from referral.exchange.sheet.rows import SheetRow, clean

Value = TypeVar("Value")


@dataclass(slots=True)
class News:
    """A row beside the row that the directory would write; `problems` grow while cells are read."""

    row: SheetRow
    known: KnownRow | None
    reference: Reference
    problems: list[Problem] = field(default_factory=list)

    @property
    def path(self) -> str:
        return self.reference.words.say_row(self.row.number)

    def says(self, *columns: str) -> bool:
        """Whether one of the columns says something new, and all that the row has of them can be read as a whole."""
        there = [column for column in columns if column in self.row.cells]
        if any(self.row.cells[column] == self.reference.words.more for column in there):
            return False
        return any(column in self.row.errors or self._is_new(column) for column in there)

    def _is_new(self, column: str) -> bool:
        return self.known is None or self.row.cells[column] != clean(self.known.cells.get(column, ""))

    def get(self, column: str) -> str:
        """Return the text of a cell; of a column that the sheet does not have, what the directory would write."""
        text = self.row.cells.get(column)
        if text is None:
            text = clean(self.known.cells.get(column, "")) if self.known else ""
        return text

    def read(self, column: str, reader: Callable[[str], Value]) -> Value | None:
        """Return what a cell holds; None for an empty one, and for one that cannot be read, which is told."""
        if column in self.row.errors:
            self.tell(self.row.errors[column], column)
            return None
        text = self.get(column)
        if not text:
            return None
        try:
            return reader(text)
        except BadCell as error:
            self.tell(error.code, column, error.values)
            return None

    def read_text(self, column: str) -> str | None:
        return self.read(column, str)

    def tell(self, code: str, column: str, values: Mapping[str, Told] | None = None, *, blocks: bool = True) -> None:
        """Add a problem of a cell; its field is the header as the editor knows it."""
        header = self.reference.words.headers[column]
        self.problems.append(Problem(code, self.path, header, values or {}, blocks=blocks))
