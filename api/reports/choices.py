"""What can be chosen in the form of the figures: for each dimension its answers by name."""

from dataclasses import dataclass

from api.reports.reading import Reading
from referral.catalogue.service import Catalogue
from referral.directory import service as directory
from referral.places.table import PlaceTable
from referral.referring.knowledge import load_knowledge
from referral.reports.dimensions import SIZES, UNKNOWN, Dimension
from referral.staff.reach import LIBRARY_KIND, list_provinces

# What a visitor of the page meets first; the others wait behind one button.
FIRST = (Dimension.LIBRARY, Dimension.TOPIC, Dimension.CHANNEL)
# Answers that anybody can think of: typed, not chosen.
TYPED = (Dimension.CAMPAIGN, Dimension.LOCATION)
_YES_NO = ("yes", "no")


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    name: str


@dataclass(frozen=True, slots=True)
class Choices:
    """One field of the form; `chosen` are the answers that it has now, `answers` is empty where one types."""

    dimension: str
    name: str
    answers: tuple[Choice, ...]
    chosen: frozenset[str]

    def is_chosen(self, answer: Choice) -> bool:
        """Return whether the form has this answer and no other: a field shows one."""
        return self.chosen == {answer.value}

    @property
    def names(self) -> list[str]:
        """Return what is chosen by name."""
        known = {answer.value: answer.name for answer in self.answers}
        return sorted(known.get(value, value) for value in self.chosen)


def list_choices(reading: Reading) -> list[Choices]:
    """Return every field, in the order of the dimensions."""
    knowledge = load_knowledge()
    return [_make(reading, dimension, knowledge.catalogue, knowledge.places) for dimension in Dimension]


def _make(reading: Reading, dimension: Dimension, catalogue: Catalogue, places: PlaceTable) -> Choices:
    chosen = reading.filters.wanted.get(dimension, frozenset())
    values = _list_values(reading, dimension, catalogue, places)
    if dimension is Dimension.LIBRARY:
        reading.labels.learn(dimension, [*values, *chosen])
    named = [
        Choice(value, reading.labels.name(dimension, value)) for value in dict.fromkeys([*values, *sorted(chosen)])
    ]
    if dimension not in (Dimension.SIZE, Dimension.OUTCOME, Dimension.RESOLVED):
        named.sort(key=lambda choice: (choice.value == UNKNOWN, choice.name.casefold()))
    answers = () if dimension in TYPED else tuple(named)
    return Choices(dimension.value, reading.labels.words.columns[dimension], answers, chosen)


def _list_values(reading: Reading, dimension: Dimension, catalogue: Catalogue, places: PlaceTable) -> list[str]:
    if dimension in TYPED:
        return []
    if dimension is Dimension.LIBRARY:
        return sorted(directory.list_givers(reading.reporter.session, LIBRARY_KIND) | reading.reporter.own)
    fixed = {
        Dimension.MUNICIPALITY: [one.code for one in places.municipalities],
        Dimension.PROVINCE: list_provinces(),
        Dimension.SIZE: list(SIZES),
        Dimension.TOPIC: [topic.id for topic in catalogue.topics.values() if not catalogue.is_sensitive(topic.id)],
        Dimension.GOVERNMENT: list(_YES_NO),
    }
    values = fixed.get(dimension) or reading.labels.list_answers(dimension)
    return [*values, UNKNOWN]
