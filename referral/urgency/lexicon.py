"""Which of the words that the rules know is this one, however it is spelled."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from rapidfuzz.distance import OSA

from referral.urgency.spelling import drop_letters, get_loose_sound, get_sound, read_leet

NUMBER = "#"
"""The atom of every word made of digits."""

SHORTEST_SOUND = 5
"""Letters from which a word may be recognised by its sound; shorter ones resemble too many others."""

SHORTEST_SLIP = 7
"""Letters from which a key word (`word~`) may hold one slip of the pen."""

SHORTEST_JOINED = 5
"""Letters that two words must have together to be joined."""

SHORTEST_TAIL = 3
"""Letters of the second of two such words (`striem en` are two words)."""

LONGEST_MISSPELLED = 30
"""Letters up to which a word is worth comparing."""

_NOTHING: frozenset[str] = frozenset()


class Lexicon:
    """Knows words (`dood`), stems (`moord*`), endings (`*brand`) and key words (`verkracht~`); each leads to atoms.

    An atom is what a rule asks for: the word itself or the name of a word group. The lexicon does not change after it
    is made, keeps nothing of what it is asked, and may be shared between threads.
    """

    def __init__(self, entries: Iterable[tuple[str, str]], ordinary: Iterable[str] = ()) -> None:
        """Take pairs of a form and its atom; `ordinary` words that no pair names are nothing but themselves."""
        words: dict[str, set[str]] = {word: set() for word in ordinary}
        stems: dict[str, set[str]] = defaultdict(set)
        endings: dict[str, set[str]] = defaultdict(set)
        key_words: set[str] = set()
        for form, atom in entries:
            word = form.strip("*~")
            if form[0] == "*" or form[-1] == "*":
                (endings if form[0] == "*" else stems)[word].add(atom)
                continue
            words.setdefault(word, set()).add(atom)
            if form.endswith("~"):
                key_words.add(word)
        self._stems = {stem: frozenset(atoms) for stem, atoms in stems.items()}
        self._endings = {ending: frozenset(atoms) for ending, atoms in endings.items()}
        self._longest_part = max(map(len, (*stems, *endings)), default=0)
        self._words = {
            word: frozenset(atoms) | self._find_by_part(word) if atoms else _NOTHING for word, atoms in words.items()
        }
        self._sounds: dict[str, frozenset[str]] = defaultdict(frozenset)
        self._loose_sounds: dict[str, frozenset[str]] = defaultdict(frozenset)
        self._slips: dict[str, set[str]] = defaultdict(set)
        self._shapes: dict[tuple[int, str, str], set[str]] = defaultdict(set)
        for word, found in self._words.items():
            self._shapes[_get_shape(word)].add(word)
            if found and len(word) >= SHORTEST_SOUND:
                self._sounds[get_sound(word)] |= found
        for word in key_words:
            self._loose_sounds[get_loose_sound(word)] |= self._words[word]
            if len(word) >= SHORTEST_SLIP:
                for part in drop_letters(word):
                    self._slips[part].add(word)

    def find_atoms(self, word: str) -> frozenset[str]:
        """Return the atoms of a folded word; empty when it is none that the rules know."""
        if word in self._words:
            return self._words[word]
        if word.isdecimal():
            return frozenset({NUMBER})
        if atoms := self._find_by_part(word):
            return atoms
        if not word.isalpha():
            return self._find_disguised(word)
        return self._find_by_sound(word) or self._find_by_slip(word)

    def join_split(self, words: Sequence[str]) -> list[str]:
        """Join two words that are one word of the rules, as dictation leaves them (`be wusteloos`, `ge slagen`)."""
        joined: list[str] = []
        for word in words:
            if joined and self._is_split(joined[-1], word):
                joined[-1] += word
            else:
                joined.append(word)
        return joined

    def _is_split(self, left: str, right: str) -> bool:
        both = left + right
        if len(right) < SHORTEST_TAIL or len(both) < SHORTEST_JOINED:
            return False
        return bool(self._words.get(both)) and not {left, right} <= self._words.keys()

    def _find_by_part(self, word: str) -> frozenset[str]:
        found = _NOTHING
        for length in range(1, min(len(word), self._longest_part) + 1):
            if word[:length] in self._stems:
                found |= self._stems[word[:length]]
            if word[-length:] in self._endings:
                found |= self._endings[word[-length:]]
        return found

    def _find_by_sound(self, word: str) -> frozenset[str]:
        if not SHORTEST_SOUND <= len(word) <= LONGEST_MISSPELLED:
            return _NOTHING
        if word[-1] == "e" and word + "n" in self._words:  # as many people say and write it: `slape`, `betale`
            return self._words[word + "n"]
        return self._sounds.get(get_sound(word)) or self._loose_sounds.get(get_loose_sound(word), _NOTHING)

    def _find_by_slip(self, word: str) -> frozenset[str]:
        if not SHORTEST_SLIP - 1 <= len(word) <= LONGEST_MISSPELLED:
            return _NOTHING
        candidates = {key for part in drop_letters(word) for key in self._slips.get(part, ())}
        near = [key for key in sorted(candidates) if OSA.distance(word, key, score_cutoff=1) <= 1]
        return self._words[near[0]] if near else _NOTHING

    def _find_disguised(self, word: str) -> frozenset[str]:
        """Read digits as letters (`d00d`) and stars as any letters (`zelfm**rd`)."""
        if "*" not in word:
            plain = read_leet(word)
            return self._words.get(plain) or (self._find_by_part(plain) if plain.isalpha() else _NOTHING)
        fitting = (known for known in self._shapes.get(_get_shape(word), ()) if _fits(word, known))
        return _NOTHING.union(*(self._words[known] for known in fitting))


def _get_shape(word: str) -> tuple[int, str, str]:
    return len(word), word[0], word[-1]


def _fits(starred: str, known: str) -> bool:
    return all(left in ("*", right) for left, right in zip(starred, known, strict=True))
