"""Reads opening hours as people write them: "di en do 10-12, niet in de kerstvakantie". Pure.

What is not understood is said, never guessed: then there are no hours, and the words that were not understood are
given back. The result is the OSM notation of `directory.notation`. Hours of one day that follow each other are added up
("ma t/m vr 9-12, do 13-17"), hours that overlap replace what was said before ("ma t/m vr 9-17, do 9-20").
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from referral.directory.notation import MAX_LENGTH, read_notation
from referral.directory.spoken.phrases import WEEK, Item, Misread, MisreadError, MisreadReason, Phrase, make_phrases
from referral.directory.spoken.times import Spans, read_spans
from referral.directory.spoken.tokenizer import tokenize
from referral.directory.spoken.tokens import Kind
from referral.directory.spoken.week import Closing, Rule, write_rules
from referral.directory.spoken.words import HourWords
from referral.errors import InvalidContent

__all__ = ["Misread", "MisreadReason", "SpokenHours", "read_spoken_hours"]

_WHOLE_DAY: Spans = ((0, 24 * 60),)


@dataclass(frozen=True, slots=True)
class SpokenHours:
    """What was understood; with a `misread`, nothing of it holds.

    `opening_hours` is OSM notation, none where only "op afspraak" was said. `closed_in` are school holidays by their
    name in `data/school_holidays.yml`: the notation has a word for all of them only.
    """

    opening_hours: str | None = None
    by_appointment: bool = False
    closed_in: tuple[str, ...] = ()
    misread: Misread | None = None


@lru_cache(maxsize=4096)
def read_spoken_hours(text: str, words: HourWords) -> SpokenHours:
    """Return the hours that a text says; OSM notation is taken as it is. Never raises."""
    text = text.strip()
    if _is_notation(text):
        return SpokenHours(text)
    if not text or len(text) > MAX_LENGTH:
        return SpokenHours(misread=Misread(text[:MAX_LENGTH], MisreadReason.UNKNOWN_WORDS))
    try:
        tokens = tokenize(text, words)
        reading = _Reading(has_walk_in=any(token.kind is Kind.WALK_IN for token in tokens))
        reading.read(list(make_phrases(tokens)))
        return reading.finish(text)
    except MisreadError as error:
        return SpokenHours(misread=error.misread)


def _is_notation(text: str) -> bool:
    """Whether it is OSM notation that says for which days it holds."""
    try:
        notation = read_notation(text)
    except InvalidContent:
        return False
    bare = text.partition('"')[0]
    return notation.says_nothing or notation.is_always or any(day in bare for day in (*WEEK, "PH", "SH"))


@dataclass(slots=True)
class _Reading:
    """One pass over the phrases: `waiting` says when, and its times have not come yet."""

    has_walk_in: bool
    rules: list[Rule] = field(default_factory=list)
    first_of_last: int = 0
    closings: list[Closing] = field(default_factory=list)
    closed_in: list[str] = field(default_factory=list)
    waiting: Phrase | None = None
    limits: list[Item] = field(default_factory=list)
    is_appointment_next: bool = False
    by_appointment: bool = False

    def read(self, phrases: Sequence[Phrase]) -> None:
        rest = list(phrases)
        while rest:
            phrase = rest.pop(0)
            match phrase.kind:
                case Kind.DAYS:
                    self._wait(phrase)
                case Kind.TIMES:
                    self._take_times(phrase, rest)
                case Kind.APPOINTMENT:
                    self._take_appointment(phrase, rest)
                case _:
                    self._take_closing(phrase, rest)
        self._wait(None)

    def finish(self, text: str) -> SpokenHours:
        by_appointment = self.by_appointment or (bool(self.rules) and all(rule.by_appointment for rule in self.rules))
        opening_hours = write_rules(self.rules, self.closings, mark_appointments=not by_appointment)
        if not opening_hours and not by_appointment and not self.closed_in:
            raise MisreadError(text, MisreadReason.NO_TIMES)
        if opening_hours:
            try:
                read_notation(opening_hours)
            except InvalidContent as error:  # 30 February, or more rules than a string can hold
                raise MisreadError(text, MisreadReason.UNKNOWN_WORDS) from error
        return SpokenHours(opening_hours or None, by_appointment, tuple(dict.fromkeys(self.closed_in)))

    def _wait(self, phrase: Phrase | None) -> None:
        """Let a phrase wait for its times; months that waited in vain narrow the rules before or after them."""
        waiting, self.waiting = self.waiting, phrase
        if waiting is None:
            return
        if not waiting.has_only(Kind.MONTHS, Kind.WEEKS):
            raise MisreadError(waiting.text, MisreadReason.NO_TIMES)
        if waiting.before is Kind.BREAK or not self.rules:
            self.limits = waiting.items
            if phrase is None:
                raise MisreadError(waiting.text, MisreadReason.NO_TIMES)
        else:
            self._change_last(lambda rule: rule.narrow(waiting.items))

    def _take_times(self, phrase: Phrase, rest: list[Phrase]) -> None:
        what, self.waiting = self.waiting, None
        if what is None and rest and rest[0].kind is Kind.DAYS and rest[0].before is not Kind.BREAK:
            what = rest.pop(0)  # "10-12 op dinsdag"
        self._add_rule(what, phrase)

    def _add_rule(self, what: Phrase | None, times: Phrase) -> None:
        always = any(token.kind is Kind.ALWAYS for token in times.times)
        items = what.items if what else []
        days = [item for item in items if item.kind in (Kind.DAYS, Kind.HOLIDAY)]
        if not days and always and not items:
            days = [Item(Kind.DAYS, times.text, days=WEEK)]
        if not days:
            raise MisreadError(times.text, MisreadReason.NO_DAYS)
        if any(item.kind is Kind.SCHOOL_HOLIDAY or item.value == "SH" for item in items):
            raise MisreadError(f"{what.text if what else ''} {times.text}".strip(), MisreadReason.UNKNOWN_WORDS)
        part = next((item.part for item in reversed(days) if item.part is not None), None)
        spans = _WHOLE_DAY if always else read_spans(times.times, part)
        limits = [item for item in items if item.kind in (Kind.MONTHS, Kind.WEEKS)] or self.limits
        self._add(Rule.make(days, spans, limits, by_appointment=self.is_appointment_next))
        self.is_appointment_next = False

    def _take_closing(self, phrase: Phrase, rest: list[Phrase]) -> None:
        """Read "closed" and "except" with what they speak of, which stands before or behind them."""
        follows = bool(rest) and rest[0].kind is Kind.DAYS and rest[0].before is None
        if phrase.kind is Kind.CLOSED and self.waiting:
            self._close(self.waiting)
            self.waiting = None
        elif follows:
            self._close(self._pick_object(rest))
        elif self.waiting:
            self._close(self.waiting)
            self.waiting = None
        else:
            raise MisreadError(phrase.text, MisreadReason.NO_DAYS)

    def _pick_object(self, rest: list[Phrase]) -> Phrase:
        """Return of "niet op ma, di 9-12" the Monday; the rest belongs to the times that follow."""
        phrase = rest.pop(0)
        if not rest or rest[0].kind not in (Kind.TIMES, Kind.CLOSED) or rest[0].before is Kind.BREAK:
            return phrase
        if self.waiting and rest[0].kind is Kind.TIMES:
            return phrase
        parts = phrase.split_last()
        if parts is None:
            if rest[0].kind is Kind.CLOSED:
                return phrase
            raise MisreadError(f"{phrase.text} {rest[0].text}", MisreadReason.UNKNOWN_WORDS)
        rest.insert(0, parts[1])
        return parts[0]

    def _close(self, phrase: Phrase) -> None:
        for group in phrase.groups:
            named = [item.value for item in group if item.kind is Kind.SCHOOL_HOLIDAY]
            self.closed_in += named
            items = [item for item in group if item.kind is not Kind.SCHOOL_HOLIDAY]
            if items:
                self.closings.append(Closing.make(items))

    def _take_appointment(self, phrase: Phrase, rest: Sequence[Phrase]) -> None:
        follows = bool(rest) and rest[0].kind in (Kind.DAYS, Kind.TIMES) and rest[0].before is None
        if self.waiting and follows:
            self.is_appointment_next = True  # "ma op afspraak 9-12"
        elif self.waiting and not self.waiting.has_only(Kind.MONTHS, Kind.WEEKS):
            self._add_appointment_only(self.waiting)
            self.waiting = None
        elif self.rules and phrase.before is None:
            self._change_last(Rule.mark)
        elif follows and (self.rules or self.has_walk_in):
            self.is_appointment_next = True
        else:
            self.by_appointment = True

    def _add_appointment_only(self, what: Phrase) -> None:
        days = [item for item in what.items if item.kind is Kind.DAYS]
        if len(days) != len(what.items):
            raise MisreadError(what.text, MisreadReason.NO_TIMES)
        self._add(Rule.make(days, (), (), by_appointment=True))

    def _add(self, rules: Sequence[Rule]) -> None:
        self.first_of_last = len(self.rules)
        self.rules += rules

    def _change_last(self, change: Callable[[Rule], Rule]) -> None:
        """Change the rules that one statement made."""
        self.rules[self.first_of_last :] = [change(rule) for rule in self.rules[self.first_of_last :]]
