"""What people call the answers that figures are split by."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral.catalogue.service import Catalogue
from referral.catalogue.topics import Content
from referral.content import parse, read_yaml
from referral.journal.form import Form, load_form
from referral.models.location import Location
from referral.models.organization import Organization
from referral.models.service import Service
from referral.places.table import PlaceTable
from referral.reports.dimensions import UNKNOWN
from referral.settings import Settings

Named = type[Organization] | type[Service] | type[Location]
# The columns whose answers are ids of the directory.
_IN_DIRECTORY: Mapping[str, Named] = {
    "library": Organization,
    "location": Location,
    "service_id": Service,
    "came_from": Service,
}
_TOPICS = ("topic", "other_topic")
_NAMES_AT_ONCE = 500


class Dossier(Content):
    """A report that is made of parts (`data/reports.yml` tells what each field is)."""

    title: str
    parts: tuple[str, ...]
    split: str | None = None
    where: dict[str, str] = {}  # noqa: RUF012  (pydantic copies it)
    outward: bool = False
    compact: bool = False
    remedies: bool = False
    subsidy: bool = False


class ReportWords(Content):
    """`data/reports.yml`."""

    columns: dict[str, str]
    meaning: dict[str, str]
    values: dict[str, dict[str, str]]
    unknown: dict[str, str]
    remedies: dict[str, str]
    sentences: dict[str, str]
    dossiers: dict[str, Dossier]


@cache
def load_report_words(data_dir: Path) -> ReportWords:
    """Read the words once a process; raise `InvalidContent` that says what is wrong in them."""
    path = data_dir / "reports.yml"
    return parse(ReportWords, read_yaml(path), path)


class Labels:
    """Names every answer; what is not known any more (a partner that was removed) keeps its id."""

    def __init__(self, session: Session, catalogue: Catalogue, places: PlaceTable, settings: Settings) -> None:
        self._session = session
        self._catalogue = catalogue
        self._places = places
        self._form: Form = load_form(settings.data_dir)
        self.words = load_report_words(settings.data_dir)
        self._known: dict[tuple[str, str], str] = {}

    def name(self, column: str, value: str) -> str:
        """Return what people call an answer of a column."""
        if value == UNKNOWN:
            return self.words.unknown.get(column) or self.words.unknown["other"]
        if column in _IN_DIRECTORY:
            self.learn(column, (value,))
            return self._known[column, value]
        return self._find(column, value) or value

    def _find(self, column: str, value: str) -> str | None:
        if column in _TOPICS:
            topic = self._catalogue.topics.get(value)
            return topic.label["nl"] if topic else None
        if column == "municipality":
            municipality = self._places.find_municipality(value)
            return municipality.shown if municipality else None
        if column == "partner_kind":
            kind = self._catalogue.partner_kinds.get(value)
            return kind.label if kind else None
        field = next((field for field in self._form.fields if field.id == column), None)
        return field.get_label(value) if field else self.words.values.get(column, {}).get(value)

    def list_answers(self, column: str) -> list[str]:
        """Return the answers that the national form or `data/reports.yml` has for a column, or all municipalities."""
        if column == "municipality":
            return [one.code for one in self._places.municipalities]
        field = next((field for field in self._form.fields if field.id == column), None)
        return field.list_ids() if field else list(self.words.values.get(column, {}))

    def learn_all(self, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """Read all names of the directory that the ids of some rows need."""
        places = [place for place, column in enumerate(columns) if column in _IN_DIRECTORY]
        wanted: dict[int, dict[str, None]] = {place: {} for place in places}
        for row in rows:
            for place in places:
                wanted[place][row[place]] = None
        for place, values in wanted.items():
            self.learn(columns[place], values)

    def learn(self, column: str, values: Iterable[str]) -> None:
        """Read many names of the directory at once, before each is asked for."""
        table = _IN_DIRECTORY[column]
        wanted = [value for value in dict.fromkeys(values) if (column, value) not in self._known]
        for start in range(0, len(wanted), _NAMES_AT_ONCE):
            some = wanted[start : start + _NAMES_AT_ONCE]
            rows = self._session.execute(select(table.id, table.name).where(table.id.in_(some)))
            found = {row.id: row.name for row in rows}
            self._known.update({(column, value): found.get(value) or value for value in some})
