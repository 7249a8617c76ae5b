"""School holidays by region, read from `data/school_holidays.yml`."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, model_validator

from referral.content import parse, read_yaml


class Region(StrEnum):
    """The three regions of the Regeling vaststelling schoolvakanties; a municipality is in one of them."""

    NOORD = "noord"
    MIDDEN = "midden"
    ZUID = "zuid"


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    regions: tuple[Region, ...]
    start: date
    end: date
    advice: bool = False
    unverified: bool = False

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> "_Entry":
        if self.end < self.start:
            raise ValueError(f"{self.name} ends before it starts")
        return self


class _Year(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    year: str
    start: date
    end: date
    source: str
    holidays: tuple[_Entry, ...]


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    school_years: tuple[_Year, ...]


DateRange = tuple[date, date]
"""First and last day, both included."""


class SchoolHolidays:
    """The known school holidays; `list_ranges` gives those of a region, `knows` whether a day is in a known year."""

    def __init__(
        self,
        ranges: dict[Region, tuple[DateRange, ...]],
        known: tuple[DateRange, ...],
        named: dict[str, dict[Region, tuple[DateRange, ...]]] | None = None,
    ) -> None:
        self._ranges = ranges
        self._named = named or {}
        self.known = known

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self._named)

    def list_ranges(self, region: Region) -> tuple[DateRange, ...]:
        return self._ranges.get(region, ())

    def list_named(self, name: str, region: Region | None) -> tuple[DateRange, ...]:
        """Return when the holiday of this name is, in order; without a region only where all regions have the same."""
        by_region = self._named.get(name, {})
        if region is not None:
            return by_region.get(region, ())
        first, *others = (set(by_region.get(one, ())) for one in Region)
        return tuple(sorted(first.intersection(*others)))

    def knows(self, day: date) -> bool:
        return any(start <= day <= end for start, end in self.known)


NO_SCHOOL_HOLIDAYS = SchoolHolidays({}, ())


@lru_cache(maxsize=8)
def read_school_holidays(path: Path) -> SchoolHolidays:
    """Read the file once. Raises `InvalidContent` when it is missing or breaks its rules."""
    file = parse(_File, read_yaml(path), path)
    entries = [entry for year in file.school_years for entry in year.holidays]
    named = {
        name: {region: _list_of([entry for entry in entries if entry.name == name], region) for region in Region}
        for name in dict.fromkeys(entry.name for entry in entries)
    }
    ranges = {region: _list_of(entries, region) for region in Region}
    return SchoolHolidays(ranges, tuple((year.start, year.end) for year in file.school_years), named)


def _list_of(entries: Iterable[_Entry], region: Region) -> tuple[DateRange, ...]:
    return tuple(sorted((entry.start, entry.end) for entry in entries if region in entry.regions))
