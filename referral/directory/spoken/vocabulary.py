"""The words of hours as one pattern, and what each of its groups means. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from referral.directory.spoken.tokens import Clock, Kind, Token
from referral.directory.spoken.words import HourWords


class Vocabulary:
    """`pattern` matches the next token of a folded text; its outermost group says which kind it is."""

    def __init__(self, words: HourWords) -> None:
        self.words = words
        self.days = _invert(words.days)
        self.months = _invert(words.months)
        self.parts = {form: limit for limit, forms in words.parts.items() for form in forms}
        self.meanings = {
            "ordinal": (
                Kind.ORDINAL,
                {form: str(number) for number, forms in words.ordinals.items() for form in forms},
            ),
            "weeks": (Kind.WEEKS, _invert(words.weeks)),
            "holiday": (Kind.HOLIDAY, _invert(words.holidays)),
            "school": (Kind.SCHOOL_HOLIDAY, _invert(words.school_holidays)),
            "month": (Kind.MONTHS, self.months),
        }
        self.plain = {
            "appointment": (Kind.APPOINTMENT, words.appointment),
            "walk_in": (Kind.WALK_IN, words.walk_in),
            "always": (Kind.ALWAYS, words.always),
            "until": (Kind.UNTIL, words.until),
            "closed": (Kind.CLOSED, words.closed),
            "except": (Kind.EXCEPT, words.except_),
            "also": (Kind.ALSO, words.also),
            "and": (Kind.AND, words.and_),
            "silent": (Kind.SILENT, words.silent),
            "silent_sign": (Kind.SILENT, ()),
        }
        self.pattern = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in self._list_patterns()))

    def _list_patterns(self) -> Iterator[tuple[str, str]]:
        part = rf"(?:'?s\s+)?(?:{_any_of(self.parts)})(?!\w)"
        plain = {name: _word_or_sign(forms) for name, (_, forms) in self.plain.items() if forms}
        yield "appointment", plain["appointment"]
        yield "walk_in", plain["walk_in"]
        yield "always", plain["always"]
        month = _any_of(self.months)
        yield (
            "date",
            rf"(?<!\w)(?P<date_day>\d{{1,2}})\s+(?P<date_month>{month})(?!\w)\.?(?:\s+(?P<date_year>20\d\d)(?!\d))?",
        )
        yield "digits", r"(?<!\d)(?P<day>\d{1,2})[-/.](?P<number>\d{1,2})[-/.](?P<year>20\d\d)(?!\d)"
        yield "times", self._make_times(part)
        yield "days", rf"(?<!\w)(?P<name>{_any_of(self.days)})(?:(?:[-\s]?(?P<day_part>{part}))|(?!\w))\.?"
        for name, (_, forms) in self.meanings.items():
            yield name, _word(forms) + (r"\.?" if name == "month" else "")
        yield "part", rf"(?<!\w){part}"
        for name in ("closed", "except", "also", "until", "and", "silent"):
            yield name, plain[name]
        yield "comma", ","
        yield "break", r"[;.|\n)]"
        yield "silent_sign", r"[\s(:*•]+"
        yield "unknown", r"[\w@'][\w@'./+-]*(?<![.])|\S"

    def _make_times(self, part: str) -> str:
        words = self.words
        number = rf"(?:{_any_of(words.numbers)}|1?\d|2[0-4])"
        shift = _any_of((*words.half, *words.quarter_past, *words.quarter_to))

        def clock(which: str) -> str:
            return (
                rf"(?:(?P<{which}_shift>{shift})\s+(?P<{which}_word>{number})"
                rf"|(?P<{which}_hour>[01]?\d|2[0-4])\s?[:.uh]\s?(?P<{which}_minute>[0-5]\d)"
                rf"|(?P<{which}_four>[01]\d[0-5]\d|2[0-4][0-5]\d)|(?P<{which}_bare>0?\d|{number}))(?![\d]|[.:]\d)"
                rf"(?:\s*(?:{_any_of(words.o_clock)})(?!\w))?(?:\s+(?P<{which}_part>{part}))?(?!\w)"
            )

        until = rf"\s*(?:{_any_of(words.until)})\s*"
        between = rf"(?:{_any_of(words.from_)})\s+"
        joined = rf"\s+(?:{_any_of(words.between)})\s+"
        return rf"(?<![\w])(?P<between>{between})?{clock('a')}(?(between)(?:{until}|{joined})|{until}){clock('b')}"

    def make_token(self, match: re.Match[str], text: str) -> Token:
        group = match.lastgroup or ""  # the outermost: it closes last
        if group in self.meanings:
            kind, meanings = self.meanings[group]
            return Token(kind, text, _look_up(meanings, match[group]))
        if group in self.plain:
            return Token(self.plain[group][0], text)
        readers = {
            "date": self._read_date,
            "digits": self._read_digits,
            "times": self._read_times,
            "days": self._read_days,
            "part": self._read_part_alone,
        }
        return readers[group](match, text) if group in readers else Token(Kind[group.upper()], text)

    def _read_days(self, match: re.Match[str], text: str) -> Token:
        return Token(Kind.DAYS, text, _look_up(self.days, match["name"]), self._read_part(match["day_part"]))

    def _read_part_alone(self, match: re.Match[str], text: str) -> Token:
        return Token(Kind.PART, text, part=self._read_part(match["part"]))

    def _read_times(self, match: re.Match[str], text: str) -> Token:
        part = self._read_part(match["b_part"] or match["a_part"])
        return Token(Kind.TIMES, text, part=part, times=(self._read_clock(match, "a"), self._read_clock(match, "b")))

    def _read_date(self, match: re.Match[str], text: str) -> Token:
        year = f"{match['date_year']} " if match["date_year"] else ""
        return Token(Kind.MONTHS, text, f"{year}{self.months[match['date_month']]} {int(match['date_day']):02}")

    def _read_digits(self, match: re.Match[str], text: str) -> Token:
        month = list(self.words.months)[int(match["number"]) - 1 : int(match["number"])]
        if not month:
            return Token(Kind.UNKNOWN, text)
        return Token(Kind.MONTHS, text, f"{match['year']} {month[0]} {int(match['day']):02}")

    def _read_part(self, said: str | None) -> int | None:
        return self.parts[said.split()[-1]] if said else None

    def _read_clock(self, match: re.Match[str], which: str) -> Clock:
        if shift := match[f"{which}_shift"]:
            hour = self._read_number(match[f"{which}_word"])
            minutes = 30 if shift in self.words.half else 15 if shift in self.words.quarter_to else -15
            return Clock(hour * 60 - minutes, is_short=hour <= 12)
        if hour_said := match[f"{which}_hour"]:
            return Clock(int(hour_said) * 60 + int(match[f"{which}_minute"]), is_short=len(hour_said) == 1)
        if four := match[f"{which}_four"]:
            return Clock(int(four[:2]) * 60 + int(four[2:]))
        bare = match[f"{which}_bare"]
        hour = self._read_number(bare)
        return Clock(hour * 60, is_short=not bare.startswith("0") and hour < 12)

    def _read_number(self, said: str) -> int:
        return int(said) if said.isdigit() else self.words.numbers[said]


@lru_cache(maxsize=8)
def get_vocabulary(words: HourWords) -> Vocabulary:
    """Return the pattern of these words, made once."""
    return Vocabulary(words)


def _any_of(forms: Iterable[str]) -> str:
    """Return a pattern for whole words, the longest first; "t/m" and "m.u.v." as they are."""
    return "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in sorted(forms, key=len, reverse=True))


def _word(forms: Iterable[str]) -> str:
    return rf"(?<!\w)(?:{_any_of(forms)})(?!\w)"


def _word_or_sign(forms: Iterable[str]) -> str:
    """Return a pattern for words and for signs such as "+", which need no space around them."""
    forms = tuple(forms)
    words = [form for form in forms if form[0].isalnum() or form[0] == "'"]
    signs = [form for form in forms if form not in words]
    return "|".join(filter(None, (_word(words) if words else "", _any_of(signs))))


def _invert(forms: Mapping[Any, tuple[str, ...]]) -> dict[str, str]:
    return {form: meaning for meaning, many in forms.items() for form in many}


def _look_up(meanings: dict[str, str], said: str) -> str:
    return meanings[" ".join(said.rstrip(".").split())]
