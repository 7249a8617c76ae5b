"""Weighs what stands around the name of a place: does the citizen live there (`data/places/cues.yml`)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

from bot.content import DATA, read_yaml
from bot.nlu.place_words import Words

LOOK_BACK = 9  # words: "ik woon al twintig jaar met mijn gezin in Ede"
LOOK_AHEAD = 3
LONGEST_ANSWER = 12  # words of a message that may be nothing but the name of a place


class Weight(IntEnum):
    """How sure it is that the citizen means this place as their own; the highest wins."""

    ELSEWHERE = 1  # "mijn moeder in Ede", "geboren in Ede"
    BARE = 2
    NEAR = 3  # after "in" and the like
    NAMED = 4  # "gemeente Ede"
    LIVES = 6  # "ik woon in Ede", or nothing else in the message


@dataclass(frozen=True)
class Cue:
    """`preposition` is the folded word before the name if it is one; `article` whether "de" or "het" stands between."""

    weight: Weight
    preposition: str = ""
    lives: bool = False
    named: bool = False
    article: bool = False

    @property
    def is_given(self) -> bool:
        return bool(self.preposition) or self.lives or self.named


class CueWords:
    """The lists of `cues.yml`: `cues["living"]` is a set of folded words."""

    def __init__(self, data: Path = DATA) -> None:
        lists: dict[str, str] = read_yaml(data / "places" / "cues.yml")
        self._sets = {name: frozenset(text.replace("ij", "y").split()) for name, text in lists.items()}

    def __getitem__(self, name: str) -> frozenset[str]:
        return self._sets[name]

    def weigh(self, words: Words, start: int, end: int) -> Cue:
        """Return the cue for the name that takes the words from `start` to `end`."""
        before, article = self._step_over(words, start)
        last = words.get_folded(before)
        preposition = last if last in self["prepositions"] | self["institutions"] else ""
        if self._is_whole_message(words, start, end):
            return Cue(Weight.LIVES, preposition, lives=True, article=article)
        named = last in self["naming"]
        clause = self._find_clause(words, start)
        lives, elsewhere = self._find_who(words, clause, before, start, end)
        if elsewhere:
            weight = Weight.ELSEWHERE
        elif lives:
            weight = Weight.LIVES
        elif named:
            weight = Weight.NAMED
        else:
            weight = Weight.NEAR if preposition else Weight.BARE
        return Cue(weight, preposition, lives=lives, named=named, article=article)

    def forbids(self, words: Words, start: int, end: int) -> bool:
        """Whether the words around a name make it a surname, a club, a street or where a letter comes from."""
        if not words.ends_clause(end) and words.get_folded(end) in self["not_before"]:
            return True
        if words.ends_clause(start):
            return False
        before = start - 1
        if words.get_folded(before).isdigit():
            before -= 1
        if words.get_folded(before) in self["not_after"]:
            return True
        if words.get_folded(before) in self["away"] and words.get_folded(before - 1) in self["senders"]:
            return True
        before = start - 1
        while before >= 0 and words.get_folded(before) in self["particles"]:
            before -= 1
        return words.get_folded(before) in self["titles"]

    def _is_whole_message(self, words: Words, start: int, end: int) -> bool:
        if len(words) > LONGEST_ANSWER:
            return False
        around = (*range(start), *range(end, len(words)))
        return all(words.get_folded(index) in self["fillers"] for index in around)

    def _step_over(self, words: Words, start: int) -> tuple[int, bool]:
        """Return the index of the word that may be a cue, -1 for none, and whether an article was passed."""
        before, article = start - 1, False
        if words.ends_clause(start):
            return (before if words.get_folded(before) in self["naming"] else -1), False
        while before > 0 and words.get_folded(before) in self["joins"] | self["articles"]:
            article = article or words.get_folded(before) in self["articles"]
            before -= 1
        return before, article

    def _find_clause(self, words: Words, start: int) -> int:
        """Return where the clause with this name begins, at most `LOOK_BACK` words back."""
        first = start
        while first > max(0, start - LOOK_BACK):
            if words[first].begins_sentence or words.get_folded(first) in self["conjunctions"]:
                break
            first -= 1
        return first

    def _find_who(self, words: Words, clause: int, before: int, start: int, end: int) -> tuple[bool, bool]:
        """Return whether somebody lives there, and whether it is not the citizen or not any more."""
        last = words.get_folded(before)
        verb = self._find_living(words, clause, before, end, last)
        if verb is not None:
            return True, self._is_of_others(words, verb, clause)
        if last in self["away"] and self._has(words, range(clause, start + LOOK_BACK), "leaving"):
            return False, True
        lives = (
            (last in ("uit", "from") and self._has(words, range(max(clause, before - 3), before), "coming"))
            or (last in ("in", "te") and self._has(words, range(max(clause, before - 4), before), "staying"))
            or (last in ("naar", "to") and self._has(words, (*range(clause, before), end, end + 1), "moving"))
        )
        return lives, self._is_about_others(words, clause, start, end)

    def _find_living(self, words: Words, clause: int, before: int, end: int, last: str) -> int | None:
        """Return where the verb of living stands that goes with this name."""
        if last in self["living"]:
            return before
        if last in self["living_in"] or last in self["naming"]:
            for index in range(before, clause - 1, -1):
                if words.get_folded(index) in self["living"]:
                    return index
        if last == "in":
            for index in (end, end + 1):
                if words.get_folded(index) in self["conjunctions"] | self["additions"] or words.ends_clause(index):
                    break
                if words.get_folded(index) in self["living"]:
                    return index
        return None

    def _is_of_others(self, words: Words, verb: int, clause: int) -> bool:
        """Whether the one who lives there is somebody else than the citizen."""
        if words.get_folded(verb) in self["living_self"]:
            return False
        for index in (verb + 1, verb + 2, *range(verb - 1, clause - 1, -1)):
            if words.get_folded(index) in self["own"]:
                return False
            if words.get_folded(index) in self["others"]:
                return True
        return False

    def _is_about_others(self, words: Words, clause: int, start: int, end: int) -> bool:
        """Whether the nearest person is somebody else, or the nearest verb is about the past or work."""
        for index in range(start - 1, clause - 1, -1):
            word = words.get_folded(index)
            if word in self["past"] or (word in self["others"] and not self._is_company(words, index)):
                return True
            if word in self["own"]:
                return False
        for index in range(end, min(len(words), end + LOOK_AHEAD)):
            word = words.get_folded(index)
            if words[index].begins_clause or word in self["own"] or word in self["conjunctions"]:
                return False
            if word in self["past"] or word in self["others"]:
                return True
        return False

    def _is_company(self, words: Words, index: int) -> bool:
        return self._has(words, range(index - 2, index), "company")

    def _has(self, words: Words, indices: Iterable[int], name: str) -> bool:
        return any(words.get_folded(index) in self[name] for index in indices)
