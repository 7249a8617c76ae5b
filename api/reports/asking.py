"""What the parts of a report are made with, and what each is: words, rows, and what a picture of it is drawn from."""

from dataclasses import dataclass
from functools import lru_cache

from babel.numbers import format_decimal, format_percent

from referral.reports.filters import Filters
from referral.reports.labels import Labels
from referral.reports.service import Reporter

LOCALE = "nl"
NO_NUMBER = "–"


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing that is drawn: its name, its number (hidden: `None`), how people write it, and the number beside it.

    In a flow `start` is where people came from, `name` where they went and `part` what came of it.
    """

    name: str
    count: int | None
    label: str
    against: int | None = None
    part: str = ""
    start: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """`rows` are texts, the first of each names it; `total` is one more. `picture` says how `marks` are drawn."""

    id: str
    title: str
    summary: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Asking:
    """What a block is made with; `against` are the filters that it stands beside."""

    reporter: Reporter
    labels: Labels
    filters: Filters
    against: Filters | None = None

    def phrase(self, key: str, **values: object) -> str:
        return self.labels.words.sentences[key].format(**values)


def say_count(count: int | None, asking: Asking) -> str:
    """Return a number as people in the Netherlands write it; of a hidden one that it is small."""
    return asking.phrase("few") if count is None else _say_number(count)


@lru_cache(maxsize=4096)
def _say_number(number: int) -> str:
    return str(format_decimal(number, locale=LOCALE))


def say_share(share: float) -> str:
    return str(format_percent(share, "0.#%", locale=LOCALE))
