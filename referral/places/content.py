"""Reads the two files of `data/places/` and checks them against their own rules."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from referral.content import parse, read_yaml
from referral.errors import InvalidContent
from referral.places.coordinates import PROVINCES
from referral.places.spelling import fold

Name = Annotated[str, Field(min_length=1)]


class MunicipalityRow(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    code: str = Field(pattern=r"^GM\d{4}$")
    name: Name
    province: Name
    places: list[Name] = Field(min_length=1)


class Names(BaseModel):
    """How people name places; what each list means stands in the file itself."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    aliases: dict[Name, Name | list[Name]]
    shown: dict[Name, Name]
    ordinary_words: str
    small_words: list[Name]
    regions: str
    provinces: dict[Name, Name]
    large: list[Name]


class _Municipalities(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    municipalities: list[MunicipalityRow] = Field(min_length=1)


def read_municipalities(path: Path) -> tuple[MunicipalityRow, ...]:
    """Raise `InvalidContent` for an unreadable file, a double municipality or place, or an unknown province."""
    rows = tuple(parse(_Municipalities, read_yaml(path), path).municipalities)
    for value, times in Counter([value for row in rows for value in (row.code, row.name)]).items():
        if times > 1:
            raise InvalidContent(f"{path}: {value} is there {times} times")
    for row in rows:
        if row.province not in PROVINCES.values():
            raise InvalidContent(f"{path}: {row.code}: there is no province {row.province}")
        double = _find_double(map(fold, row.places))
        if double:
            raise InvalidContent(f"{path}: {row.code}: {double} is there twice")
    return rows


def read_names(path: Path) -> Names:
    """Raise `InvalidContent` for an unreadable file, or a list that is missing or of the wrong kind."""
    return parse(Names, read_yaml(path), path)


def _find_double(names: Iterable[str]) -> str | None:
    return next((name for name, times in Counter(names).items() if times > 1), None)
