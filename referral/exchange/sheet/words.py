"""Reads what an editor calls things in a spreadsheet (`data/sheet.yml`), once."""

import re
import unicodedata
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from referral.content import parse, read_yaml
from referral.models.columns import Status, Wheelchair

Forms = Annotated[tuple[str, ...], Field(min_length=1)]

_REMARK = re.compile(r"\([^)]*\)")
_SIGNS = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """Return a header or answer in the form in which they are compared: no case, accents, signs or remark."""
    bare = unicodedata.normalize("NFKD", _REMARK.sub(" ", text.casefold()))
    return _SIGNS.sub(" ", "".join(c for c in bare if not unicodedata.combining(c))).strip()


class Column(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    header: str
    also: tuple[str, ...] = ()
    required: bool = False
    help: str
    example: str


class SheetNames(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    services: str
    help: str
    choices: str


class SheetWords(BaseModel):
    """What each list means stands in the file itself."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    columns: tuple[Column, ...]
    answers: dict[bool, Forms]
    wheelchair: dict[Wheelchair, Forms]
    status: dict[Status, Forms]
    free: Forms
    whole_country: Forms
    closed: Forms
    until: Forms
    national: str
    more: str
    row: str
    sheets: SheetNames
    help_headers: tuple[str, str, str, str]

    @cached_property
    def column_ids(self) -> dict[str, str]:
        """The id of a column by each folded spelling of its header."""
        return {fold(form): column.id for column in self.columns for form in (column.header, *column.also, column.id)}

    def say_row(self, number: int) -> str:
        """Return the place of a row, as a report names it: "rij 14"."""
        return self.row.format(number=number)

    @cached_property
    def headers(self) -> dict[str, str]:
        return {column.id: column.header for column in self.columns}


@lru_cache(maxsize=8)
def load_sheet_words(data_dir: Path) -> SheetWords:
    """Read the file once. Raises `InvalidContent` when it is missing or a list is of the wrong kind."""
    path = data_dir / "sheet.yml"
    return parse(SheetWords, read_yaml(path), path)
