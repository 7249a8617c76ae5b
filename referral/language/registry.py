"""Which languages the chat has, and how much of each (`data/languages.yml`)."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal

from babel import Locale
from pydantic import BaseModel, ConfigDict

from referral.content import parse, read_yaml
from referral.errors import InvalidContent
from referral.language.detect import RECOGNISED, SPOKEN

DUTCH = "nl"
ALL = SPOKEN + RECOGNISED


class Language(BaseModel):
    """`name` in the language itself; `whole`: everything is in it; `checked`: a native reader has read it."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    name: str
    whole: bool
    checked: bool


class Languages(BaseModel):
    """`languages` by ISO 639-1 code; `partly`: the keys of the texts of one that is not whole, a star for any end."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    languages: Mapping[str, Language]
    partly: Sequence[str]


@cache
def load_languages(data_dir: Path) -> Languages:
    """Return the languages, in the order in which they are offered.

    Raises `InvalidContent` when the whole ones are not those that we speak, or the others not those that we recognise:
    who writes in a language is answered in it.
    """
    path = data_dir / "languages.yml"
    found = parse(Languages, read_yaml(path), path)
    whole = tuple(code for code, language in found.languages.items() if language.whole)
    if whole != SPOKEN:
        raise InvalidContent(f"{path}: {', '.join(SPOKEN)} are the whole languages, not {', '.join(whole)}")
    if odd := set(found.languages) ^ set(ALL):
        raise InvalidContent(f"{path}: {', '.join(sorted(odd))}: not what is recognised (referral/language/detect.py)")
    return found


@cache
def get_direction(language: str) -> Literal["ltr", "rtl"]:
    """Return which way a language is written, as `dir` in HTML has it; the source is CLDR."""
    return "rtl" if Locale(language).character_order == "right-to-left" else "ltr"


def keep_apart(value: Any, language: str) -> Any:
    """Return a value to fill in: in a text from right to left within isolates, or a number's parts change places.

    The isolates are those of Unicode's bidirectional algorithm (UAX #9): U+2068 and U+2069.
    """
    return f"\u2068{value}\u2069" if get_direction(language) == "rtl" else value


def choose_whole(language: str) -> str:
    """Return the language itself where everything is in it, else Dutch."""
    return language if language in SPOKEN else DUTCH
