"""Finds dates of birth: a date that somebody calls so. Every other date stays (a deadline, the date of a letter).

Staff write a date of birth without saying so, at once beside the person: "mw Jansen, 12-03-1958". A full date counts as
one there, or as the whole message, when it is long enough ago (`_OLD_ENOUGH`). A date of before `_LONG_AGO` is one
wherever it stands, unless it is said to be of something else.
"""

import re
from collections.abc import Iterator
from functools import cache

from referral.privacy.dates import date_pattern, is_possible_date, month_pattern, read_year
from referral.privacy.name_words import can_be_name, is_known, is_small_word
from referral.privacy.spans import REPLACEMENTS, Span
from referral.privacy.tokens import Token
from referral.privacy.words import any_of, load_words

_BEFORE = 70
_AFTER = 80
_OLD_ENOUGH = 2020
_LONG_AGO = 1975
_PERSON = "|".join(REPLACEMENTS[kind] for kind in ("NAME", "BSN", "ADDRESS", "PHONE", "EMAIL", "V_NUMBER"))
_YEAR = re.compile(r"19[2-9]\d|20\d\d")
_TURNING = re.compile(r"(?<!\w)wordt?[ ](?:(?:ik|hij|zij|ze)[ ])?(?:op[ ])?(?:de[ ])?$", re.IGNORECASE)
_AGE = re.compile(r"(?<=\w)[ ]\d\d$")
_WORD_BEFORE = re.compile(r"(?<!\w)([^\W\d_]{2,}(?:-[^\W\d_]+)?)[ ,;/-]{1,3}\(?$")
_PERSON_AFTER = re.compile(rf"\)?[ ,;/-]{{1,3}}(?:bsn[ :]{{1,2}})?(?:{_PERSON})(?!\w)")
# Our own placeholder is the date that was said: what comes later is another one. Somebody may shout the same word.
_PLACEHOLDER = rf"(?-i:{REPLACEMENTS['DATE_OF_BIRTH']})"


def find_births(text: str) -> Iterator[Span]:
    """Yield every date of birth in a folded text."""
    for match in date_pattern().finditer(text):
        if not is_possible_date(match):
            continue
        # A window, not the whole text: the work for each date stays the same however long the text is.
        window = text[max(0, match.start() - _BEFORE) : match.start()]
        # "ik word op 30 november 67" ends with an age, not a year.
        age = _TURNING.search(window) and _AGE.search(match.group())
        is_said = age or _said_before().search(window) or _is_said_after(text, match)
        if is_said or _is_beside_person(text, match, window) or _is_long_ago(text, match, window):
            yield Span(match.start(), match.end() - (len(age.group()) if age else 0), "DATE_OF_BIRTH")
    for match in _half_dates().finditer(text):
        group = match.lastgroup or ""
        yield Span(match.start(group), match.end(group), "DATE_OF_BIRTH")


@cache
def _born() -> str:
    """Return a regular expression for the words that call a date one of birth, however misspelled."""
    words = load_words().dates
    stems = "|".join(sorted(words.born_stems, key=len, reverse=True))
    return rf"(?:{any_of(words.born)}|(?<!\w)(?:{stems})[^\W\d]*)"


@cache
def _said_before() -> re.Pattern[str]:
    words = load_words().dates
    origin, other = any_of(words.origin), _other()
    # Up to six words between, in the same sentence, none of which says that the date is of something else.
    gap = r"[ \n:,=('\"-]"
    word = r"(?:(?:19|20)\d\d,?|[^\s\d.!?;\x00]{1,20}|\d{1,2}:|[^\W\d]{1,3}\.(?:[^\W\d]\.?)?)"
    between = rf"(?:(?<=geb|dat|dob|o\.b)\.|[:?])?(?:{gap}{{1,3}}(?!{other}|{_PLACEHOLDER}){word}){{0,6}}{gap}{{0,3}}"
    cues = (
        rf"(?!{_PLACEHOLDER}){_born()}{between}",
        rf"{_PLACEHOLDER}(?:[ :]{{1,3}}(?:IS[ ])?|,?[ ](?:en|and|&)[ ](?:op[ ])?)",
        rf"{any_of(words.born_at)}[ :]{{1,3}}(?:(?:is|op|datum)[ :]{{1,2}})?",
        rf"(?:{any_of(load_words().names.kin)}[ ]is[ ]van|{origin})[ ]{{1,2}}(?:de[ ])?",
        r"(?<!\w)(?:wordt?|werd)[ ](?:(?:ik|hij|zij|ze)[ ])?\d{1,3}[ ](?:jaar[ ])?(?:op[ ])?",  # "ik word 67 op"
        r"(?<![\w*])[*°][ ]?",
    )
    return re.compile(rf"(?:{'|'.join(cues)})$", re.IGNORECASE)


@cache
def _said_after() -> re.Pattern[str]:
    turning = (
        r"(?<!\w)(?:(?:wordt?|werd)[ ](?:\w{1,15}[ ]){1,2}\d{1,3}(?!\d)"
        r"|(?:ben|is)[ ](?:\w{1,15}[ ]){1,2}\d{1,3}[ ](?:jaar[ ])?geworden)"
    )
    other = _other()
    few = rf"(?:(?!{other})[^\W\d]{{1,15}},?[ ]){{0,6}}?"
    return re.compile(rf"\)?[ ,]{{1,2}}(?:{few}(?!{_PLACEHOLDER}){_born()}|{turning})", re.IGNORECASE)


def _is_said_after(text: str, match: re.Match[str]) -> bool:
    """Tell whether "… is mijn geboortedatum" follows, and not "… en ik ben geboren op" another date."""
    said = _said_after().match(text, match.end(), match.end() + _AFTER)
    if not said:
        return False
    another = rf"[.:]?[ ]{{0,2}}(?:op|on|in|:|is)?[ ]{{0,2}}(?:de[ ])?(?:\d|\x00|{_PLACEHOLDER}|\w+ \d)"
    return re.match(another, text[said.end() : said.end() + 30]) is None


@cache
def _half_dates() -> re.Pattern[str]:
    """Return a pattern for half a date: "geboren in maart 1958", "in maart 1958 geboren", "mijn verjaardag is 12/3"."""
    month = rf"{month_pattern()}[ ](?:19|20)\d\d"
    before = rf"{_born()}[ :]{{1,3}}(?:(?:is|in)[ ])?"
    day = r"(?:[0-2]?[1-9]|[123]0|31)[-/](?:0?[1-9]|1[0-2])(?![\w/-])"
    birthday = any_of(load_words().dates.birthday)
    return re.compile(
        rf"(?:{before}(?P<after>{month})(?!\w)|(?P<before>{month})[ ]{_born()}"
        rf"|{birthday}[ :]{{1,3}}(?:(?:is|op|on)[ ]){{0,2}}(?P<birthday>{day})"
        rf"|(?<![\w/-])(?P<day>{day})[ ](?:(?:ben|is)[ ]\w{{1,15}}[ ])?{birthday})",
        re.IGNORECASE,
    )


def _is_beside_person(text: str, match: re.Match[str], window: str) -> bool:
    """Tell whether a date in digits, long enough ago, stands beside a person or by itself."""
    year = read_year(match.group())
    if year is None or year > _OLD_ENOUGH or not any(map(str.isdigit, match.group()[:2])):
        return False
    is_alone = bool(_YEAR.search(match.group()) or "-" in match.group()) and not (
        text[: match.start()] + text[match.end() :]
    ).strip(" .\n")
    return bool(
        is_alone or _person_before().search(window) or _PERSON_AFTER.match(text, match.end()) or _is_name_before(window)
    )


def _is_name_before(window: str) -> bool:
    """Tell whether a name stands at once before the date, known or with a capital ("aslan, 12-03-1958")."""
    found = _WORD_BEFORE.search(window)
    if not found:
        return False
    word = Token(0, len(found.group(1)), found.group(1), "")
    return is_known(word.lower) or (word.text.istitle() and can_be_name(word) and not is_small_word(word.lower))


@cache
def _person_before() -> re.Pattern[str]:
    names = load_words().names
    titled = rf"{any_of(names.titles)}\.?(?:[ ][^\s\d.!?]{{1,20}}){{0,4}}"
    known = rf"{any_of((*names.kin, *names.customers))}(?:[ ]van)?"
    return re.compile(rf"(?:(?<!\w)(?-i:{_PERSON})|{titled}|{known})[ ,;/-]{{1,3}}\(?$", re.IGNORECASE)


def _is_long_ago(text: str, match: re.Match[str], window: str) -> bool:
    """Tell whether a full date is so long ago that it can hardly be another one, and nothing says that it is."""
    year = _YEAR.search(match.group())
    if not year or int(year.group()) > _LONG_AGO:
        return False
    return not _event().search(window) and not _event().search(text, match.end(), match.end() + _AFTER)


@cache
def _event() -> re.Pattern[str]:
    return re.compile(any_of(load_words().dates.events), re.IGNORECASE)


@cache
def _other() -> str:
    """Return a regular expression for the words that say a date is of something else."""
    words = load_words().dates
    return any_of((*words.other, *words.events))
