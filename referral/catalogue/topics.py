"""The shape of a topic folder: what `data/topics/<id>/` says, as frozen values."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Domain = Literal["digitale_overheid", "belasting_toeslagen", "sociaal_juridisch", "leren", "nood"]
QuestionKind = Literal["digitale_overheid", "bibliotheekdienstverlening", "anders"]
ReadDate = Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d{2}){0,2}$")]
PARTS = ("what", "do", "bring", "dates", "who")


class Content(BaseModel):
    """The base of everything read from `data/`: frozen, and an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Topic(Content):
    """A topic on which a citizen can be referred. `not_` names neighbours; `words` show the label in a message."""

    id: str
    domain: Domain
    register_as: QuestionKind
    label: dict[str, str]
    words: tuple[str, ...]
    about: str
    not_: str = Field(alias="not")
    partners: tuple[str, ...]
    national: tuple[str, ...]
    urgent: tuple[str, ...]

    @property
    def is_emergency(self) -> bool:
        return self.domain == "nood"


class Paragraph(Content):
    """One thing a card says. What states a deadline, amount, number or rule names its source and when it was read."""

    id: str
    text: str
    source: str | None = None
    date: ReadDate | None = None
    evidence: Literal["official", "third_party"] | None = None

    @model_validator(mode="after")
    def check_source(self) -> "Paragraph":
        if len({self.source is None, self.date is None, self.evidence is None}) > 1:
            raise ValueError(f"{self.id}: source, date and evidence go together")
        if self.source is None and any(character.isdigit() for character in self.text):
            raise ValueError(f"{self.id}: a number without a source")
        return self


class StaffNotes(Content):
    """What the desk may and may not do."""

    may: tuple[Paragraph, ...]
    may_not: tuple[Paragraph, ...]


class Card(Content):
    """A topic's card in one language (the *informatiewaaier*)."""

    title: str
    recognise: str
    what: tuple[Paragraph, ...]
    do: tuple[Paragraph, ...]
    bring: tuple[Paragraph, ...]
    dates: tuple[Paragraph, ...]
    who: tuple[Paragraph, ...]
    staff: StaffNotes

    def get_part(self, part: str) -> tuple[Paragraph, ...]:
        paragraphs: tuple[Paragraph, ...] = getattr(self, part)
        return paragraphs


class PartnerKind(Content):
    """A kind of local partner; `everywhere` where every municipality has one by law or agreement."""

    id: str
    label: str
    does: str
    where: str | None = None
    everywhere: bool


class TargetGroup(Content):
    """For whom a service is in particular; `label` by language, as it stands in the middle of a sentence."""

    id: str
    label: dict[str, str]
    about: str


class Named(BaseModel):
    """An entry of which only the id matters here."""

    id: str


def get_folder(data_dir: Path, topic_id: str) -> Path:
    return data_dir / "topics" / topic_id
