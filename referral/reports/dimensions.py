"""By what figures can be split and filtered: columns of the tallies, and what is derived from them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from referral.catalogue.service import Catalogue, load_catalogue
from referral.content import read_yaml
from referral.journal.form import load_form
from referral.places.table import PlaceTable, load_places
from referral.settings import Settings

UNKNOWN = "unknown"
# The answer of the form for an organisation that it does not name.
ANOTHER = "other"
# The size of a working area in inhabitants, from below; the ranges of the national dashboard were not found: our own.
SIZES = {"small": 0, "medium": 25_000, "large": 50_000, "very_large": 100_000}


class Dimension(StrEnum):
    """What a figure is split by; the values are names in addresses and on the command line."""

    LIBRARY = "library"
    LOCATION = "location"
    MUNICIPALITY = "municipality"
    PROVINCE = "province"
    SIZE = "size"
    KIND = "kind"
    TOPIC = "topic"
    DOMAIN = "domain"
    ORGANISATION = "organisation"
    GOVERNMENT = "government"
    CHANNEL = "channel"
    CAMPAIGN = "campaign"
    CAUSE = "cause"
    HELP_GIVEN = "help_given"
    RESOLVED = "resolved"
    OUTCOME = "outcome"


# The column of the tallies that a dimension is read from, where it bears another name.
COLUMNS: Mapping[Dimension, str] = {
    Dimension.LIBRARY: "library_id",
    Dimension.LOCATION: "location_id",
    Dimension.PROVINCE: "municipality",
    Dimension.SIZE: "library_id",
    Dimension.DOMAIN: "topic",
    Dimension.GOVERNMENT: "organisation",
}


def get_column(dimension: Dimension) -> str:
    """Return the column of the tallies that a dimension is read from."""
    return COLUMNS.get(dimension, dimension.value)


@dataclass(frozen=True, slots=True)
class Groups:
    """What derived dimensions are made of: for each, the group of every value of its column."""

    of: Mapping[Dimension, Mapping[str, str]]

    def find(self, dimension: Dimension, value: str | None) -> str:
        """Return the group of a value, or the value itself; `UNKNOWN` for what is not known."""
        if value is None:
            return UNKNOWN
        groups = self.of.get(dimension)
        return value if groups is None else groups.get(value, UNKNOWN)

    def expand(self, dimension: Dimension, wanted: frozenset[str]) -> frozenset[str]:
        """Return the values of the column that belong to the wanted groups."""
        groups = self.of.get(dimension)
        return wanted if groups is None else frozenset(value for value, group in groups.items() if group in wanted)


def load_groups(settings: Settings) -> Groups:
    """Return the groups; read once a process."""
    return make_groups(
        load_catalogue(settings.data_dir),
        load_places(settings.data_dir),
        government=read_government(settings.data_dir),
        inhabitants=settings.inhabitants,
    )


def make_groups(
    catalogue: Catalogue, places: PlaceTable, *, government: Mapping[str, bool], inhabitants: Mapping[str, int]
) -> Groups:
    """Return the groups of everything: `inhabitants` by the id of a library, where they are set."""
    return Groups(
        {
            Dimension.PROVINCE: {one.code: one.province for one in places.municipalities},
            Dimension.SIZE: {library: find_size(number) for library, number in inhabitants.items()},
            Dimension.DOMAIN: {topic.id: topic.domain for topic in catalogue.topics.values()},
            Dimension.GOVERNMENT: {name: "yes" if is_one else "no" for name, is_one in government.items()},
        }
    )


def find_size(inhabitants: int) -> str:
    """Return the range that a working area falls in."""
    return max((lowest, size) for size, lowest in SIZES.items() if inhabitants >= lowest)[1]


@cache
def read_government(data_dir: Path) -> Mapping[str, bool]:
    """Return for each organisation whether it counts as government; read once a process.

    All that the national form names are, but for its own "another"; `data/organisations.yml` tells of the others.
    """
    form = load_form(data_dir)
    named = {option.id for field in form.fields if field.id == "organisation" for option in field.options}
    rows = read_yaml(data_dir / "organisations.yml")["organisations"]
    return dict.fromkeys(named - {ANOTHER}, True) | {row["id"]: row["government"] for row in rows}
