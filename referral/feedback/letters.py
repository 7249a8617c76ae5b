"""The letter of the week to a partner; its words are in `data/letters/`. Never a word of a citizen."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from babel.dates import format_date
from pydantic import BaseModel, ConfigDict

from referral.catalogue.service import Catalogue
from referral.content import parse, read_yaml
from referral.feedback.digests import DueDigest, OpenReferral
from referral.models.referral import Referral

FILE = "open.nl.yml"


class Words(BaseModel):
    """The file: `text` fills in the partner, the library, the referrals and three links.

    `line` is one referral; `line_day_only` is one about a sensitive topic, which mail does not name.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    subject: str
    text: str
    line: str
    line_day_only: str


@cache
def load_words(data_dir: Path) -> Words:
    """Read the letter once a process; raises `InvalidContent`."""
    path = data_dir / "letters" / FILE
    return parse(Words, read_yaml(path), path)


def write_letter(
    due: DueDigest,
    words: Words,
    *,
    catalogue: Catalogue,
    library: str,
    link_to: Callable[[Referral], str],
    correct: str,
    stop: str,
) -> tuple[str, str]:
    """Return subject and text; `link_to` gives the link of a referral, the other two are links of the partner."""
    values = {"partner": due.organization.name, "library": library}
    lines = "\n\n".join(_write_line(one, words, catalogue, link_to(one.referral)) for one in due.open)
    return words.subject.format(**values), words.text.format(**values, referrals=lines, correct=correct, stop=stop)


def _write_line(one: OpenReferral, words: Words, catalogue: Catalogue, link: str) -> str:
    template = words.line_day_only if one.question.day_only else words.line
    return template.format(
        code=one.referral.code,
        day=format_date(one.question.day, "d MMMM", locale="nl"),
        service=one.service.name,
        topic=catalogue.get_topic(one.question.topic).label["nl"],
        link=link,
    )
