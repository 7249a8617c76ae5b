"""Finds the names of places in a message, well spelled or not, and passes over ordinary words that look like one."""

from collections.abc import Iterator
from dataclasses import replace

from bot.nlu.found import Found
from bot.nlu.gazetteer import Gazetteer
from bot.nlu.misspelling import Misspellings
from bot.nlu.place_cues import Cue, CueWords, Weight
from bot.nlu.place_words import Words, cut

LONGEST_MISSPELLED = 4  # words
MAX_COMPARED = 60  # words of one message that are compared with all names, so that a long text stays cheap
SHORTEST_AFTER_GEMEENTE = 7  # letters of a misspelled name ("gemeente helpt" is no place)
# Between a village and its municipality: "Elst (Rhenen)", "Vleuten, Utrecht", "Heechterp in Leeuwarden".
_BETWEEN = frozenset(("", "in", "gemeente", "gem", "te", "by", "provincie", "prov", "in de gemeente", "in gemeente"))
_LONGEST_BETWEEN = 3
_LONGEST_HOME = 4


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
                end, found = self._add_home(words, end, found)
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
                    return end, _make(words, start, end, name, cue.weight)
        return start, None

    def _match_region(self, words: Words, start: int, end: int, name: str | None) -> tuple[int, Found | None]:
        """Find a village that bears the name of a region only where its municipality stands behind it."""
        if name is None:
            return end, None
        until, found = self._add_home(words, end, _make(words, start, end, name, Weight.NEAR), always=True)
        return (until, found) if found.value.startswith(f"{name} (") else (end, None)

    def _is_place(self, words: Words, start: int, end: int, folded: str, cue: Cue) -> bool:
        """Whether a name that may be an ordinary word is used as a place here."""
        is_capital = words.is_capital(end - 1)
        is_last = words.ends_clause(end)
        if len(words) == end - start:
            return folded not in self._gazetteer.small or (words.capitals_tell and words[end - 1].has_capital)
        if is_capital and cue.is_given:
            return True
        if folded in self._gazetteer.small:
            return is_last and not cue.article and (cue.named or (cue.lives and start > 0))
        if cue.article:
            return False
        if cue.lives or cue.named:
            return cue.preposition != "te" or is_last
        if folded not in self._gazetteer.large:
            return False
        if cue.preposition and cue.preposition != "te":
            return is_last or words.get_folded(end) in self._cues["after_names"]
        return is_capital or (is_last and words.capitals_tell and words[start].has_capital)

    def _match_misspelled(self, words: Words, start: int) -> tuple[int, Found | None]:
        """Return where a misspelled name ends, and the place: of any size where one is expected, else a large one."""
        unknown = self._find_unknown(words, start)
        if unknown is None or self._cues.forbids(words, start, start + 1):
            return start, None
        for end in range(min(len(words), start + LONGEST_MISSPELLED), unknown, -1):
            if any(words[index].begins_clause for index in range(start + 1, end)):
                continue
            typed, cue = words.join(start, end), self._cues.weigh(words, start, end)
            name = self._misspellings.find_any(typed) if self._expects_place(words, start, typed, cue) else None
            if name is None and end == start + 1:
                name = self._misspellings.find_large(typed)
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

    def _add_home(self, words: Words, end: int, found: Found, *, always: bool = False) -> tuple[int, Found]:
        """Read what stands behind a name: its municipality ("Elst (Rhenen)"), province ("Hengelo Gld") or town."""
        for skipped in range(_LONGEST_BETWEEN):
            first = end + skipped
            if words.join(end, first) not in _BETWEEN:
                continue
            for until in range(min(len(words), first + _LONGEST_HOME), first, -1):
                value = self._name_home(words, end, first, until, found.value, always)
                if value:
                    return until, replace(found, value=value, end=words[until - 1].end)
        return end, found

    def _name_home(self, words: Words, end: int, first: int, until: int, name: str, always: bool) -> str | None:
        """Return how to name the place `name` with the words from `first` to `until` behind it."""
        typed = words.join(first, until)
        homes = self._gazetteer.homes.get(name, {})
        home = self._gazetteer.find_home(name, typed)
        if home:
            is_plain = home == name or (len(homes) == 1 and not always)
            return name if is_plain else home if home.startswith(f"{name} (") else f"{name} ({home})"
        is_joined = first > end or any(mark in words[end].before for mark in ",(-")
        town = self._gazetteer.official.get(typed)
        is_district = homes and town not in homes and not self._gazetteer.is_large(name)
        return town if is_joined and is_district and typed in self._gazetteer.large else None


def _make(words: Words, start: int, end: int, name: str, weight: Weight) -> Found:
    return Found(name, words[start].start, words[end - 1].end, weight)
