"""Puts the fixed texts of the languages that are only recognised beside the Dutch and the English ones."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from referral.errors import InvalidContent
from referral.urgency.signals import LEVELS, Signal
from referral.urgency.sources import LanguageSource, TextSource

_NUMBER = re.compile(r"\d+")
_QUESTION_MARKS = "?؟"


def add_languages(signals: Mapping[str, Signal], languages: Mapping[str, LanguageSource]) -> Mapping[str, Signal]:
    """Return the signals by id, those of level P0 with a fixed text in each of these languages too (ISO 639-1).

    Raises `InvalidContent` when a language has not exactly the texts of level P0, when a text lacks a tip or has one
    too many, when it asks a question, or when its numbers are not those of the Dutch text, in the same order.
    """
    highest = {signal.id for signal in signals.values() if signal.level == LEVELS[0]}
    for language, source in languages.items():
        if odd := source.texts.keys() ^ highest:
            raise InvalidContent(f"foreign.yml: {language}: {', '.join(sorted(odd))}: not the texts of level P0")
        for id_, text in source.texts.items():
            _check_text(f"foreign.yml: {language}: {id_}", text, signals[id_])
    return MappingProxyType({id_: _add_texts(signal, languages) for id_, signal in signals.items()})


def _add_texts(signal: Signal, languages: Mapping[str, LanguageSource]) -> Signal:
    texts = {name: source.texts[signal.id] for name, source in languages.items() if signal.id in source.texts}
    first = {name: text.first for name, text in texts.items()}
    tip = {name: text.tip for name, text in texts.items() if text.tip}
    return signal.model_copy(
        update={"first": MappingProxyType({**signal.first, **first}), "tip": MappingProxyType({**signal.tip, **tip})}
    )


def _check_text(where: str, text: TextSource, signal: Signal) -> None:
    if bool(text.tip) != bool(signal.tip):
        raise InvalidContent(f"{where}: the tip does not go with the Dutch one")
    if any(mark in f"{text.first} {text.tip}" for mark in _QUESTION_MARKS):
        raise InvalidContent(f"{where}: asks a question")
    if _NUMBER.findall(text.first) != _NUMBER.findall(signal.first["nl"]):
        raise InvalidContent(f"{where}: other numbers than the Dutch text")
