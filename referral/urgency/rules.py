"""Compiles the rules of a signal and decides whether they fit a message."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from operator import itemgetter

from referral.errors import InvalidContent
from referral.urgency.elements import Bag
from referral.urgency.phrases import Phrase, PhraseReader
from referral.urgency.reading import Reading
from referral.urgency.sources import GuardsSource, RuleSource, SignalSource, WordsSource

CONTEXT_REACH = 12
# The rule with the phrases of a language that is only recognised: this, and its code.
FOREIGN = "foreign_"
"""Words, on either side and in one clause, within which a context (a film, homework) silences a rule."""


@dataclass(frozen=True)
class Rule:
    """Phrases under one name; `unless` holds the phrases of the contexts that silence them."""

    name: str
    phrases: tuple[Phrase, ...]
    unless: tuple[Phrase, ...] = ()

    def find_phrase(self, reading: Reading, numbers: Iterable[int]) -> int | None:
        """Return the first of these numbers (from 1) whose phrase fits outside its contexts; `None` when none does."""
        silenced = None
        for number in numbers:
            ends = self.phrases[number - 1].find_ends(reading)
            if ends and self.unless:
                silenced = self._find_silenced(reading) if silenced is None else silenced
                ends &= ~silenced
            if ends:
                return number
        return None

    def _find_silenced(self, reading: Reading) -> int:
        """Return the places just behind words that stand within reach of a context."""
        places = 0
        for phrase in self.unless:
            places |= phrase.find_words(reading)
        return reading.spread(places, CONTEXT_REACH) << 1


@dataclass(frozen=True)
class RuleSet:
    """All rules of one signal with its own guards."""

    rules: tuple[Rule, ...]
    guards: tuple[Phrase, ...] = ()

    def find_reason(self, reading: Reading) -> str | None:
        """Return the rule and the number of its phrase, as `rule:number`; `None` when no rule fits."""
        guarded: Reading | None = None
        for rule, numbers in self._list_possible(reading):
            if rule.find_phrase(reading, numbers) is None:
                continue
            guarded = hide_guarded(reading, self.guards) if guarded is None else guarded
            number = rule.find_phrase(guarded, numbers)
            if number is not None:
                return f"{rule.name}:{number}"
        return None

    def _list_possible(self, reading: Reading) -> Iterator[tuple[Rule, list[int]]]:
        """Yield, in order, the rules with the numbers of the phrases of which at least one word is there."""
        found = {place for atom in reading.atoms & self._places.keys() for place in self._places[atom]}
        for index, places in groupby(sorted(found), key=itemgetter(0)):
            yield self.rules[index], [number for _, number in places]

    @cached_property
    def _places(self) -> Mapping[str, Sequence[tuple[int, int]]]:
        """For each atom, the phrases (index of the rule, number) that ask first for it or one of its group.

        Of some 2,700 phrases a message has the first word of a few dozen; only these are tried.
        """
        places: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for index, rule in enumerate(self.rules):
            for number, phrase in enumerate(rule.phrases, start=1):
                for atom in phrase.needs[0]:
                    places[atom].append((index, number))
        return places


@dataclass
class RuleCompiler:
    """Turns the sources into phrases; afterwards `entries` holds every word that some phrase knows."""

    words: WordsSource
    guards: GuardsSource
    spelling: Mapping[str, Sequence[str]]
    entries: set[tuple[str, str]] = field(default_factory=set)
    names: set[str] = field(default_factory=set)

    def compile_guards(self) -> tuple[Phrase, ...]:
        return self._compile(self._make_reader({}), self.guards.guards, in_order=True)

    def compile_signal(self, source: SignalSource, foreign: Mapping[str, Sequence[str]]) -> RuleSet:
        """Compile the rules of one signal; `foreign` maps a language to its phrases for this signal."""
        reader = self._make_reader(source.words)
        known = self.guards.contexts | source.contexts
        contexts = {name: self._compile(reader, lines, in_order=True) for name, lines in known.items()}
        rules = []
        for name, written in source.rules.items():
            rule = RuleSource(phrases=written) if isinstance(written, list) else written
            unless = self._find_contexts(rule.unless, contexts)
            rules.append(Rule(name, self._compile(reader, rule.phrases), unless))
        rules.extend(Rule(FOREIGN + name, self._compile(reader, lines)) for name, lines in foreign.items())
        return RuleSet(tuple(rules), self._compile(reader, source.guards, in_order=True))

    @staticmethod
    def _find_contexts(names: Sequence[str], contexts: Mapping[str, tuple[Phrase, ...]]) -> tuple[Phrase, ...]:
        if unknown := set(names) - contexts.keys():
            raise InvalidContent(f"no context {', '.join(sorted(unknown))}")
        return tuple(phrase for name in names for phrase in contexts[name])

    def _make_reader(self, words: Mapping[str, str]) -> PhraseReader:
        # A group's name is its atom, in all files together.
        if double := words.keys() & (self.words.words.keys() | self.names):
            raise InvalidContent(f"word group {', '.join(sorted(double))} is there twice")
        self.names |= words.keys()
        reader = PhraseReader({**self.words.words, **words}, self.spelling)
        reader.entries = self.entries
        return reader

    def _compile(self, reader: PhraseReader, lines: Iterable[str], *, in_order: bool = False) -> tuple[Phrase, ...]:
        phrases = tuple(reader.read(line) for line in lines)
        if in_order and any(isinstance(element, Bag) for phrase in phrases for element in phrase.elements):
            raise InvalidContent("a guard or a context takes its words in a fixed order")
        return phrases


def hide_guarded(reading: Reading, guards: Iterable[Phrase]) -> Reading:
    """Return the reading without the words of figures of speech; all that stands beside them stays."""
    places = 0
    for guard in guards:
        places |= guard.find_words(reading)
    return reading.hide(places)
