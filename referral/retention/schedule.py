"""How long each kind of record is kept, and why: `data/retention.yml`, with the numbers of the settings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, PositiveInt, model_validator

from referral.content import parse, read_yaml
from referral.errors import InvalidContent
from referral.settings import Settings

UNITS = ("minutes", "hours", "days")


@dataclass(frozen=True, slots=True)
class Term:
    """So many minutes, hours or days."""

    count: int
    unit: str

    @property
    def length(self) -> timedelta:
        return timedelta(**{self.unit: self.count})


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Length(_Strict):
    """One of the units with its number, or the name of a setting that ends in the unit (`slip_days`)."""

    setting: str | None = None
    minutes: PositiveInt | None = None
    hours: PositiveInt | None = None
    days: PositiveInt | None = None

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        if len(self.model_fields_set) != 1:
            raise ValueError("one of setting, minutes, hours and days")
        return self

    def read(self, settings: Settings) -> Term:
        """Return the term; raise `ValueError` for a setting that does not exist or has no unit in its name."""
        name = self.setting or next(iter(self.model_fields_set))
        unit = name.rpartition("_")[2]
        count = getattr(settings if self.setting else self, name, None)
        if unit not in UNITS or not isinstance(count, int):
            raise ValueError(f"{name} is no setting with a term")
        return Term(count, unit)


class Staying(_Strict):
    """What stays, with the tables that hold it, the reason and where that was decided."""

    tables: list[str]
    reason: str
    source: str


class Kept(Staying):
    length: Length = Field(alias="for")


class Retention(_Strict):
    """The file: what goes after a while, and what stays."""

    kept: dict[str, Kept]
    stays: dict[str, Staying]


def load_retention(data_dir: Path) -> Retention:
    """Read the file; raise `InvalidContent`."""
    path = data_dir / "retention.yml"
    return parse(Retention, read_yaml(path), path)


def load_terms(settings: Settings) -> Mapping[str, Term]:
    """Return for each kind of record how long it is kept; raise `InvalidContent`."""
    try:
        return {kind: kept.length.read(settings) for kind, kept in load_retention(settings.data_dir).kept.items()}
    except ValueError as error:
        raise InvalidContent(f"retention.yml: {error}") from error
