"""Reads the urgent signals and their fixed texts from `data/urgent.yml`: what a citizen sees first, word for word."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Literal, cast, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from referral.content import read_yaml
from referral.errors import InvalidContent

Level = Literal["P0", "P1", "P2"]
LEVELS: tuple[str, ...] = get_args(Level)
LANGUAGES = frozenset({"nl", "en"})


class Signal(BaseModel):
    """One urgent signal; `first` and `tip` hold a fixed text a language (`tip` is empty where there is none)."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    id: str
    level: Level
    topic: str
    first: Mapping[str, str]
    tip: Mapping[str, str] = Field(default_factory=lambda: MappingProxyType({}))
    organisations: tuple[str, ...]

    @field_validator("first", "tip")
    @classmethod
    def _check_texts(cls, texts: Mapping[str, str]) -> Mapping[str, str]:
        if texts and not texts.keys() >= LANGUAGES:
            raise ValueError(f"needs at least {', '.join(sorted(LANGUAGES))}")
        if any(not text.strip() or "?" in text for text in texts.values()):
            raise ValueError("a fixed text is empty or asks a question")
        return MappingProxyType(dict(texts))

    @field_validator("first")
    @classmethod
    def _check_first(cls, texts: Mapping[str, str]) -> Mapping[str, str]:
        if not texts:
            raise ValueError("says nothing")
        return texts


def load_signals(path: Path) -> Mapping[str, Signal]:
    """Read the signals from a YAML file of the form `urgent: [...]`, in the order of the file.

    Raises `InvalidContent` when a signal has an unknown level or key, when `first` lacks Dutch or English, when a text
    asks a question (a crisis text never does: facts §4.4), or when an id comes twice.
    """
    content = read_mapping(path)
    entries = content.get("urgent")
    if not isinstance(entries, list) or not entries:
        raise InvalidContent(f"{path.name}: no list `urgent`")
    signals: dict[str, Signal] = {}
    for entry in entries:
        try:
            signal = Signal.model_validate(entry)
        except ValidationError as error:
            problem = error.errors(include_input=False, include_url=False)[0]
            raise InvalidContent(f"{path.name}: {problem['loc']}: {problem['msg']}") from error
        if signal.id in signals:
            raise InvalidContent(f"{path.name}: {signal.id} comes twice")
        signals[signal.id] = signal
    return MappingProxyType(signals)


def read_mapping(path: Path) -> dict[str, object]:
    """Read a YAML file that holds a mapping; raises `InvalidContent` when it is not there or is something else."""
    content = read_yaml(path)
    if not isinstance(content, dict) or not all(isinstance(key, str) for key in content):
        raise InvalidContent(f"{path.name}: not a mapping of names")
    return cast("dict[str, object]", content)
