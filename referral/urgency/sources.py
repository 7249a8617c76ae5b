"""The form of the files under `data/urgency/`, checked on reading."""

from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from referral.errors import InvalidContent
from referral.urgency.signals import read_mapping


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


Source = TypeVar("Source", bound=_Strict)


class RuleSource(_Strict):
    """One rule as written: phrases, and the contexts that silence it."""

    phrases: list[str] = Field(min_length=1)
    unless: list[str] = []


class SignalSource(_Strict):
    """The file of one signal."""

    words: dict[str, str] = {}
    guards: list[str] = []
    contexts: dict[str, list[str]] = {}
    rules: dict[str, RuleSource | Annotated[list[str], Field(min_length=1)]]


class WordsSource(_Strict):
    """`words.yml`: spelling, words never taken for another, words that open a clause, and shared word groups."""

    spelling: dict[str, str]
    conjunctions: str
    ordinary: str
    words: dict[str, str]


class GuardsSource(_Strict):
    """`guards.yml`: which signal goes first among equals, figures of speech, and shared contexts."""

    order: list[str]
    guards: list[str]
    contexts: dict[str, list[str]]


class TextSource(_Strict):
    """The fixed text of one signal, as `first` and `tip` of `urgent.yml`."""

    first: str
    tip: str | None = None


class LanguageSource(_Strict):
    """One language of `foreign.yml`; `checked` once a native reader has read it."""

    checked: bool
    line: str
    texts: dict[str, TextSource]
    phrases: dict[str, list[str]]


class ForeignSource(_Strict):
    """`foreign.yml`: the languages that are only recognised."""

    languages: dict[str, LanguageSource]


def read_source(path: Path, kind: type[Source]) -> Source:
    """Read one file of rules; raises `InvalidContent` when its form is wrong."""
    try:
        return kind.model_validate(read_mapping(path))
    except ValidationError as error:
        problem = error.errors(include_input=False, include_url=False)[0]
        raise InvalidContent(f"{path.name}: {problem['loc']}: {problem['msg']}") from error
