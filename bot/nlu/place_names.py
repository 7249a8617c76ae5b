"""Finds the names of places in a message, well spelled or not, and passes over ordinary words that look like one."""

from collections.abc import Iterator

from bot.nlu.found import Found
from bot.nlu.gazetteer import Gazetteer, fold
from bot.nlu.misspelling import Misspellings
from bot.nlu.place_cues import Cue, CueWords, Weight
from bot.nlu.place_homes import add_home
from bot.nlu.place_words import Words, cut

LONGEST_MISSPELLED = 4  # words
MAX_COMPARED = 60  # words of one message that are compared with all names, so that a long text stays cheap
SHORTEST_AFTER_GEMEENTE = 7  # letters of a misspelled name ("gemeente helpt" is no place)
# Words inside longer names ("Bergen op Zoom", "Alphen a/d Rijn").
_INNER_WORDS = frozenset(("op", "aan", "ad", "a", "en", "by", "in", "de", "den"))


class PlaceNames:
    """Holds the names and the cues; `find` is a pure function of the text."""

    def __init__(self, gazetteer: Gazetteer, cues: CueWords, vocabulary: frozenset[str]) -> None:
        """`vocabulary` are folded words that are no misspelled names."""
        self._gazetteer = gazetteer
        self._cues = cues
        words = vocabulary | cues["never_misspelled"]
        self._misspellings = Misspellings(gazetteer, words=words, derivations=cues["derivations"])

    def find(self, text: str) -> Iterator[Found]:
        """Yield the places in the order of the text; time grows with its length."""
        words = cut(text)
        at, left = 0, MAX_COMPARED
        while at < len(words):
            end, found = self._match_exactly(words, at)
            if end == at and left > 0 and not self._misspellings.is_word(words.get_folded(at)):
                left -= 1
            if end == at and left > 0:
                end, found = self._match_misspelled(words, at)
            if found:
                end, found = add_home(words, end, found, self._gazetteer)
                yield found
            at = max(end, at + 1)

    def _match_exactly(self, words: Words, start: int) -> tuple[int, Found | None]:
        """Return where the longest name ends, and the place if it is used as one; the start where no name begins."""
        longest = self._gazetteer.longest.get(words.get_folded(start), 0)
        for end in range(min(len(words), start + longest), start, -1):
            folded = words.join(start, end)
            name = self._gazetteer.find(folded)
            if folded in self._gazetteer.regions:
                return self._match_region(words, start, end, name)
            if name:
                cue = self._cues.weigh(words, start, end)
                if self._cues.forbids(words, start, end):
                    return end, None
                if folded not in self._gazetteer.ordinary or self._is_place(words, start, end, folded, cue):
                    return self._extend(words, start, end, folded) or (end, _make(words, start, end, name, cue.weight))
        return self._match_inflected(words, start)

    def _match_inflected(self, words: Words, start: int) -> tuple[int, Found | None]:
        """Find a name with an ending behind an apostrophe, as in Turkish ("Arnhem'de") and English."""
        name = self._gazetteer.find(words[start].stem) if words[start].stem else None
        if name is None or words[start].stem in self._gazetteer.ordinary:
            return start, None
        return start + 1, _make(words, start, start + 1, name, self._cues.weigh(words, start, start + 1).weight)

    def _extend(self, words: Words, start: int, end: int, folded: str) -> tuple[int, Found] | None:
        """Read a longer name that is spelled wrong and begins with this one ("bergen op zom")."""
        if words.get_folded(end) not in _INNER_WORDS or words.ends_clause(end):
            return None
        for until in range(min(len(words), end + LONGEST_MISSPELLED), end + 1, -1):
            name = self._misspellings.find_any(words.join(start, until))
            if name and fold(name).startswith(f"{folded} "):
                return until, _make(words, start, until, name, self._cues.weigh(words, start, until).weight)
        return None

    def _match_region(self, words: Words, start: int, end: int, name: str | None) -> tuple[int, Found | None]:
        """Find a village that bears the name of a region only where its municipality stands behind it."""
        if name is None:
            return end, None
        found = _make(words, start, end, name, Weight.NEAR)
        until, found = add_home(words, end, found, self._gazetteer, always=True)
        return (until, found) if found.value.startswith(f"{name} (") else (end, None)

    def _is_place(self, words: Words, start: int, end: int, folded: str, cue: Cue) -> bool:
        """Whether a name that may be an ordinary word is used as a place here."""
        if len(words) == end - start:
            is_word = folded in self._gazetteer.small and " " not in folded
            return not is_word or (words.capitals_tell and words[end - 1].has_capital)
        if words.is_capital(end - 1) and cue.is_given:
            return True
        if cue.article:
            return False
        if folded in self._gazetteer.small:
            return self._is_small_place(words, start, end, cue)
        if cue.lives or cue.named:
            return cue.preposition != "te" or words.ends_clause(end)
        return self._is_named_alone(words, start, end, folded, cue)

    def _is_small_place(self, words: Words, start: int, end: int, cue: Cue) -> bool:
        """Whether a very common word is a place: "ik woon in best", where nothing comes after that it could go with."""
        goes_on = words.ends_clause(end) or words.get_folded(end) in self._cues["conjunctions"] | {"en", "and"}
        is_lived_in = cue.lives and start > 0 and cue.preposition in ("in", "te", "uit")
        return (is_lived_in and goes_on) or (cue.named and words.ends_clause(end))

    def _is_named_alone(self, words: Words, start: int, end: int, folded: str, cue: Cue) -> bool:
        """Whether an ordinary word is a place though nobody says that they live there.

        In Dutch a thing in the singular has an article after "in" ("in de sluis"): without one it is a name. Elsewhere
        only a large place is taken for one.
        """
        goes_on = words.ends_clause(end) or words.get_folded(end) in self._cues["after_names"]
        if cue.preposition in ("in", "uit") or folded not in self._gazetteer.large:
            return goes_on and cue.preposition in ("in", "uit")
        if cue.preposition and cue.preposition != "te":
            return goes_on
        is_opening = start == 0 and words.ends_clause(end)
        has_part = not words.ends_clause(end) and words.get_folded(end) in self._cues["parts"]
        return is_opening or has_part or words.is_capital(end - 1)

    def _match_misspelled(self, words: Words, start: int) -> tuple[int, Found | None]:
        """Return where a misspelled name ends, and the place: of any size where one is expected, else a large one."""
        unknown = self._find_unknown(words, start)
        if unknown is None or self._cues.forbids(words, start, start + 1):
            return start, None
        for end in range(min(len(words), start + LONGEST_MISSPELLED), unknown, -1):
            if any(words[index].begins_clause for index in range(start + 1, end)):
                continue
            if end > start + 1 and words.get_folded(start) in self._cues["prepositions"]:
                continue
            typed, cue = words.join(start, end), self._cues.weigh(words, start, end)
            name = self._misspellings.find_large(typed) if end == start + 1 else None
            if name is None and self._expects_place(words, start, typed, cue):
                name = self._misspellings.find_any(typed)
            if name:
                return end, _make(words, start, end, name, cue.weight)
        return start, None

    def _find_unknown(self, words: Words, start: int) -> int | None:
        """Return the index of the first word from here that is no word of the vocabulary, if it is near."""
        for index in range(start, min(len(words), start + LONGEST_MISSPELLED)):
            if not self._misspellings.is_word(words.get_folded(index)):
                return index
        return None

    def _expects_place(self, words: Words, start: int, typed: str, cue: Cue) -> bool:
        """Whether the words before make it likely that a place follows, of any size and spelled in any way."""
        if cue.article:
            return False
        if cue.lives:
            return cue.preposition != "te" or words.is_capital(start)
        if cue.named:
            return len(typed) >= SHORTEST_AFTER_GEMEENTE or words.is_capital(start)
        return bool(cue.preposition) and words.is_capital(start)


def _make(words: Words, start: int, end: int, name: str, weight: Weight) -> Found:
    return Found(name, words[start].start, words[end - 1].end, weight)
