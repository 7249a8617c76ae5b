"""What an event tells of a row: facts, in the words of `/v1`; never a text, a name, a key or a moment of somebody."""

from dataclasses import dataclass
from typing import Any

from pydantic.alias_generators import to_camel

from referral.models.feedback import Feedback
from referral.models.gap import Gap
from referral.models.question import Question
from referral.models.referral import Referral

PREFIX = "nl.omdehoek"
CREATED, CHANGED = "created", "changed"


@dataclass(frozen=True, slots=True)
class Shape:
    """The name of a kind of event, and the columns that it tells."""

    name: str
    columns: tuple[str, ...]


SHAPES: dict[type[Any], Shape] = {
    Question: Shape(
        "question",
        (
            "library_id",
            "day",
            "kind",
            "topic",
            "organisation",
            "municipality",
            "signal",
            "digid",
            "cause",
            "help_given",
            "resolved",
            "duration",
            "is_registered",
            "is_withdrawn",
        ),
    ),
    Referral: Shape(
        "referral",
        (
            "question_id",
            "service_id",
            "location_id",
            "way",
            "status",
            "reason",
            "parent_id",
            "matched_because",
            "taken_up_by",
        ),
    ),
    Gap: Shape("gap", ("question_id", "kind", "topic", "partner_kind", "municipality", "library_id", "day")),
    Feedback: Shape("feedback", ("question_id", "referral_id", "author", "sequence", "helped", "reason")),
}
# All that leaves of a sensitive question (DESIGN, section 5).
OF_SENSITIVE = ("library_id", "day", "signal", "is_withdrawn")


def tell(row: Any, columns: tuple[str, ...]) -> dict[str, Any]:
    """Return the facts; days as ISO 8601. What is not in the database yet has its defaults already."""
    return {to_camel(name): _plain(row, name) for name in columns}


def _plain(row: Any, name: str) -> Any:
    value = getattr(row, name)
    default = row.__table__.c[name].default
    if value is None and default is not None and default.is_scalar:
        return default.arg
    return value.isoformat() if hasattr(value, "isoformat") else value
