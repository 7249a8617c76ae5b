"""Finds names that somebody says to be one: "ik heet …", "mevrouw …", "mijn zoon …", "groetjes …"."""

import re
from collections.abc import Iterator
from itertools import chain

from referral.privacy.name_reading import GREETED, STRONG, TITLED, WEAK
from referral.privacy.name_words import is_first_name, is_known
from referral.privacy.pages import Page, Words
from referral.privacy.words import load_words

_KIN_GAP = re.compile(r"(?:[ ]{1,2}van[ ]\d{1,2}(?:[ ]jaar)?)?(?:[ ]{1,2}|[ ]?[:,(-][ ]{0,2})[\"'(]?")
_LABEL_GAP = re.compile(r"[ ]{0,2}[:=][ \n]{0,2}[\"']?")
_SIGN_OFF_GAP = re.compile(r"[\s,.!:;-]{1,4}")
_TITLE_GAP = re.compile(r"\.?[ ]{1,2}|\.|[ ]?[:(][ ]?")
_AND = frozenset({"en", "and", "&"})


def find_introduced(page: Page) -> Iterator[Words]:
    """Yield "ik heet jan de boer", "naam: hoekema", "u spreekt met van dijk"."""
    for following in chain(page.after("strong"), page.after("labels", _LABEL_GAP)):
        first = following
        while page.lower(first) in load_words().names.fillers:  # "mijn naam is eh de wolf"
            first += 1
        yield first, page.read(first, STRONG)
    for first in page.after("naming"):
        yield first, page.read(first, GREETED)


def find_titled(page: Page) -> Iterator[Words]:
    """Yield "mevrouw De Wit", "dhr jansen", "mw. dr. Bos", "mw hoekema 67"."""
    names = load_words().names
    for following in page.after("titles", _TITLE_GAP):
        first = following
        while page.lower(first) in names.titles and first < following + 3:
            first += 1
        if first > following and (first == len(page.tokens) or not _TITLE_GAP.fullmatch(page.tokens[first].before)):
            continue
        if page.lower(first) in names.called:  # "die meneer heet Bos"
            first += 1
        may_guess = page.lower(first - 1) in names.plain_titles
        yield first, page.read_or_guess(first, TITLED) if may_guess else page.read(first, TITLED)


def find_in_a_role(page: Page) -> Iterator[Words]:
    """Yield "ik ben Fatima", "wijkagent Bos", "namens Piet"; not "ik ben Nederlander", "ik ben van Zwolle"."""
    names = load_words().names
    for first in page.after("self"):
        end = page.read(first, WEAK)
        core = page.lower(end - 1)
        is_role = end == first + 1 and not is_known(core) and core.endswith(tuple(names.role_endings))
        is_origin = page.is_plain_van(first) and not is_known(core)
        if not is_role and not is_origin and page.lower(end) not in names.customers:
            yield first, end
            yield from _read_list(page, first, end)
    for cued in page.after("weak"):
        # "mijn begeleider heet Bos", "de voogd van Kees"
        first = cued + (page.lower(cued) in names.called or page.is_plain_van(cued))
        end = page.read(first, WEAK)
        if page.lower(end) not in names.customers:
            yield first, end
    for first in page.after("known"):
        if page.lower(first) in names.first_names:
            yield first, page.read(first, WEAK)


def find_signed(page: Page) -> Iterator[Words]:
    """Yield "groetjes Piet", "mvg, J. de Vries" at the end of a line, "groetjes pietje" at the end of all."""
    for group in ("thanks", "sign_offs"):
        for following in page.after(group, _SIGN_OFF_GAP):
            first = following + page.is_plain_van(following)
            end = page.read(first, TITLED)
            if end == first and group == "sign_offs":
                end = page.read(first, STRONG)
                end = end if end == len(page.tokens) <= first + 3 else first
            signers = [(first, end), *_read_list(page, first, end)]
            if end > first and page.ends(signers[-1][1]):
                yield from signers


def find_related(page: Page) -> Iterator[Words]:
    """Yield "mijn buurvrouw Marijtje", "mijn dochter jaylin heet", "mijn kinderen heten Kees en Anna"."""
    called = load_words().names.called
    for following in page.after("kin", _KIN_GAP):
        first, manner = following + page.is_plain_van(following), WEAK
        if page.lower(following) in called:
            first, manner = following + 1, STRONG
        end = page.read(first, manner)
        if end == first and page.lower(first + 1) in called:
            end = min(page.read(first, STRONG), first + 1)
        yield first, end
        yield from _read_list(page, first, end)


def _read_list(page: Page, first: int, end: int) -> Iterator[Words]:
    """Yield the names that follow a first one in "Kees, Anna en Piet"."""
    while end > first and (joined := _next_in_list(page, end)):
        first, end = joined, page.read(joined, WEAK)
        yield first, end


def _next_in_list(page: Page, end: int) -> int:
    """Return the next name's word in "Kees, Anna en Piet", 0 when the list has ended."""
    if end < len(page.tokens) and page.tokens[end].before == ", " and page.tokens[end].has_capital:
        return end
    if end + 1 < len(page.tokens) and page.lower(end) in _AND:
        return end + 1 if page.tokens[end + 1].has_capital or is_first_name(page.lower(end + 1)) else 0
    return 0
