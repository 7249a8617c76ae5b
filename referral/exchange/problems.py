"""What is wrong in a source, as a value that every reader makes and `report` puts into an editor's words."""

import dataclasses
from collections.abc import Mapping

from referral.errors import OmDeHoekError

Told = str | int | float


@dataclasses.dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, and where.

    `code` is a key of `problems` in `data/exchange.yml`, `values` fill that sentence. `path` is the place in the source
    as its reader counts it ("14" is a line or a row, "contents[12].phones[0]" an object; empty: the whole source),
    `field` a column's name.

    A problem that `blocks` keeps the whole source out; another one is told, and the rest comes in.
    """

    code: str
    path: str = ""
    field: str = ""
    values: Mapping[str, Told] = dataclasses.field(default_factory=dict)
    blocks: bool = True


class Unreadable(OmDeHoekError):
    """Raised inside a reader where it cannot go on; it ends as the problem that it carries."""

    code = "unreadable"

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem
