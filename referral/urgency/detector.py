"""Finds urgent signals in a raw message, before anything else looks at it (DESIGN §2.1).

Pure and in memory: nothing of the message is kept or logged, and what comes out names the rule, not the words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from referral.errors import InvalidContent
from referral.urgency.foreign import add_languages
from referral.urgency.lexicon import Lexicon
from referral.urgency.phrases import Phrase
from referral.urgency.reading import Reading
from referral.urgency.rules import FOREIGN, RuleCompiler, RuleSet, hide_guarded
from referral.urgency.signals import LEVELS, Signal, load_signals
from referral.urgency.sources import ForeignSource, GuardsSource, SignalSource, WordsSource, read_source
from referral.urgency.words import CLAUSE_END, SENTENCE_END, fold, split_words


@dataclass(frozen=True, slots=True)
class Detection:
    """An urgent signal, and which rule found it (`wish:3`: the third phrase of the rule `wish`)."""

    signal: Signal
    reason: str

    @property
    def language(self) -> str | None:
        """Return the language (ISO 639-1) of the phrase that found it, if it is one that is only recognised."""
        rule, _, _ = self.reason.partition(":")
        return rule.removeprefix(FOREIGN) if rule.startswith(FOREIGN) else None


@dataclass(frozen=True)
class Detector:
    """Made by `load_detector`; does not change, and may be shared between threads.

    `lines` holds, for each language that is only recognised, the line with 112, 113 and 0800 2000 in that language;
    the fixed texts of `signals` are in these languages too, where they are of level P0.
    """

    lexicon: Lexicon
    spelling: Mapping[str, Sequence[str]]
    conjunctions: frozenset[str]
    guards: tuple[Phrase, ...]
    rules: tuple[tuple[Signal, RuleSet], ...]
    lines: Mapping[str, str]
    signals: Mapping[str, Signal]

    def detect(self, text: str) -> Detection | None:
        """Return the most urgent signal in a raw message, among equals the most specific; `None` when there is none.

        Takes any text and never raises; the time is linear in its length.
        """
        reading = hide_guarded(self.read(text), self.guards)
        for signal, rules in self.rules:
            reason = rules.find_reason(reading)
            if reason is not None:
                return Detection(signal, reason)
        return None

    def read(self, text: str) -> Reading:
        """Return the message as the rules see it, before any guard."""
        known: dict[str, frozenset[str]] = {}
        atoms: list[frozenset[str]] = []
        starts: list[int] = []
        clauses: list[int] = []
        for word in self.lexicon.join_split(split_words(text, self.spelling)):
            if word == SENTENCE_END:
                starts.append(len(atoms))
                continue
            if word == CLAUSE_END or word in self.conjunctions:
                clauses.append(len(atoms))
            if word != CLAUSE_END:
                if word not in known:
                    known[word] = self.lexicon.find_atoms(word)
                atoms.append(known[word])
        return Reading(atoms, starts, clauses)


def load_detector(data_dir: Path) -> Detector:
    """Read `urgent.yml` and `urgency/*.yml` under `data_dir`.

    Raises `InvalidContent` when a file is missing or wrong, when a signal has no rules or no place in the order, when
    there is a file for a signal that `urgent.yml` does not know, or when a language lacks a text of level P0.
    """
    written = load_signals(data_dir / "urgent.yml")
    folder = data_dir / "urgency"
    words = read_source(folder / "words.yml", WordsSource)
    guards = read_source(folder / "guards.yml", GuardsSource)
    foreign = read_source(folder / "foreign.yml", ForeignSource).languages
    signals = add_languages(written, foreign)
    _check_ids(signals, guards.order, folder, {id_ for language in foreign.values() for id_ in language.phrases})
    spelling = {fold(word): tuple(fold(meant).split()) for word, meant in words.spelling.items()}
    compiler = RuleCompiler(words, guards, spelling)
    shared = compiler.compile_guards()
    rules = []
    for signal in sorted(signals.values(), key=lambda signal: (signal.level, guards.order.index(signal.id))):
        source = read_source(folder / f"{signal.id}.yml", SignalSource)
        lines = {name: its.phrases[signal.id] for name, its in foreign.items() if signal.id in its.phrases}
        rules.append((signal, compiler.compile_signal(source, lines)))
    return Detector(
        lexicon=Lexicon(compiler.entries, fold(words.ordinary).split()),
        spelling=spelling,
        conjunctions=frozenset(fold(words.conjunctions).split()),
        guards=shared,
        rules=tuple(rules),
        lines=MappingProxyType({name: language.line for name, language in foreign.items()}),
        signals=signals,
    )


def _check_ids(signals: Mapping[str, Signal], order: Sequence[str], folder: Path, foreign: set[str]) -> None:
    files = {path.stem for path in folder.glob("*.yml")} - {"words", "guards", "foreign"}
    if sorted(order) != sorted(signals):
        raise InvalidContent("guards.yml: `order` does not name every signal once")
    if unknown := files - signals.keys():
        raise InvalidContent(f"no such signal as {', '.join(sorted(unknown))}")
    if not foreign <= {signal.id for signal in signals.values() if signal.level == LEVELS[0]}:
        raise InvalidContent("foreign.yml: only signals of level P0")
