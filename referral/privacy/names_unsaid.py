"""Finds names by where they stand (a greeting, the last line) and by what they are (a known first name, initials)."""

import re
from collections.abc import Iterator
from functools import cache

from referral.privacy.name_reading import GREETED, STRONG, TITLED, WEAK
from referral.privacy.name_words import is_first_name, is_organisation, load_world_cities, strip_possessive
from referral.privacy.pages import Page, Words
from referral.privacy.spans import REPLACEMENTS
from referral.privacy.words import any_of, load_words

_LEGAL_FORMS = frozenset({"b.v.", "n.v.", "v.o.f.", "c.v.", "a.u.b.", "s.v.p.", "i.v.m.", "t.a.v.", "o.a.", "d.d."})
_IS_MY_NAME = re.compile(
    r"(?<!\w)is[ ](?:mijn|m'n|mn|me|my|de)[ ](?:voor|achter|roep|first )?na(?:am|me)(?!\w)", re.IGNORECASE
)
_AGE_OR_DATE = re.compile(
    r"[ ]?[,(]?[ ]{1,2}(?:[1-9]\d[ ]?(?:jr|jaar|j|,)(?!\w)|\d{1,2}[-./]\d{1,2}[-./](?:19)?\d\d(?!\d))"
)
_PERSONAL = frozenset({REPLACEMENTS["BSN"], REPLACEMENTS["DATE_OF_BIRTH"]})
_CONTACT = frozenset({REPLACEMENTS["PHONE"], REPLACEMENTS["EMAIL"], REPLACEMENTS["ADDRESS"]})
_ONLY_WORDS = re.compile(r"[\w\s.'-]+")
_RULER = re.compile("[IVX]{2,5}")
_BESIDE = re.compile(r"[ ]?[,;(/-]?[ ]{0,2}\(?")
_BIRTHPLACE = frozenset({"te", "in", "geboren", "geb", "born", "uit", "from", "geboorteplaats", "woonplaats", "plaats"})
_MOST_WORDS = 4


@cache
def _openings() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = load_words().names
    greeting = rf"\W{{0,5}}(?P<greeting>(?:{any_of(words.greetings)}[\s,.!]{{1,3}}){{0,3}})"
    opening = rf"{greeting}{any_of(words.openings)}[ :,]{{1,2}}"
    return re.compile(opening, re.IGNORECASE), re.compile(greeting, re.IGNORECASE)


def find_opening(page: Page) -> Iterator[Words]:
    """Yield "hallo met Piet", "dag, De Vriesema hier", "goedemiddag, Gurbet Aslan uit Hengelo"."""
    said, greeted = _openings()
    if opening := said.match(page.tokens.text):
        first = page.tokens.find(opening.end())
        end = page.read(first, GREETED)
        if end == first and opening["greeting"]:
            end = page.read(first, STRONG)
            end = end if first < end <= first + 3 and page.ends(end) else first
        yield first, end
    if greeting := greeted.match(page.tokens.text):
        first = page.tokens.find(greeting.end())
        yield first, _read_greeted(page, first, is_greeted=bool(greeting["greeting"]))


def _read_greeted(page: Page, first: int, *, is_greeted: bool) -> int:
    """Return where the name after a greeting ends: before "hier", or two words with a capital and a comma."""
    end = page.read(first, GREETED)
    if end == first and is_greeted:
        end = page.read(first, STRONG)
    if end > first and page.lower(end) in load_words().names.here and page.ends(end + 1):
        return end
    is_full = is_greeted and end > first + 1 and all(token.has_capital for token in page.tokens.all[first:end])
    return end if is_full and not page.shouted and (page.ends(end) or page.lower(end) in {"uit", "van"}) else first


def find_at_the_edge(page: Page) -> Iterator[Words]:
    """Yield the name that a message ends with, that a note begins with, and "Piet Bos is mijn naam"."""
    for first in range(max(1, len(page.tokens) - _MOST_WORDS), len(page.tokens)):
        token = page.tokens[first]
        if token.begins_sentence and ":" not in token.before and token.has_capital and not page.shouted:
            end = page.read(first, WEAK)
            if end == len(page.tokens) and (end > first + 1 or "\n" in token.before):
                yield first, end
    end = page.read(0, WEAK)
    if (
        end == len(page.tokens) <= _MOST_WORDS
        and _ONLY_WORDS.fullmatch(page.tokens.text)
        and page.lower(0) in load_words().names.first_names
    ):
        yield 0, end  # "fatima" is all that was said
    if end > 0 and not _names_a_thing(page, end) and _AGE_OR_DATE.match(page.tokens.text, page.tokens[end - 1].end):
        yield 0, end  # "Hoekema, 67 jr, …"
    for phrase in _IS_MY_NAME.finditer(page.tokens.text):
        end = page.tokens.find(phrase.start())
        for first in range(max(0, end - _MOST_WORDS), end):
            if page.read(first, GREETED) == end:
                yield first, end
                break


def find_beside(page: Page) -> Iterator[Words]:
    """Yield "Aslan" in "Aslan, GEBOORTEDATUM" and "Gurbet Aslan, bsn BSN": what was masked tells of a person."""
    for index, token in enumerate(page.tokens.all):
        if token.text in _CONTACT:
            yield from _find_before(page, index - (page.lower(index - 1) == "op"))
        if token.text not in _PERSONAL:
            continue
        end = index - (
            page.lower(index - 1) in {"bsn", "geb", "geboren"} and page.tokens[index - 1].text not in _PERSONAL
        )
        for first in range(max(0, end - _MOST_WORDS), end):
            if _BESIDE.fullmatch(page.tokens[end].before) and page.read(first, WEAK) == end:
                # not "geboren te Kampen, GEBOORTEDATUM", nor "Rabat, GEBOORTEDATUM"
                is_place = end == first + 1 and page.lower(first) in load_world_cities()
                if page.lower(first - 1) not in _BIRTHPLACE and not is_place:
                    yield first, end
                break


def _find_before(page: Page, end: int) -> Iterator[Words]:
    """Yield the known first name, and what belongs to it, at once before `end`: "anita" in "anita TELEFOON"."""
    for first in range(max(0, end - _MOST_WORDS), end):
        is_known = page.lower(first) in load_words().names.first_names
        if is_known and _BESIDE.fullmatch(page.tokens[end].before) and page.read(first, WEAK) == end:
            yield first, end
            break


def find_unannounced(page: Page) -> Iterator[Words]:
    """Yield "Ahmed El Amrani", "J. de Vries", "jan jansen", and a known first name with a capital."""
    words = load_words().names
    for index, token in enumerate(page.tokens.all):
        if index and token.is_joined and page.tokens[index - 1].text.isdigit():  # "5 Jan"
            continue
        first_name = is_first_name(strip_possessive(token.lower))
        if first_name and not token.has_capital:
            yield index, _read_small(page, index)
        if page.shouted or not token.has_capital or page.lower(index - 1) in words.institutions:
            continue
        if token.is_initials:
            end = page.read(index, TITLED)
            is_letter = len(token.text) == 2 and page.lower(index - 1) in words.letters_after
            if end > index + 1 and token.lower not in _LEGAL_FORMS and not is_letter:
                yield index, end
        elif not token.text.isupper():
            if _has_initials_behind(page, index):
                yield index, index + 2
            end = page.read(index, WEAK)
            is_sure = first_name and not (
                token.begins_sentence and end == index + 1 and token.lower in words.noun_first_names
            )
            is_name = is_sure or _has_sure_surname(page, index, end) or _works_somewhere(page, index, end)
            if is_name and not _names_a_thing(page, end):
                yield index, end


def _has_sure_surname(page: Page, first: int, end: int) -> bool:
    """Tell whether an unknown name has a surname that is one: "Noortje van der Wal", "Gurbet Jansen", "Hoekema"."""
    names = load_words().names
    last = page.lower(end - 1)
    before = [page.lower(index) for index in range(first, end - 1)]
    if before[-2:-1] == ["van"] and before[-1] in {"de", "den", "der", "'t", "het"}:
        return True
    is_particle = page.lower(first) in names.particles - names.sure_particles  # not "Den Bosch"
    if end > first + 1 and is_particle and not page.tokens[first].begins_sentence:
        return last in names.surnames  # "rechter Van Dijk"
    is_surname = len(last) > 5 and last in names.surnames - names.never - names.noun_surnames
    is_surname = is_surname or (len(last) > 5 and last.endswith(tuple(names.sure_endings)))
    return end > first and is_surname and (len(before) > 0 or not page.tokens[first].begins_sentence)


def _has_initials_behind(page: Page, index: int) -> bool:
    """Tell whether a known surname has its initials behind it, as in a list: "Jansen, P."."""
    following = page.tokens[index + 1] if index + 1 < len(page.tokens) else None
    is_initials = following is not None and following.is_initials and following.before == ", "
    return is_initials and page.lower(index) in load_words().names.surnames


def _works_somewhere(page: Page, first: int, end: int) -> bool:
    """Tell whether an unknown word inside a sentence is a person: "van Gurbet van de bank", not "de Gurbet van …"."""
    names = load_words().names
    if end != first + 1 or page.tokens[first].begins_sentence or page.lower(first - 1) in names.determiners:
        return False
    place = end + 1 + (page.lower(end + 1) in names.articles)
    return page.lower(end) == "van" and page.lower(place) in names.workplaces


def _read_small(page: Page, first: int) -> int:
    """Return where "jan jansen" or "piet de vries" ends: a first name and a surname that we both know."""
    words = load_words().names
    end = page.read(first, TITLED)
    is_word = page.lower(end - 1) in words.never and page.lower(end - 2) not in words.particles  # not "jan jong"
    return end if end > first + 1 and page.lower(end - 1) in words.surnames and not is_word else first


def _names_a_thing(page: Page, end: int) -> bool:
    """Tell whether the words before `end` begin the name of a thing: "Albert Heijn", "Anne Frank school"."""
    following, last, words = page.lower(end), page.lower(end - 1), load_words()
    things = tuple(words.names.named_things)
    return bool(
        following in words.names.institutions
        or following.endswith(things)
        or following in words.names.customers
        or (following and _RULER.fullmatch(page.tokens[end].text))  # "Willem II"
        or last.endswith(things)  # "Calvijnschool"
        or (is_organisation(following) and page.tokens[end].has_capital and page.tokens[end].is_joined)
        or any(last.endswith(ending) and len(last) > len(ending) + 2 for ending in words.streets.endings)
    )
