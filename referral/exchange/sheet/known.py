"""The directory's services as the rows of a sheet, to write them and to see what a sheet says that is new."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from referral.exchange import queries
from referral.exchange.queries import Row
from referral.exchange.records import ORGANIZATION, SERVICE
from referral.exchange.sheet.reference import Reference
from referral.exchange.sheet.shelf import ServiceRows, load_services
from referral.exchange.sheet.texts import Terms, list_other_rows, sort_attributes, write_cells
from referral.models.taxonomy_term import PARTNER_KINDS, TARGET_GROUPS

PAGE = 200  # services in memory at once


@dataclass(frozen=True, slots=True)
class KnownRow:
    """A row as the directory would write it now; `place_id` is that of the service at this location."""

    cells: Mapping[str, str]
    location_id: str | None
    place_id: str | None


@dataclass(frozen=True, slots=True)
class KnownService:
    """A service of the directory: its rows, what a sheet cannot speak of, by table, and its numbers' ids.

    `attributes` are those of which a sheet does speak, by column.
    """

    rows: tuple[KnownRow, ...]
    school_region: str | None = None
    attributes: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    others: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    phone_ids: Mapping[str, str] = field(default_factory=dict)
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def list_all(session: Session, reference: Reference) -> Iterator[Mapping[str, str]]:
    """Yield the cells of every service, one row for each place where it is given, in the order of their names."""
    organizations = queries.map_columns(session, ORGANIZATION, ["id", "name"])
    services = queries.map_columns(session, SERVICE, ["id", "name", "organization_id"])

    def sort_key(service_id: str) -> tuple[str, str, str]:
        row = services[service_id]
        return organizations[row["organization_id"]]["name"], row["name"], service_id

    for ids in queries.split(sorted(services, key=sort_key), PAGE):
        known = load_known(session, ids, reference)
        for service_id in ids:
            yield from (row.cells for row in known[service_id].rows)


def load_known(session: Session, ids: Collection[str], reference: Reference) -> dict[str, KnownService]:
    """Return the services that exist, by id."""
    found = queries.list_terms(session)
    terms = {
        "kinds": {term.id: term.code for term in found if term.taxonomy == PARTNER_KINDS},
        # A group that has left the file stays where it is: nobody could choose it again.
        "groups": {
            term.id: term.code for term in found if term.taxonomy == TARGET_GROUPS and term.code in reference.groups
        },
    }
    return {rows.service["id"]: _make_known(rows, terms, reference) for rows in load_services(session, ids)}


def _make_known(rows: ServiceRows, terms: Terms, reference: Reference) -> KnownService:
    made = []
    for place in rows.places or (None,):
        cells = write_cells(rows, place, terms, reference)
        made.append(KnownRow(cells, place[1]["id"] if place else None, place[0]["id"] if place else None))
    return KnownService(
        rows=tuple(made),
        school_region=rows.organization["school_region"],
        attributes=sort_attributes(rows, terms),
        others=list_other_rows(rows, terms),
        phone_ids={row["number"]: row["id"] for row in rows.parts["phone"]},
        translations=rows.service["translations"],
    )
