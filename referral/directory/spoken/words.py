"""Reads the words by which opening hours are understood (`data/spoken_hours.yml`), once."""

from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from referral.content import parse, read_yaml

Forms = Annotated[tuple[str, ...], Field(min_length=1)]


class HourWords(BaseModel):
    """Words by what they mean; the keys are of the OSM notation, except those of `parts` and `school_holidays`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    days: dict[str, Forms]
    months: dict[str, Forms]
    ordinals: dict[int, Forms]
    numbers: dict[str, int]
    half: Forms
    quarter_past: Forms
    quarter_to: Forms
    parts: dict[int, Forms]
    weeks: dict[str, Forms]
    holidays: dict[Literal["PH", "SH"], Forms]
    school_holidays: dict[str, Forms]
    until: Forms
    between: Forms
    from_: Forms = Field(alias="from")
    closed: Forms
    except_: Forms = Field(alias="except")
    also: Forms
    appointment: Forms
    walk_in: Forms
    always: Forms
    and_: Forms = Field(alias="and")
    o_clock: Forms
    silent: Forms

    def __hash__(self) -> int:
        return id(self)  # read once a file: `load_hour_words`


@lru_cache(maxsize=8)
def load_hour_words(data_dir: Path) -> HourWords:
    """Read the file once. Raises `InvalidContent` when it is missing or a list is of the wrong kind."""
    path = data_dir / "spoken_hours.yml"
    return parse(HourWords, read_yaml(path), path)
