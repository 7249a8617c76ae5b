"""The basic skills: what people come to the library to learn, and which topics belong to each."""

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from referral.catalogue.service import Catalogue
from referral.content import parse, read_rows
from referral.errors import InvalidContent

FILE = "skills.yml"
Text = Annotated[str, StringConstraints(min_length=1)]


class Skill(BaseModel):
    """`label` and `what` (a sentence) by language; `topics` are ids of the catalogue."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[str, StringConstraints(pattern=r"^[a-z]+$")]
    label: dict[str, Text]
    what: dict[str, Text]
    topics: Annotated[tuple[str, ...], Field(min_length=1)]


def load_skills(data_dir: Path, catalogue: Catalogue) -> dict[str, Skill]:
    """Read `data/skills.yml` in its order; raise `InvalidContent` for a topic that does not exist or an id twice."""
    path = data_dir / FILE
    skills: dict[str, Skill] = {}
    for row in read_rows(path, "skills"):
        skill = parse(Skill, row, path)
        if unknown := set(skill.topics) - catalogue.topics.keys():
            raise InvalidContent(f"{path}: {skill.id}: {min(unknown)}: no such topic")
        if skill.id in skills:
            raise InvalidContent(f"{path}: {skill.id}: stands there twice")
        skills[skill.id] = skill
    return skills
