"""The language of the phrases in `data/urgency/`: one line is one way of saying it.

    word        this word, however it is spelled           word* *word every word that begins so, or ends so
    word~       a key word: one slip of the pen is fine    zelf_moord  two words in a row
    <group>     a word of a group of `words`               #           a number
    a/b/<c>     one of these                               a?          this or nothing
    ..  ..5     at most 3 words between; at most 5         ..4!a/<b>   at most 4, none of them a or one of <b>
    {a b c}..2  these in any order, at most 2 between      ^  $        beginning and end of a sentence
    !a          the next word is not a                     -a          the word before is not a

Capitals, accents and punctuation say nothing here, because the message has lost them as well.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from referral.errors import InvalidContent
from referral.urgency.elements import Bag, Beside, Edge, Element, Gap, Option, Slot
from referral.urgency.lexicon import NUMBER
from referral.urgency.reading import Reading
from referral.urgency.words import fold

WIDEST_GAP = 8
"""Words; a wider gap joins what does not belong together."""

LARGEST_BAG = 4
"""Slots; every order of them is tried."""

_ITEM = re.compile(r"\{[^{}]*\}\S*|[^\s{}]+")
_GAP = re.compile(r"\.\.(\d*)(?:!(\S+))?")
_BAG = re.compile(r"\{([^{}]*)\}(\.\.\S*)?")
_FORM = re.compile(r"\*[^\W_]+|[^\W_]+[*~]?")
_USUAL_GAP = 3


@dataclass(frozen=True)
class Phrase:
    """One compiled line; `needs` are groups of atoms that must all occur."""

    elements: tuple[Element, ...]
    needs: tuple[frozenset[str], ...]

    def find_ends(self, reading: Reading) -> int:
        """Return the places just behind each match, as bits; 0 when there is none."""
        if not reading.has_all(self.needs):
            return 0
        places = (reading.everywhere << 1) | 1
        for element in self.elements:
            places = element.advance(reading, places)
            if not places:
                return 0
        return places

    def find_words(self, reading: Reading) -> int:
        """Return the places of the words that a match uses (those in a gap are not used), within one sentence."""
        if not reading.has_all(self.needs):
            return 0
        reading = reading.wall()
        before = [(reading.everywhere << 1) | 1]
        closed = 0
        for element in self.elements:
            if not isinstance(element, Beside | Edge):  # those two take no word, so they may stand at a wall
                before[-1] &= ~closed
                closed = reading.walls
            before.append(element.advance(reading, before[-1]))
        after, used = before.pop(), 0
        for element, start in zip(reversed(self.elements), reversed(before), strict=True):
            slot = element.slot if isinstance(element, Option) else element
            if isinstance(slot, Slot):
                used |= slot.cover(reading, start, after)
            after = element.retreat(reading, after) & start
        return used


class PhraseReader:
    """Compiles phrases and collects the words they know, for the lexicon."""

    def __init__(self, groups: Mapping[str, str], spelling: Mapping[str, Sequence[str]] = MappingProxyType({})) -> None:
        """Take word groups (name to forms separated by spaces) and what chat words stand for."""
        self._groups = groups
        self._spelling = spelling
        self._slots: dict[str, Slot] = {}
        # Of each group, by its name and those around it: many slots hold the same one.
        self._runs: dict[tuple[str, ...], list[tuple[frozenset[str], ...]]] = {}
        self.entries: set[tuple[str, str]] = set()

    def read(self, line: str) -> Phrase:
        """Compile one line; raises `InvalidContent` when it breaks the rules of the language or names no word."""
        items = _ITEM.findall(line)
        if _ITEM.sub("", line).strip():
            raise InvalidContent(f"phrase {line!r}: braces do not match")
        elements = [self._read_item(item, line) for item in items]
        if not elements or isinstance(elements[0], Gap) or isinstance(elements[-1], Gap):
            raise InvalidContent(f"phrase {line!r}: empty, or a gap at its edge says nothing")
        needs = [slot.need for element in elements for slot in _get_needed(element)]
        if not needs:
            raise InvalidContent(f"phrase {line!r}: fits everything")
        return Phrase(tuple(elements), tuple(sorted(needs, key=len)))

    def _read_item(self, item: str, line: str) -> Element:
        if item in ("^", "$"):
            return Edge(is_end=item == "$")
        if item.startswith(".."):
            return self._read_gap(item, line)
        if item.startswith("{"):
            return self._read_bag(item, line)
        if item[0] in "!-":
            return Beside(self._read_slot(item[1:], line).words, offset=int(item[0] == "-"))
        if item.endswith("?"):
            return Option(self._read_slot(item[:-1], line))
        return self._read_slot(item, line)

    def _read_gap(self, item: str, line: str) -> Gap:
        match = _GAP.fullmatch(item)
        width = int(match[1] or _USUAL_GAP) if match else 0
        if match is None or not 0 < width <= WIDEST_GAP:
            raise InvalidContent(f"phrase {line!r}: no such gap as {item!r}")
        return Gap(width, self._read_slot(match[2], line).words if match[2] else frozenset())

    def _read_bag(self, item: str, line: str) -> Bag:
        match = _BAG.fullmatch(item)
        slots = [self._read_slot(part, line) for part in match[1].split()] if match else []
        if match is None or not 1 < len(slots) <= LARGEST_BAG:
            raise InvalidContent(f"phrase {line!r}: no such group as {item!r}")
        return Bag(tuple(slots), self._read_gap(match[2], line) if match[2] else Gap(0))

    def _read_slot(self, item: str, line: str) -> Slot:
        if item not in self._slots:
            words: set[str] = set()
            runs: list[tuple[frozenset[str], ...]] = []
            for part in item.split("/"):
                if part.startswith("<") and part.endswith(">"):
                    words.add(part)
                    runs.extend(self._read_group(part, line))
                elif "_" in part:
                    runs.append(self._read_run(part, line))
                else:
                    words.add(self._add_form(part, line))
            self._slots[item] = Slot(frozenset(words), tuple(dict.fromkeys(runs)))
        return self._slots[item]

    def _read_group(self, name: str, line: str, above: tuple[str, ...] = ()) -> list[tuple[frozenset[str], ...]]:
        """Note the single words of a group under its name; return its runs of several words."""
        if name in above or name[1:-1] not in self._groups:
            raise InvalidContent(f"phrase {line!r}: no such group as {name}")
        path = (*above, name)
        if path in self._runs:
            return self._runs[path]
        runs = []
        for form in self._groups[name[1:-1]].split():
            if form.startswith("<"):
                runs.extend(self._read_group(form, line, path))
            elif "_" in form:
                runs.append(self._read_run(form, line))
            else:
                for group in path:
                    self._add_form(form, line, group)
        self._runs[path] = runs
        return runs

    def _read_run(self, form: str, line: str) -> tuple[frozenset[str], ...]:
        return tuple(frozenset({self._add_form(part, line)}) for part in form.split("_"))

    def _add_form(self, form: str, line: str, atom: str | None = None) -> str:
        if form == NUMBER:
            if atom is not None:
                raise InvalidContent(f"phrase {line!r}: a number belongs in no group")
            return NUMBER
        folded = fold(form).replace("'", "")
        meant = self._spelling.get(folded, (folded,))
        folded = meant[0]
        if len(meant) > 1 or not _FORM.fullmatch(folded):
            raise InvalidContent(f"phrase {line!r}: {form!r} can never occur as one word")
        atom = atom or folded.rstrip("~")
        self.entries.add((folded, atom))
        return atom


def _get_needed(element: Element) -> tuple[Slot, ...]:
    if isinstance(element, Slot):
        return (element,)
    return element.slots if isinstance(element, Bag) else ()
