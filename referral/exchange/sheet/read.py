"""A CSV or XLSX file of services as a batch."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from sqlalchemy.orm import Session

from referral.exchange import queries
from referral.exchange.problems import Problem, Unreadable
from referral.exchange.records import ORGANIZATION, Batch
from referral.exchange.sheet.file import read_sheets
from referral.exchange.sheet.identity import Identities, NamedRow
from referral.exchange.sheet.known import PAGE, KnownRow, KnownService, load_known
from referral.exchange.sheet.news import News
from referral.exchange.sheet.reference import Reference
from referral.exchange.sheet.rows import SheetRow, count_headers, read_table
from referral.exchange.sheet.services import ServiceReader
from referral.exchange.sheet.words import fold


def read_file(session: Session, path: Path, source: str, reference: Reference) -> Batch:
    """Read a file, beside what the directory says of the same services. Never raises for what is in the file.

    What has left the file is closed, where it came from the same `source`.
    """
    batch = Batch(source)
    try:
        table = read_table(read_sheets(path, partial(count_headers, words=reference.words)), reference.words)
        batch.problems += table.problems
        rows = list(table.rows)
    except Unreadable as error:
        batch.problems.append(error.problem)
        return batch
    batch.is_all = True
    read_rows(session, batch, rows, reference)
    return batch


def read_rows(session: Session, batch: Batch, rows: Sequence[SheetRow], reference: Reference) -> None:
    """Add to a batch what rows say, beside what the directory says of the same services."""
    identities = Identities(_map_organizations(session))
    identities.learn(rows)
    services: dict[str, list[NamedRow]] = {}
    for row in identities.share(rows):
        named = identities.name(row)
        if named is None:
            values = {"columns": ", ".join(column.header for column in reference.words.columns[:2])}
            batch.problems.append(Problem("row_without_name", reference.words.say_row(row.number), values=values))
        else:
            services.setdefault(named.service_id, []).append(named)
    for ids in queries.split(list(services), PAGE):
        known = load_known(session, ids, reference)
        for service_id in ids:
            _read_service(batch, services[service_id], known.get(service_id), identities, reference)


def _map_organizations(session: Session) -> dict[str, str]:
    """Return the organizations of the directory by folded name, where only one bears it."""
    names = {
        row_id: fold(row["name"]) for row_id, row in queries.map_columns(session, ORGANIZATION, ["id", "name"]).items()
    }
    times = Counter(names.values())
    return {name: row_id for row_id, name in names.items() if times[name] == 1}


def _read_service(
    batch: Batch, named: list[NamedRow], known: KnownService | None, identities: Identities, reference: Reference
) -> None:
    rows = list(_place_rows(named, known, identities, reference))
    organization_id = next((one.organization_id for one in named if one.organization_id), "")
    if not organization_id:
        if known is None:
            batch.problems.append(
                Problem(
                    "unknown_service", reference.words.say_row(named[0].row.number), values={"id": named[0].service_id}
                )
            )
            return
        organization_id = known.rows[0].cells["organization_id"]
    ServiceReader(batch, named[0].service_id, rows, organization_id=organization_id, known=known).read()


def _place_rows(
    named: list[NamedRow], known: KnownService | None, identities: Identities, reference: Reference
) -> Iterator[tuple[News, str | None]]:
    """Yield each row with its location, beside the row that the directory would write for it.

    A sheet without addresses speaks of the service wherever it is given.
    """
    by_location = {row.location_id: row for row in known.rows} if known else {}
    for one in named:
        location_id = identities.find_location(one.row)
        if known and "street" not in one.row.cells and location_id is None:
            location_id = known.rows[0].location_id
        match: KnownRow | None = by_location.get(location_id)
        if match is None and known and location_id not in by_location:
            match = _without_place(known.rows[0])
        yield News(one.row, match, reference), location_id


def _without_place(row: KnownRow) -> KnownRow:
    """Return what is known of the service itself, for a place where it was not given before."""
    place = ("location", "street", "postcode", "city", "municipality", "latitude", "longitude", "wheelchair")
    return KnownRow({column: "" if column in place else text for column, text in row.cells.items()}, None, None)
