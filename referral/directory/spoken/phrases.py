"""Groups the tokens of hours into phrases: which days, which times, "closed", "except", "by appointment". Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from referral.directory.spoken.tokens import Kind, Token

WEEK = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
SEPARATORS = (Kind.AND, Kind.COMMA, Kind.BREAK)
_WHAT = frozenset({Kind.DAYS, Kind.MONTHS, Kind.WEEKS, Kind.HOLIDAY, Kind.SCHOOL_HOLIDAY, Kind.ORDINAL})
_TIMES = frozenset({Kind.TIMES, Kind.ALWAYS})
_ALONE = frozenset({Kind.CLOSED, Kind.EXCEPT, Kind.APPOINTMENT})


class MisreadReason(StrEnum):
    """Why hours were not understood; `unsure_time`: one of which two are possible ("dinsdag 1 tot 3")."""

    UNKNOWN_WORDS = "unknown_words"
    NO_TIMES = "no_times"
    NO_DAYS = "no_days"
    UNSURE_TIME = "unsure_time"


@dataclass(frozen=True, slots=True)
class Misread:
    """The words as they were written, and why they say nothing to us."""

    words: str
    reason: MisreadReason


class MisreadError(Exception):
    """Carries what was not understood; stays within the reading of hours."""

    def __init__(self, words: str, reason: MisreadReason) -> None:
        super().__init__(reason)
        self.misread = Misread(words, reason)


@dataclass(frozen=True, slots=True)
class Item:
    """A day or range of days, months or a date, weeks, or a holiday. `ordinals` are those of the month, -1 the last."""

    kind: Kind
    text: str
    value: str = ""
    days: tuple[str, ...] = ()
    ordinals: tuple[int, ...] = ()
    part: int | None = None


@dataclass(slots=True)
class Phrase:
    """Neighbours of one sort: `what` in groups parted by "en" or a comma (in `commas`: the groups a comma begins)."""

    kind: Kind
    before: Kind | None
    groups: list[list[Item]] = field(default_factory=list)
    commas: set[int] = field(default_factory=set)
    times: list[Token] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    @property
    def items(self) -> list[Item]:
        return [item for group in self.groups for item in group]

    @property
    def text(self) -> str:
        return " ".join(self.texts)

    def has_only(self, *kinds: Kind) -> bool:
        return all(item.kind in kinds for item in self.items)

    def split_last(self) -> tuple["Phrase", "Phrase"] | None:
        """Return what stands before the last comma and what stands behind it; None without a comma."""
        if not self.commas:
            return None
        cut = max(self.commas)
        head = Phrase(self.kind, self.before, self.groups[:cut], {n for n in self.commas if n < cut})
        tail = Phrase(self.kind, Kind.COMMA, self.groups[cut:])
        for one in (head, tail):
            one.texts = [item.text for item in one.items]
        return head, tail


def make_phrases(tokens: Sequence[Token]) -> Iterator[Phrase]:
    """Yield the phrases in order, `kind` DAYS for all that says when, TIMES, CLOSED, EXCEPT or APPOINTMENT.

    Raises `MisreadError` at the first words that have no place.
    """
    phrase: Phrase | None = None
    separator: Kind | None = None
    for token in _join_ranges(tokens):
        if isinstance(token, Token) and token.kind in SEPARATORS:
            separator = token.kind if separator is None else max(separator, token.kind, key=SEPARATORS.index)
            continue
        kind = Kind.DAYS if isinstance(token, Item) else Kind.TIMES if token.kind in _TIMES else token.kind
        if phrase is None or not _goes_on(phrase, kind, separator):
            if phrase:
                yield phrase
            phrase = Phrase(kind, separator)
        _add(phrase, token, separator)
        separator = None
    if phrase:
        yield phrase


def _goes_on(phrase: Phrase, kind: Kind, separator: Kind | None) -> bool:
    return kind is phrase.kind and (kind is Kind.TIMES or (kind is Kind.DAYS and separator is not Kind.BREAK))


def _add(phrase: Phrase, token: Token | Item, separator: Kind | None) -> None:
    phrase.texts.append(token.text)
    if isinstance(token, Token):
        if token.kind in _TIMES:
            phrase.times.append(token)
    elif separator is None and phrase.groups:
        phrase.groups[-1].append(token)
    else:
        if separator is Kind.COMMA and phrase.groups:
            phrase.commas.add(len(phrase.groups))
        phrase.groups.append([token])


def _join_ranges(tokens: Sequence[Token]) -> Iterator[Token | Item]:
    """Make items of days with their ordinals, and of ranges; give "'s middags" to its times."""
    rest = list(tokens)
    ordinals: list[Token] = []
    while rest:
        token = rest.pop(0)
        follower = rest[0] if rest else None
        if token.kind is Kind.ORDINAL:
            ordinals.append(token)
            rest = _skip_separators(rest, token)
        elif token.kind in _WHAT:
            end = _find_end(token, rest)
            if end:
                del rest[:2]
            yield _make_item(token, end, ordinals)
            ordinals = []
        elif token.kind is Kind.PART and follower and follower.kind is Kind.TIMES and follower.part is None:
            rest[0] = Token(Kind.TIMES, follower.text, part=token.part, times=follower.times)
        elif token.kind is Kind.ALSO and (follower is None or follower.kind is Kind.HOLIDAY):
            if follower is None or follower.value == "PH":
                raise MisreadError(token.text, MisreadReason.UNKNOWN_WORDS)
            del rest[0]  # "ook in de schoolvakanties": nothing is different then
        elif token.kind in SEPARATORS or token.kind in _TIMES or token.kind in _ALONE:
            yield token
        elif token.kind not in (Kind.ALSO, Kind.WALK_IN) and token.text != "-":
            raise MisreadError(token.text, MisreadReason.UNKNOWN_WORDS)


def _skip_separators(rest: list[Token], ordinal: Token) -> list[Token]:
    """Return what follows "1e" in "1e en 3e dinsdag"; it must come to a day."""
    following = [token for token in rest if token.kind not in (Kind.AND, Kind.COMMA)]
    if not following or following[0].kind not in (Kind.ORDINAL, Kind.DAYS):
        raise MisreadError(ordinal.text, MisreadReason.UNKNOWN_WORDS)
    return rest[rest.index(following[0]) :]


def _find_end(token: Token, rest: Sequence[Token]) -> Token | None:
    if len(rest) > 1 and rest[0].kind is Kind.UNTIL and rest[1].kind is token.kind in (Kind.DAYS, Kind.MONTHS):
        return rest[1]
    return None


def _make_item(token: Token, end: Token | None, ordinals: Sequence[Token]) -> Item:
    text = f"{token.text} {end.text}" if end else token.text
    if token.kind is not Kind.DAYS:
        return Item(token.kind, text, f"{token.value}-{end.value}" if end else token.value)
    days = _expand(f"{token.value}-{end.value}" if end else token.value)
    if ordinals and len(days) > 1:
        raise MisreadError(" ".join([*(one.text for one in ordinals), text]), MisreadReason.UNKNOWN_WORDS)
    part = end.part if end and end.part is not None else token.part
    return Item(token.kind, text, days=days, ordinals=tuple(int(one.value) for one in ordinals), part=part)


def _expand(days: str) -> tuple[str, ...]:
    """Return the days of "Tu" or "Sa-Mo", the first to the last."""
    ends = days.split("-")
    first, last = WEEK.index(ends[0]), WEEK.index(ends[-1])
    return tuple(WEEK[(first + step) % 7] for step in range((last - first) % 7 + 1))
