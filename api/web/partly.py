"""The texts of the languages that are not whole (`data/texts/partly/`), checked against the Dutch ones when read."""

import re
import string
from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from referral.content import parse, read_yaml
from referral.errors import InvalidContent
from referral.language.registry import Languages

_NUMBER = re.compile(r"\d+")
Texts = Mapping[str, str]


class Partly(BaseModel):
    """`texts` by key, and the label of each topic by its id."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    texts: Texts
    topics: Texts


def load_partly(data_dir: Path, languages: Languages, dutch: Texts) -> Mapping[str, Partly]:
    """Return what there is of each language that is not whole.

    Raises `InvalidContent` when a file has not exactly the keys that `languages.yml` asks for, and when a text is
    empty, fills in other values than the Dutch one or names other numbers.
    """
    wanted = list_wanted(languages, dutch)
    found = {}
    for code, language in languages.languages.items():
        if not language.whole:
            path = data_dir / "texts" / "partly" / f"{code}.yml"
            found[code] = parse(Partly, read_yaml(path), path)
            _check_texts(path, found[code].texts, {key: dutch[key] for key in wanted})
    return found


def list_wanted(languages: Languages, keys: Iterable[str]) -> frozenset[str]:
    """Return the keys that a language that is not whole has."""
    return frozenset(key for key in keys if any(fnmatchcase(key, pattern) for pattern in languages.partly))


def check_topics(partly: Mapping[str, Partly], topics: Iterable[str]) -> None:
    """Raise `InvalidContent` when a language lacks the label of a topic, or has one too many."""
    known = frozenset(topics)
    for code, told in partly.items():
        if odd := told.topics.keys() ^ known:
            raise InvalidContent(f"texts/partly/{code}.yml: {', '.join(sorted(odd))}: not the topics that there are")


def _check_texts(path: Path, texts: Texts, dutch: Texts) -> None:
    if odd := texts.keys() ^ dutch.keys():
        raise InvalidContent(f"{path}: {', '.join(sorted(odd))}: not the keys of languages.yml")
    for key, text in texts.items():
        if not text.strip():
            raise InvalidContent(f"{path}: {key}: is empty")
        if _list_values(text) != _list_values(dutch[key]):
            raise InvalidContent(f"{path}: {key}: other values than the Dutch text")
        if _NUMBER.findall(text) != _NUMBER.findall(dutch[key]):
            raise InvalidContent(f"{path}: {key}: other numbers than the Dutch text")


def _list_values(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)
