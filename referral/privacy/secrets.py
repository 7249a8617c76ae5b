"""Finds passwords and codes that somebody says: "mijn wachtwoord is Welkom123", "pincode 1234", "sms code 123456"."""

import re
from collections.abc import Iterator
from functools import cache

from referral.privacy.spans import Span
from referral.privacy.words import any_of, load_words

_VALUE = re.compile(r"[\"'(]?([^\s\"'\x00]{1,60})")
_MIXED = re.compile(r"[^\W\d]\d|\d[^\W\d]")
_GROUPS = re.compile(r"(?=[A-Z]{0,3}\d)[A-Z\d]{2,4}(?:[ -](?=[A-Z]{0,3}\d)[A-Z\d]{2,4}){1,4}(?![\w-])")
_WORD = re.compile(r"[ ]{1,2}([^\W\d_]+|%)")
_LAST_WORD = re.compile(r"([^\W_]+)[\W]{0,2}$")
_SYMBOL = re.compile(r"[#$%&*@^_+=~!?][^\s]|\w[A-Z]|[a-z]\d|\d[a-z]", re.ASCII)
_CODE_SIGNS = str.maketrans("", "", "-#*")


@cache
def _cues() -> re.Pattern[str]:
    """`code`, `password` or `bare`, then (`joined`) some words and "is" or ":", or at once the value."""
    words = load_words().secrets
    between = rf"(?:[ ]{{1,2}}{any_of(words.between)}){{0,5}}?"
    join = rf"(?:(?P<colon>[:=])|{any_of(words.joins)})(?:[ ]{any_of(words.still)})?:?"
    joined = rf"(?P<joined>{between}\s{{0,2}}{join}\s{{1,2}}|[:=])"
    direct = rf"(?:[ ]{{1,2}}{any_of(words.between)}){{0,5}}(?:[ ]{{0,2}}[(,-]?[ ]{{1,2}}|[ ]\()"
    return re.compile(
        rf"(?:(?P<code>{any_of(words.codes)})|(?P<password>{any_of(words.passwords)})|(?P<bare>{any_of(words.bare)})"
        rf"|(?P<short>{any_of(words.short)}))"
        rf"(?:{joined}|{direct})(?=[\"'(]?[^\s\x00])",
        re.IGNORECASE,
    )


@cache
def _said_after() -> re.Pattern[str]:
    """Return a pattern for "Welkom01 is mijn wachtwoord" and "4821 als pincode"."""
    words = load_words().secrets
    secret = any_of((*words.passwords, "pincode", "pin"))
    return re.compile(
        rf"(?<![^\s\"'(])([^\s\"'(),\x00]{{4,40}})[\"')]?[ ](?:(?:is|was|als)[ ])(?:\w{{2,10}}[ ]){{0,2}}?{secret}",
        re.IGNORECASE,
    )


def find_secrets(text: str) -> Iterator[Span]:
    """Yield every password or code in a folded text; some may overlap."""
    for cue in _cues().finditer(text):
        if cue["bare"] and _word_before(text, cue.start()) in load_words().secrets.not_before:
            continue
        if span := _read_value(text, cue):
            yield span
    for match in _said_after().finditer(text):
        value = match.group(1)
        if (_MIXED.search(value) and len(value) >= 5) or (value.isdigit() and len(value) >= 4):
            yield Span(match.start(1), match.end(1), "PASSWORD")


def _read_value(text: str, cue: re.Match[str]) -> Span | None:
    if groups := _GROUPS.match(text, cue.end()):
        size = len(re.sub("[ -]", "", groups.group()))
        if 4 <= size <= 16 and not cue["bare"]:
            return Span(groups.start(), groups.end(), "PASSWORD")
    found = _VALUE.match(text, cue.end())
    if not found:
        return None
    value = found.group(1).rstrip(".,;:?)")
    end = found.start(1) + len(value)
    if cue["short"]:
        is_secret = bool(_MIXED.search(value)) and len(value) >= (4 if cue["joined"] else 6)
    elif cue["password"]:
        is_secret = _is_password(value, cue, text[end : end + 2])
    else:
        is_secret = _is_code(value, cue)
    if not is_secret or _is_amount(text, end):
        return None
    return Span(found.start(1), end, "PASSWORD")


def _is_code(value: str, cue: re.Match[str]) -> bool:
    """Tell whether `value` looks like a code: it has a digit, or is told and all capitals."""
    if value.isdigit() and len(value) == 3 and (cue["code"] or "").lower().startswith("cv"):
        return True
    if len(value) < 4 or not value.translate(_CODE_SIGNS).isalnum():
        return False
    if cue["bare"] and not cue["joined"]:
        # "code 4040 op de automaat" is printed on a sign; one that was sent has five digits or more, or an owner.
        said = (*cue["bare"].lower().split(), _word_before(cue.string, cue.start()))
        owned = any(word in load_words().secrets.owners for word in said)
        return any(map(str.isdigit, value)) and (owned or len(value) >= 5)
    return any(map(str.isdigit, value)) or bool(cue["joined"] and value.isupper() and len(value) >= 6)


def _is_password(value: str, cue: re.Match[str], rest: str) -> bool:
    """Tell whether `value` is a password and not a word about one ("is vergeten")."""
    bare = value.rstrip("!")
    if len(bare) < 3 or _is_about(bare):
        return False
    if any(map(str.isdigit, bare)):
        return len(bare) >= 4
    if not cue["joined"]:
        return False
    if cue["colon"] or _SYMBOL.search(bare) or _is_quoted(cue):
        return True
    return bare[0].isupper() or not rest.strip(".,;)!? ")


def _is_quoted(cue: re.Match[str]) -> bool:
    """Tell whether a quotation mark follows the cue."""
    return cue.string[cue.end() : cue.end() + 1] in {'"', "'"}


def _is_about(word: str) -> bool:
    words = load_words()
    lower = word.lower()
    return lower in words.secrets.states or lower in words.names.never or lower in words.names.organisations


def _is_amount(text: str, end: int) -> bool:
    following = _WORD.match(text, end)
    return bool(following and following.group(1).lower() in load_words().streets.units)


def _word_before(text: str, at: int) -> str:
    found = _LAST_WORD.search(text, max(0, at - 30), at)
    return found.group(1).lower() if found else ""
