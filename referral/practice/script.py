"""The visitors to practise with (`data/practice.yml`): what they say, what a good registration holds, and why."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from referral.catalogue.service import Catalogue, load_catalogue
from referral.catalogue.topics import Content, QuestionKind
from referral.content import parse, read_rows
from referral.errors import InvalidContent, NotFound
from referral.journal.form import Form, load_form


class Good(Content):
    """A question as it is well registered. Of `topics`, `kinds` and `help` any is right, the first is the best.

    `referral`: the visitor should be sent to somebody (`yes`), should not (`no`), or either is well (`either`).
    """

    topics: tuple[str, ...] = Field(min_length=1)
    kinds: tuple[QuestionKind, ...] = Field(min_length=1)
    help: tuple[str, ...] = ()
    referral: Literal["yes", "no", "either"]
    why: str


class Visitor(Content):
    """`who` is what staff see before anything is said; `says` is heard one by one."""

    id: Annotated[str, Field(max_length=40, pattern=r"^[a-z_]+$")]
    language: Literal["nl", "en"] = "nl"
    who: str
    says: tuple[str, ...] = Field(min_length=1)
    good: tuple[Good, ...] = Field(min_length=1)


Script = Mapping[str, Visitor]


@cache
def load_script(data_dir: Path) -> Script:
    """Read the visitors by id, in their order, once a process; raise `InvalidContent` that says what is wrong."""
    path = data_dir / "practice.yml"
    visitors = [parse(Visitor, row, path) for row in read_rows(path, "visitors")]
    script = {visitor.id: visitor for visitor in visitors}
    if len(script) < len(visitors):
        raise InvalidContent(f"{path}: two visitors have the same id")
    catalogue, form = load_catalogue(data_dir), load_form(data_dir)
    for visitor in visitors:
        for good in visitor.good:
            check_good(good, catalogue, form, where=f"{path}: {visitor.id}")
    return script


def check_good(good: Good, catalogue: Catalogue, form: Form, *, where: str) -> None:
    """Raise `InvalidContent` when a good registration cannot be made at the desk."""
    unknown = set(good.topics) - set(catalogue.topics)
    if unknown:
        raise InvalidContent(f"{where}: unknown topic {sorted(unknown)}")
    given = next(field for field in form.fields if field.id == "help_given").list_ids()
    if set(good.help) - set(given):
        raise InvalidContent(f"{where}: the form has no such help")
    if any(catalogue.is_sensitive(topic) for topic in good.topics) == bool(good.help):
        raise InvalidContent(f"{where}: help is kept of every question but those about emergencies and health")


def get_visitor(script: Script, visitor_id: str) -> Visitor:
    """Return the visitor or raise `NotFound`."""
    try:
        return script[visitor_id]
    except KeyError:
        raise NotFound("no such visitor") from None
