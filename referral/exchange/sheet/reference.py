"""Everything that is needed to understand a cell, read once: words, kinds, places, school holidays, languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from babel import Locale

from referral.catalogue.service import read_target_groups
from referral.catalogue.topics import PartnerKind
from referral.content import parse, read_rows
from referral.directory.school_holidays import SchoolHolidays, read_school_holidays
from referral.directory.spoken.words import HourWords, load_hour_words
from referral.exchange.sheet.words import SheetWords, fold, load_sheet_words
from referral.models.taxonomy_term import NATIONAL_KIND
from referral.places.table import PlaceTable, load_places


@dataclass(frozen=True, eq=False)
class Reference:
    """`kinds` and `groups` (target groups) are the labels by id, `languages` the Dutch names by code.

    `language_codes` are the codes by folded name.
    """

    words: SheetWords
    hour_words: HourWords
    school_holidays: SchoolHolidays
    places: PlaceTable
    kinds: Mapping[str, str]
    groups: Mapping[str, str]
    languages: Mapping[str, str]
    language_codes: Mapping[str, str]


@lru_cache(maxsize=4)
def load_reference(data_dir: Path) -> Reference:
    """Read the files once. Raises `InvalidContent` when a file is missing or breaks its rules."""
    path = data_dir / "partner_kinds.yml"
    kinds = [parse(PartnerKind, row, path) for row in read_rows(path, "partner_kinds")]
    languages = dict(Locale("nl").languages)
    codes = {fold(name): code for locale in ("en", "nl") for code, name in Locale(locale).languages.items()}
    words = load_sheet_words(data_dir)
    return Reference(
        words=words,
        hour_words=load_hour_words(data_dir),
        school_holidays=read_school_holidays(data_dir / "school_holidays.yml"),
        places=load_places(data_dir),
        kinds={kind.id: kind.label for kind in kinds} | {NATIONAL_KIND: words.national},
        groups={group.id: group.label["nl"] for group in read_target_groups(data_dir)},
        languages=languages,
        language_codes=codes,
    )
