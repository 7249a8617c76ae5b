"""Finds names of persons by what stands before them: "ik heet", "mevrouw", "groeten", "mijn zoon", a greeting.

A name without such a word is found only when it begins with a known first name, or with initials and a surname.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from referral.privacy.persons import (
    GREETED,
    STRONG,
    TITLED,
    WEAK,
    Manner,
    is_known,
    is_organisation,
    is_shouted,
    looks_like_surname,
    name_end,
    read_name,
)
from referral.privacy.spans import Span
from referral.privacy.tokens import Tokens
from referral.privacy.words import any_of, load_words

Words = tuple[int, int]
"""A name as its first word and the word after its last."""

_GAP = re.compile(r"[ \n]{0,2}[:=,-]?[ \n]{0,2}[\"'(]?")
_KIN_GAP = re.compile(r"(?:[ ]{1,2}van[ ]\d{1,2}(?:[ ]jaar)?)?(?:[ ]{1,2}|[ ]?[:,(-][ ]{0,2})[\"'(]?")
_LABEL_GAP = re.compile(r"[ ]{0,2}[:=][ \n]{0,2}[\"']?")
_SIGN_OFF_GAP = re.compile(r"[\s,.!:;-]{1,4}")
_TITLE_GAP = re.compile(r"\.?[ ]{1,2}|\.")
_END = re.compile(r"[ ]{0,2}(?:$|[.,!?\n;:)(-])")
_AND = frozenset({"en", "and", "&"})
_LEGAL_FORMS = frozenset({"b.v.", "n.v.", "v.o.f.", "c.v.", "a.u.b.", "s.v.p.", "i.v.m.", "t.a.v.", "o.a.", "d.d."})


@cache
def _cue(group: str) -> re.Pattern[str]:
    return re.compile(any_of(getattr(load_words().names, group)), re.IGNORECASE)


@cache
def _openings() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = load_words().names
    greeting = rf"\W{{0,5}}(?P<greeting>(?:{any_of(words.greetings)}[\s,.!]{{1,3}}){{0,2}})"
    return re.compile(rf"{greeting}{any_of(words.openings)}[ :,]{{1,2}}", re.IGNORECASE), re.compile(
        greeting, re.IGNORECASE
    )


@dataclass(frozen=True, slots=True)
class _Page:
    """A text cut into words, and whether it is in capitals, so that a capital says nothing."""

    tokens: Tokens
    shouted: bool

    def read(self, first: int, manner: Manner) -> int:
        return read_name(self.tokens, first, manner, shouted=self.shouted) if first < len(self.tokens) else first

    def lower(self, index: int) -> str:
        """Return a word in lower-case without the dot of an abbreviation; empty past the end."""
        return self.tokens[index].lower.rstrip(".") if 0 <= index < len(self.tokens) else ""

    def ends(self, end: int) -> bool:
        """Tell whether the sentence or the line ends after the word before `end`."""
        return bool(_END.match(self.tokens.text, self.tokens[end - 1].end))

    def after(self, group: str, gap: re.Pattern[str] = _GAP) -> Iterator[int]:
        """Yield the word after each cue of `group`."""
        for cue in _cue(group).finditer(self.tokens.text):
            following = self.tokens.find(cue.end())
            if following < len(self.tokens) and gap.fullmatch(
                self.tokens.text, cue.end(), self.tokens[following].start
            ):
                yield following


def find_names(text: str) -> Iterator[Span]:
    """Yield every name of a person in a folded text; some may overlap."""
    page = _Page(Tokens(text), is_shouted(text))
    for rule in (_introduced, _titled, _in_a_role, _addressed, _signed, _related, _opening, _unannounced):
        for first, end in rule(page):
            if end > first:
                yield Span(page.tokens[first].start, name_end(page.tokens[end - 1]), "NAME")


def _introduced(page: _Page) -> Iterator[Words]:
    """Yield "Ik heet jan de boer", "my name is …"."""
    for first in page.after("strong"):
        yield first, page.read(first, STRONG)
    for first in page.after("labels", _LABEL_GAP):
        yield first, page.read(first, STRONG)


def _titled(page: _Page) -> Iterator[Words]:
    """Yield "Mevrouw De Wit", "dhr jansen", "mw. dr. Bos"."""
    titles = frozenset(load_words().names.titles)
    for following in page.after("titles", _TITLE_GAP):
        first = following
        while page.lower(first) in titles and first < following + 3:
            first += 1
        if first == following or (first < len(page.tokens) and _TITLE_GAP.fullmatch(page.tokens[first].before)):
            end = page.read(first, TITLED)
            may_guess = page.lower(first - 1) in load_words().names.plain_titles and not page.shouted
            if end == first < len(page.tokens) and may_guess and looks_like_surname(page.tokens, first):
                end = first + 1
            yield first, end


def _in_a_role(page: _Page) -> Iterator[Words]:
    """Yield "Ik ben Fatima", "wijkagent Bos", "namens Piet"; not "ik ben Nederlander", "ik ben van Zwolle"."""
    words = load_words().names
    for cued in page.after("weak"):
        first = cued + (page.lower(cued) in words.called)  # "mijn begeleider heet Bos"
        end = page.read(first, WEAK)
        core = page.lower(end - 1)
        is_role = end == first + 1 and core.endswith(tuple(words.role_endings)) and not is_known(core)
        is_origin = (
            page.lower(first) == "van" and page.tokens[first].text == "van" and end == first + 2 and not is_known(core)
        )
        if not is_role and not is_origin and page.lower(end) not in words.customers:
            yield first, end


def _addressed(page: _Page) -> Iterator[Words]:
    """Yield "Beste Karin", "dit is Piet": a first name that we know."""
    for first in page.after("known"):
        if page.lower(first) in load_words().names.first_names:
            yield first, page.read(first, WEAK)


def _signed(page: _Page) -> Iterator[Words]:
    """Yield "Groetjes Piet", "mvg, J. de Vries" at the end of a line, "groetjes pietje" at the end of all."""
    for group in ("thanks", "sign_offs"):
        for following in page.after(group, _SIGN_OFF_GAP):
            first = following + (page.lower(following) == "van" and page.tokens[following].text == "van")
            end = page.read(first, TITLED)
            if end == first and group == "sign_offs":
                end = page.read(first, STRONG)
                end = end if end == len(page.tokens) <= first + 3 else first
            if end > first and page.ends(end):
                yield first, end


def _related(page: _Page) -> Iterator[Words]:
    """Yield "Mijn buurvrouw Marijtje", "mijn dochter jaylin heet", "mijn kinderen heten Kees en Anna"."""
    called = frozenset(load_words().names.called)
    for following in page.after("kin", _KIN_GAP):
        first, manner = following, WEAK
        if page.lower(following) in called:
            first, manner = following + 1, STRONG
        elif page.lower(following + 1) in called:
            manner = STRONG
        end = page.read(first, manner)
        if manner is STRONG and first == following:
            end = min(end, first + 1)
        yield first, end
        while end > first and (joined := _next_in_list(page, end)):
            first, end = joined, page.read(joined, WEAK)
            yield first, end


def _next_in_list(page: _Page, end: int) -> int:
    """Return the next name's word in "Kees, Anna en Piet", 0 when the list has ended."""
    if end < len(page.tokens) and page.tokens[end].before == ", " and page.tokens[end].has_capital:
        return end
    if end + 1 < len(page.tokens) and page.lower(end) in _AND and page.tokens[end + 1].has_capital:
        return end + 1
    return 0


def _opening(page: _Page) -> Iterator[Words]:
    """Yield "Hallo met Piet", "dag, De Vriesema hier"."""
    said, greeted = _openings()
    if opening := said.match(page.tokens.text):
        first = page.tokens.find(opening.end())
        yield first, page.read(first, GREETED) if first < len(page.tokens) else first
        yield first, _read_unknown(page, first) if opening["greeting"] else first
    if greeting := greeted.match(page.tokens.text):
        first = page.tokens.find(greeting.end())
        end = page.read(first, GREETED)
        if end == first and greeting["greeting"]:
            end = page.read(first, STRONG)
        is_sure = greeting["greeting"] or end > first + 1 or is_known(page.lower(first))
        if end > first and is_sure and page.lower(end) in load_words().names.here and page.ends(end + 1):
            yield first, end


def _read_unknown(page: _Page, first: int) -> int:
    """Return where "hallo met hoekema, …" ends: unknown words, when a comma or the end follows them at once."""
    end = page.read(first, STRONG)
    return end if first < end <= first + 3 and page.ends(end) else first


def _unannounced(page: _Page) -> Iterator[Words]:
    """Yield "Ahmed El Amrani", "J. de Vries", and a known first name inside a sentence."""
    words = load_words().names
    for index, token in enumerate(page.tokens.all):
        if token.lower in words.first_names and not token.has_capital:
            yield index, _read_small(page, index)
        if page.shouted or not token.has_capital or page.lower(index - 1) in words.institutions:
            continue
        if index and token.is_joined and page.tokens[index - 1].text.isdigit():  # "5 Jan"
            continue
        if token.is_initials:
            end = page.read(index, TITLED)
            is_letter = len(token.text) == 2 and page.lower(index - 1) in words.letters_after
            if end > index + 1 and token.lower not in _LEGAL_FORMS and not is_letter:
                yield index, end
        elif token.lower.removesuffix("'s") in words.first_names and not token.text.isupper():
            end = page.read(index, WEAK)
            if _names_a_thing(page, end):
                continue
            is_alone = index > 0 and end == len(page.tokens)  # "… Kunt u helpen? Marijke"
            if end > index + 1 or (end > index and (not token.begins_sentence or is_alone)):
                yield index, end


def _read_small(page: _Page, first: int) -> int:
    """Return where "jan jansen" or "piet de vries" ends: a first name and a surname that we both know."""
    if page.tokens[first].is_joined and page.lower(first - 1).isdigit():  # "5 jan"
        return first
    words = load_words().names
    end = page.read(first, TITLED)
    is_surname = end > first + 1 and page.lower(end - 1) in words.surnames - words.never
    return end if is_surname else first


def _names_a_thing(page: _Page, end: int) -> bool:
    """Tell whether the words before `end` begin the name of a thing: "Albert Heijn", "Anne Frank school"."""
    following = page.lower(end)
    words = load_words()
    last = page.lower(end - 1)
    return (
        following in words.names.institutions | words.names.customers
        or (is_organisation(following) and page.tokens[end].has_capital and page.tokens[end].is_joined)
        or any(last.endswith(ending) and len(last) > len(ending) + 2 for ending in words.streets.endings)
    )
