"""The letter that asks a partner to check what we tell about it; its words are in `data/letters/`."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from babel.dates import format_date
from pydantic import BaseModel, ConfigDict

from referral.content import parse, read_yaml
from referral.proposals.reminders import Due, DueService

FILE = "check.nl.yml"


class Words(BaseModel):
    """The file: `text` fills in the partner, the library, the list of services, the link and the days it works."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    subject: str
    text: str
    due: str
    overdue: str


@cache
def load_words(data_dir: Path) -> Words:
    """Read the letter once a process; raises `InvalidContent`."""
    path = data_dir / "letters" / FILE
    return parse(Words, read_yaml(path), path)


def write_letter(due: Due, words: Words, *, library: str, link: str, days: int) -> tuple[str, str]:
    """Return subject and text."""
    values = {"partner": due.organization.name, "library": library}
    services = "\n".join(_list_lines(due.services, words))
    return words.subject.format(**values), words.text.format(**values, services=services, link=link, days=days)


def _list_lines(services: Iterable[DueService], words: Words) -> Iterable[str]:
    for one in services:
        template = words.overdue if one.is_overdue else words.due
        yield template.format(service=one.service.name, day=format_date(one.due, "d MMMM y", locale="nl"))
