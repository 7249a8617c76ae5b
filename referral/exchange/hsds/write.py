"""Rows of the directory as HSDS 3.1 objects, a few hundred services at a time."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from sqlalchemy.orm import Session

from referral.directory.rows import make_child_id
from referral.exchange import queries
from referral.exchange.hsds.ids import TERM, to_uuid
from referral.exchange.hsds.profile import FIELDS, OWN_ID, OWN_PREFIX, PARTS, REFERENCES, REQUIRED, Part
from referral.exchange.hsds.schedules import RULE, STANDS_FOR, Object, write_rules
from referral.exchange.queries import Row
from referral.exchange.records import LOCATION, ORGANIZATION, SERVICE, SERVICE_AT_LOCATION
from referral.models.columns import Evidence, Status

# Services in memory at once.
PAGE = 200


def write_all_services(session: Session, *, public: bool) -> Iterator[Object]:
    """Yield every service with its organization and places, by its id in HSDS."""
    for ids in _list_pages(session, SERVICE):
        yield from write_services(session, ids, public=public)


def write_all_organizations(session: Session, *, public: bool) -> Iterator[Object]:
    """Yield every organization with its locations, by its id in HSDS; not their services."""
    for ids in _list_pages(session, ORGANIZATION):
        yield from write_organizations(session, ids, public=public)


def _list_pages(session: Session, table: str) -> Iterator[Sequence[str]]:
    """Yield all ids, so many at a time; in the order that they have outside, so that every copy writes the same."""
    ids = sorted(queries.list_ids(session, table), key=lambda row_id: to_uuid(table, row_id))
    yield from queries.split(ids, PAGE)


def write_services(session: Session, ids: Collection[str], *, public: bool) -> list[Object]:
    """Return services in the order of their ids in HSDS; those that do not exist are left out.

    `public`: without contacts (people at a partner) and without numbers that nobody has verified.
    """
    shelf = _Shelf(session, public=public)
    services = _list_sorted(session, SERVICE, "id", ids)
    places = shelf.load(SERVICE, ids).get((SERVICE_AT_LOCATION, "service_id"), [])
    shelf.load_heads(LOCATION, {row["location_id"] for row in places})
    shelf.load_heads(ORGANIZATION, {row["organization_id"] for row in services})
    return [shelf.write(SERVICE, row) for row in services]


def write_organizations(session: Session, ids: Collection[str], *, public: bool) -> list[Object]:
    """Return organizations, each with all its locations, in the order of their ids in HSDS."""
    shelf = _Shelf(session, public=public)
    organizations = _list_sorted(session, ORGANIZATION, "id", ids)
    locations = _list_sorted(session, LOCATION, "organization_id", ids)
    shelf.load(ORGANIZATION, ids)
    shelf.load(LOCATION, {row["id"] for row in locations})
    written = []
    for row in organizations:
        own = [shelf.write(LOCATION, location) for location in locations if location["organization_id"] == row["id"]]
        written.append(shelf.write(ORGANIZATION, row) | ({"locations": own} if own else {}))
    return written


def _list_sorted(session: Session, table: str, column: str, values: Collection[str]) -> list[Row]:
    return sorted(queries.list_rows(session, table, column, values), key=lambda row: to_uuid(table, row["id"]))


class _Shelf:
    """The rows of some services or organizations, by what they belong to."""

    def __init__(self, session: Session, *, public: bool) -> None:
        self._session = session
        self._public = public
        self._parts: dict[tuple[str, str, str], dict[str, Row]] = {}
        self._heads: dict[tuple[str, str], Row] = {}
        self._terms = {term.id: term for term in queries.list_terms(session)}

    def load_heads(self, table: str, ids: Collection[str]) -> None:
        for row in queries.list_rows(self._session, table, "id", ids):
            self._heads[table, row["id"]] = row
        self.load(table, ids)

    def load(self, table: str, ids: Collection[str]) -> dict[tuple[str, str], list[Row]]:
        """Load everything that hangs on these rows; return the rows by table and column that refers."""
        loaded = {}
        for part in PARTS.get(table, ()):
            found = queries.list_rows(self._session, part.table, part.column, ids)
            rows = [row for row in found if self._goes_out(part, row)]
            loaded[part.table, part.column] = rows
            self._put(part.table, part.column, rows)
            if part.table in PARTS and rows:
                self.load(part.table, [row["id"] for row in rows])
        self._put("attribute", "link_id", queries.list_attributes(self._session, table, ids))
        return loaded

    def _put(self, table: str, column: str, rows: Iterable[Row]) -> None:
        for row in rows:  # once, also when it hangs on two things: HSDS lists a phone number under both
            self._parts.setdefault((table, column, row[column]), {})[row["id"]] = row

    def _goes_out(self, part: Part, row: Row) -> bool:
        if not self._public:
            return True
        is_unsure = row.get("evidence") is Evidence.UNVERIFIED and row["assured_date"] is None
        return part.table != "contact" and not is_unsure

    def write(self, table: str, row: Row) -> Object:
        written = write_row(table, row)
        for part in PARTS.get(table, ()):
            rows = self._list_parts(part.table, part.column, row["id"])
            if objects := [one for part_row in rows for one in self._write_part(part.table, part_row)]:
                written[part.field] = objects
        attributes = self._list_parts("attribute", "link_id", row["id"])
        if own := [self._write_attribute(one) for one in attributes if one["link_entity"] == table]:
            written["attributes"] = own
        for field, head in (("organization", ORGANIZATION), ("location", LOCATION)):
            column = f"{head}_id"
            if table in (SERVICE, SERVICE_AT_LOCATION) and (found := self._heads.get((head, row.get(column, "")))):
                written[field] = self.write(head, found)
        return add_extra(written, row.get("extra"))

    def _list_parts(self, table: str, column: str, row_id: str) -> list[Row]:
        rows = self._parts.get((table, column, row_id), {}).values()
        return sorted(rows, key=lambda row: (row.get("position", 0), row["id"]))

    def _write_part(self, table: str, row: Row) -> list[Object]:
        return write_schedule(row) if table == "schedule" else [self.write(table, row)]

    def _write_attribute(self, row: Row) -> Object:
        term = self._terms[row["taxonomy_term_id"]]
        described = {
            "id": to_uuid(TERM, term.id),
            "code": term.code,
            "name": term.name,
            "description": term.description,
            "taxonomy": term.taxonomy,
            "language": term.language,
            "term_uri": term.term_uri,
        }
        written = write_row("attribute", row)
        written["link_id"] = to_uuid(row["link_entity"], row["link_id"])
        written["taxonomy_term"] = {field: value for field, value in described.items() if value is not None}
        return written


def write_row(table: str, row: Row) -> Object:
    """Return the fields of one object, without parts; what is empty is left out where HSDS allows it."""
    references = REFERENCES[table]
    required = REQUIRED.get(table, frozenset())
    written: Object = {"id": to_uuid(table, row["id"])}
    for column, field in FIELDS[table].items():
        value = row[column]
        if column in references and value is not None:
            value = to_uuid(references[column], value)
        if column in required or value not in (None, "", {}):
            written[field] = write_value(value)
    if table == SERVICE and row["status"] is Status.MOVED:
        written |= {"status": Status.INACTIVE.value, f"{OWN_PREFIX}status": Status.MOVED.value}
    return written


def write_value(value: Any) -> Any:
    """Return what JSON holds: dates and moments in ISO 8601 (moments in UTC), amounts as numbers."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value


def write_schedule(row: Row) -> list[Object]:
    """Return a schedule of HSDS for each pair of times; all of them name the first, which has the row's own id."""
    extra = dict(row["extra"] or {})
    rule, stands_for = extra.pop(RULE, None), extra.pop(STANDS_FOR, None)
    plain = write_row("schedule", row)
    if rule is not None and stands_for == row["opening_hours"]:
        return [add_extra(plain | rule, extra)]
    plain.setdefault("description", row["opening_hours"])
    limits = {"dtstart": plain.get("valid_from"), "until": plain.get("valid_to")}
    plain |= {field: day for field, day in limits.items() if day}
    objects = []
    for number, one in enumerate(write_rules(row["opening_hours"])):
        follows = {"id": make_child_id(row["id"], "rule", number), "x_part_of": plain["id"]} if number else {}
        objects.append(add_extra(plain | one | follows, extra))
    return objects


def add_extra(written: Object, extra: Mapping[str, Any] | None) -> Object:
    """Return an object with what its source said beyond our columns: lists go on, None takes a field away.

    Where its source's id was no id, ours goes along: two objects with one id find the way home.
    """
    if (extra or {}).get("id"):
        written[OWN_ID] = written["id"]
    for field, value in (extra or {}).items():
        if value is None:
            written.pop(field, None)
        elif isinstance(value, list) and isinstance(written.get(field), list):
            written[field] = written[field] + value
        else:
            written[field] = value
    return written
