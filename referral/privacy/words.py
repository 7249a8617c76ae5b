"""Reads the word lists by which personal data is recognised (`data/privacy.yml`, `data/names/`) once, as frozen values.

A list of words stands in the YAML as one text, in `names/` one a line; it becomes a `frozenset` of lower-case words.
Phrases become a tuple.
"""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict

from referral.content import parse, read_lines, read_rows, read_yaml
from referral.settings import ROOT

DATA_DIR = ROOT / "data"
_LEXICON = {"first_names": "first.txt", "surnames": "last.txt"}


def _split(value: Any) -> Any:
    return value.split() if isinstance(value, str) else value


Words = Annotated[frozenset[str], BeforeValidator(_split)]
Phrases = tuple[str, ...]

_APART_BEFORE = r"(?<!\w)"
_APART_AFTER = r"(?![^\W\d])"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class NumberWords(_Part):
    connectors: Words
    bsn: Phrases
    account: Phrases
    banks: Words
    card: Phrases
    cjib: Phrases
    cjib_said: Phrases
    card_near: Phrases
    long_near: Phrases
    v_number: Phrases
    plate: Phrases
    vehicles: Words


class PhoneWords(_Part):
    cues: Phrases


class EmailWords(_Part):
    at: Phrases
    dot: Phrases
    providers: Words
    endings: Words


class StreetWords(_Part):
    endings: Words
    capital_endings: Words
    alone: Words
    apart: Words
    never: Words
    first_words: Words
    living: Phrases
    not_streets: Words
    suffixes: Words
    units: Words


class PostcodeWords(_Part):
    cues: Phrases
    numbers: Phrases
    words: Words


class DateWords(_Part):
    months: dict[int, Words]
    ordinals: dict[int, Words]
    born_stems: Words
    birthday: Phrases
    born_at: Phrases
    born: Phrases
    origin: Phrases
    other: Words
    events: Words


class SecretWords(_Part):
    codes: Phrases
    passwords: Phrases
    short: Phrases
    bare: Phrases
    not_before: Words
    owners: Words
    between: Words
    joins: Words
    still: Words
    states: Words


class NameWords(_Part):
    strong: Phrases
    fillers: Words
    labels: Phrases
    naming: Phrases
    self: Phrases
    weak: Phrases
    known: Phrases
    openings: Phrases
    role_endings: Words
    titles: Phrases
    plain_titles: Words
    kin: Phrases
    called: Phrases
    thanks: Phrases
    sign_offs: Phrases
    greetings: Phrases
    here: Words
    particles: Words
    particle_starts: Words
    acts: Words
    word_endings: Words
    capital_names: Words
    inner_particles: Words
    sure_particles: Words
    letters_after: Words
    articles: Words
    public: Phrases
    institutions: Words
    named_things: Words
    determiners: Words
    workplaces: Words
    customers: Words
    surname_endings: Words
    sure_endings: Words
    noun_first_names: Words
    noun_surnames: Words
    # From the files in `_LEXICON`.
    first_names: Words = frozenset()
    surnames: Words = frozenset()
    never: Words
    nationalities: Words
    countries: Words
    organisations: Words


class PrivacyWords(_Part):
    """Everything in `data/privacy.yml`, one part for each family of recognisers."""

    numbers: NumberWords
    phones: PhoneWords
    emails: EmailWords
    streets: StreetWords
    postcodes: PostcodeWords
    dates: DateWords
    secrets: SecretWords
    names: NameWords


@cache
def load_words(data_dir: Path = DATA_DIR) -> PrivacyWords:
    """Read `privacy.yml` under `data_dir`, and the names in `names/`.

    Raises:
        InvalidContent: a file is missing, or a part of it is missing, unknown or of the wrong kind.
    """
    path = data_dir / "privacy.yml"
    words = parse(PrivacyWords, read_yaml(path), path)
    lists = {field: read_lines(data_dir / "names" / file) for field, file in _LEXICON.items()}
    return words.model_copy(update={"names": words.names.model_copy(update=lists)})


@cache
def load_organisation_names(path: Path = DATA_DIR / "organisations.yml") -> tuple[str, ...]:
    """Read the names of the national organisations; they are never masked."""
    return tuple(entry["name"] for entry in read_rows(path, "organisations"))


def any_of(phrases: Iterable[str]) -> str:
    """Return a regular expression for any of these phrases, the longer before the shorter; a space may be up to three.

    A phrase that begins or ends with a letter stands apart from the letters around it; a digit may follow at once.
    """
    ordered = sorted(phrases, key=len, reverse=True)
    plain = [_pattern(phrase) for phrase in ordered if phrase[0].isalnum() and phrase[-1].isalnum()]
    others = [
        (_APART_BEFORE if phrase[0].isalnum() else "")
        + _pattern(phrase)
        + (_APART_AFTER if phrase[-1].isalnum() else "")
        for phrase in ordered
        if not (phrase[0].isalnum() and phrase[-1].isalnum())
    ]
    # What they share stands once, in front: that is what makes a long list quick.
    words = [rf"{_APART_BEFORE}(?:{'|'.join(plain)}){_APART_AFTER}"] if plain else []
    return f"(?:{'|'.join(others + words)})"


def _pattern(phrase: str) -> str:
    return r"\s{1,3}".join(re.escape(word) for word in phrase.split())
