"""Where the chat shows a quick way out: after what signals and topics, and to which other site."""

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

from referral.catalogue.service import Catalogue
from referral.content import parse, read_yaml
from referral.errors import InvalidContent

FILE = "quick_exit.yml"


class QuickExit(BaseModel):
    """`url`: the site that takes the place of the chat."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: Annotated[str, StringConstraints(pattern=r"^https://[^\s/]+(/\S*)?$")]
    signals: frozenset[str]
    topics: frozenset[str]

    def is_wanted(self, *, signal: str | None, topic: str | None) -> bool:
        """Return whether somebody with this signal or topic may have to leave quickly."""
        return signal in self.signals or topic in self.topics


def load_quick_exit(data_dir: Path) -> QuickExit:
    """Read `data/quick_exit.yml`; raise `InvalidContent`."""
    path = data_dir / FILE
    return parse(QuickExit, read_yaml(path), path)


def check_quick_exit(quick_exit: QuickExit, *, signals: frozenset[str], catalogue: Catalogue) -> None:
    """Raise `InvalidContent` for a signal or a topic that does not exist."""
    if unknown := (quick_exit.signals - signals) | (quick_exit.topics - catalogue.topics.keys()):
        raise InvalidContent(f"{FILE}: {min(unknown)}: no such signal or topic")
