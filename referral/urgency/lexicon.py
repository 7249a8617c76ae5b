"""Which of the words that the rules know is this one, however it is spelled."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from referral.urgency.spelling import get_sound, read_leet, shorten_vowels
from referral.urgency.words import CLAUSE_END, SENTENCE_END

NUMBER = "#"
"""The atom of every word made of digits."""

SHORTEST_PART = 3
"""Letters of the shortest stem or ending."""

SHORTEST_SOUND = 5
"""Letters from which a word may be recognised by its sound; shorter ones resemble too many others."""

SHORTEST_SLIP = 7
"""Letters from which a key word (`word~`) may hold one slip of the pen, but not in its first letter."""

LONGEST_MISSPELLED = 30
"""Letters up to which a word is worth comparing."""

SHORTEST_JOINED = 5
"""Letters that two words must have together to be joined."""

SHORTEST_TAIL = 3
"""Letters of the second of two such words (`striem en` are two words)."""

_NOTHING: frozenset[str] = frozenset()


class Lexicon:
    """Knows words (`dood`), stems (`moord*`), endings (`*brand`) and key words (`verkracht~`); each leads to atoms.

    An atom is what a rule asks for: the word itself or the name of a word group. The lexicon does not change after it
    is made, keeps nothing of what it is asked, and may be shared between threads.
    """

    def __init__(self, entries: Iterable[tuple[str, str]], ordinary: Iterable[str] = ()) -> None:
        """Take pairs of a form and its atom; `ordinary` words that no pair names are nothing but themselves."""
        words: dict[str, set[str]] = {word: set() for word in ordinary}
        self._stems: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._endings: dict[str, list[tuple[str, str]]] = defaultdict(list)
        key_words: set[str] = set()
        for form, atom in entries:
            word = form.strip("*~")
            if form[-1] == "*":
                self._stems[word[:SHORTEST_PART]].append((word, atom))
            elif form[0] == "*":
                self._endings[word[-SHORTEST_PART:]].append((word, atom))
            else:
                words.setdefault(word, set()).add(atom)
            if form[-1] == "~":
                key_words.add(word)
        self._words = {
            word: frozenset(atoms) | self._find_by_part(word) if atoms else _NOTHING for word, atoms in words.items()
        }
        self._sounds = self._gather((get_sound(word), word) for word in self._words if len(word) >= SHORTEST_SOUND)
        self._short_sounds = self._gather((shorten_vowels(get_sound(word)), word) for word in key_words)
        self._slips: dict[tuple[str, int], list[str]] = defaultdict(list)
        for word in sorted(key_words):
            if len(word) >= SHORTEST_SLIP:
                for length in range(len(word) - 1, len(word) + 2):
                    self._slips[word[0], length].append(word)
        self._shapes: dict[tuple[int, str, str], list[str]] = defaultdict(list)
        for word in self._words:
            self._shapes[_get_shape(word)].append(word)

    def find_atoms(self, word: str) -> frozenset[str]:
        """Return the atoms of a folded word; empty when it is none that the rules know."""
        if word in self._words:
            return self._words[word]
        if word.isdecimal():
            return frozenset({NUMBER})
        if not word.isalpha():
            return self._find_by_part(word) | self._find_disguised(word)
        return self._find_by_part(word) | self._find_misspelled(word)

    def join_split(self, words: Sequence[str]) -> list[str]:
        """Join two words that are one word of the rules, as dictation leaves them (`be wusteloos`, `ge slagen`).

        An end of a sentence or clause between the two goes, too.
        """
        joined: list[str] = []
        for word in words:
            ends = 1 if joined and joined[-1] in (SENTENCE_END, CLAUSE_END) else 0
            if len(joined) > ends and self._is_split(joined[-1 - ends], word):
                del joined[len(joined) - ends :]
                joined[-1] += word
            else:
                joined.append(word)
        return joined

    def _is_split(self, left: str, right: str) -> bool:
        both = left + right
        if len(right) < SHORTEST_TAIL or not SHORTEST_JOINED <= len(both) <= LONGEST_MISSPELLED:
            return False
        return bool(self._words.get(both)) and not {left, right} <= self._words.keys()

    def _gather(self, pairs: Iterable[tuple[str, str]]) -> Mapping[str, frozenset[str]]:
        """Return for each sound the atoms of all words that sound so."""
        gathered: dict[str, frozenset[str]] = {}
        for sound, word in pairs:
            gathered[sound] = gathered.get(sound, _NOTHING) | self._words[word]
        return gathered

    def _find_by_part(self, word: str) -> frozenset[str]:
        stems = self._stems.get(word[:SHORTEST_PART], ())
        endings = self._endings.get(word[-SHORTEST_PART:], ())
        if not stems and not endings:
            return _NOTHING
        found = {atom for stem, atom in stems if word.startswith(stem)}
        return frozenset(found | {atom for ending, atom in endings if word.endswith(ending)})

    def _find_misspelled(self, word: str) -> frozenset[str]:
        """Compare by sound, a key word also with short vowels and with one slip of the pen."""
        if not SHORTEST_SOUND <= len(word) <= LONGEST_MISSPELLED:
            return _NOTHING
        if word[-1] == "e" and word + "n" in self._words:  # as many people say and write it: `slape`, `betale`
            return self._words[word + "n"]
        sound = get_sound(word)
        if sound in self._sounds:
            return self._sounds[sound]
        sound = shorten_vowels(sound)
        if sound in self._short_sounds:
            return self._short_sounds[sound]
        candidates = self._slips.get((word[0], len(word)))
        near = extractOne(word, candidates, scorer=OSA.distance, score_cutoff=1) if candidates else None
        return self._words[near[0]] if near else _NOTHING

    def _find_disguised(self, word: str) -> frozenset[str]:
        """Read digits as letters (`d00d`) and stars as any letters (`zelfm**rd`)."""
        if "*" not in word:
            plain = read_leet(word)
            return self._words.get(plain) or (self._find_by_part(plain) if plain.isalpha() else _NOTHING)
        fitting = [known for known in self._shapes.get(_get_shape(word), ()) if _fits(word, known)]
        return _NOTHING.union(*(self._words[known] for known in fitting))


def _get_shape(word: str) -> tuple[int, str, str]:
    return len(word), word[0], word[-1]


def _fits(starred: str, known: str) -> bool:
    return all(left in ("*", right) for left, right in zip(starred, known, strict=True))
