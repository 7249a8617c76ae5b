"""The national registration form as data: its fields in order, and what may be answered (`data/registration.yml`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import model_validator

from referral.catalogue.topics import Content
from referral.content import parse, read_yaml
from referral.errors import InvalidInput

FieldId = Literal["kind", "topic", "organisation", "digid", "cause", "help_given", "resolved", "duration", "referral"]


class Option(Content):
    id: str
    label: str


class Field(Content):
    """A question of the form; without `topics` it is asked for all of them."""

    id: FieldId
    label: str
    options: tuple[Option, ...] = ()
    topics: tuple[str, ...] = ()
    usual: str | None = None

    @model_validator(mode="after")
    def check_usual(self) -> "Field":
        if self.usual and self.usual not in self.list_ids():
            raise ValueError(f"{self.id}: the usual answer is none of the answers")
        return self

    def list_ids(self) -> list[str]:
        return [option.id for option in self.options]

    def get_label(self, answer: str | None) -> str:
        """Return what people call an answer; an id that the form has no more is shown as it is."""
        return next((option.label for option in self.options if option.id == answer), answer or "")


class Form(Content):
    """`verified`: somebody has held it beside the national form."""

    verified: bool
    fields: tuple[Field, ...]

    def list_for(self, topic: str) -> list[Field]:
        """Return the fields that staff fill in for a topic."""
        return [field for field in self.fields if field.options and (not field.topics or topic in field.topics)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """Ids of answers, by field; `None` is not answered."""

    kind: str
    organisation: str | None = None
    digid: str | None = None
    cause: str | None = None
    help_given: str | None = None
    resolved: str | None = None
    duration: str | None = None


def read_answers(form: Form, topic: str, typed: Mapping[str, str]) -> Answers:
    """Return what was filled in; raise `InvalidInput` when the form does not know an answer, or the kind is missing."""
    given: dict[str, str] = {}
    for field in form.list_for(topic):
        answer = typed.get(field.id)
        if answer and answer not in field.list_ids():
            raise InvalidInput(f"{field.id}: no such answer")
        if answer:
            given[field.id] = answer
    if "kind" not in given:
        raise InvalidInput("no kind")
    return Answers(**given)


@cache
def load_form(data_dir: Path) -> Form:
    """Read the form once a process; raise `InvalidContent` that says what is wrong in it."""
    path = data_dir / "registration.yml"
    return parse(Form, read_yaml(path), path)
