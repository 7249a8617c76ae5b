"""HSDS 3.1, of ours and of others, as a batch.

A service is all that its source says of it: what is not there is empty. An organization or a location of others may be
a summary, so what is not there is left as it is. What no column holds survives in `extra`, field by field; a whole
object does where it cannot be a row (a service area that is no municipality, a term of a foreign taxonomy).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from referral.directory.rows import make_child_id
from referral.exchange.hsds.fields import keep_rest, read_values
from referral.exchange.hsds.files import MAX_OBJECTS, Delivery, Found, open_delivery
from referral.exchange.hsds.ids import is_uuid
from referral.exchange.hsds.profile import MARK, OWN_ID, PARTS, REFERENCES, Part
from referral.exchange.hsds.read_schedules import join_schedules
from referral.exchange.hsds.schedules import Object
from referral.exchange.problems import Problem, Unreadable
from referral.exchange.records import LOCATION, ORGANIZATION, SERVICE, SERVICE_AT_LOCATION, Batch, Key, Record
from referral.models.columns import ID_LENGTH, Evidence, Status
from referral.models.service_area import WHOLE_COUNTRY
from referral.models.taxonomy_term import OWN_TAXONOMIES

# Where a part cannot be a row without this, the whole object stays with its owner.
_NEEDS = {"language": "code", "required_document": "document", "phone": "number"}
_EXTENT = re.compile(rf"^(GM\d{{4}}|{WHOLE_COUNTRY})$")
# What a new row gets where the source does not speak of it: somebody else's word, not the organization's own.
_INITIAL: Mapping[str, Mapping[str, Any]] = {"phone": {"evidence": Evidence.THIRD_PARTY}}


def read_file(path: Path, source: str, own_ids: Mapping[Key, str]) -> Batch:
    """Read a file; `own_ids` are our ids for the UUIDs that we gave out (`ids.map_own_ids`)."""
    try:
        return read_delivery(open_delivery(path), source, own_ids)
    except Unreadable as error:
        return Batch(source, problems=[error.problem])
    except OSError:
        return Batch(source, problems=[Problem("no_file")])


def read_delivery(delivery: Delivery, source: str, own_ids: Mapping[Key, str]) -> Batch:
    """Read the objects of a delivery. What ends the reading is one of the problems of the batch."""
    reader = _Reader(source, own_ids)
    reader.batch.problems += delivery.problems
    count = 0
    try:
        for found in delivery.objects:
            count += 1
            if count > MAX_OBJECTS:
                raise Unreadable(Problem("too_many", values={"limit": MAX_OBJECTS}))
            reader.read(found)
    except Unreadable as error:
        reader.batch.problems.append(error.problem)
        delivery.is_all = False
    reader.judge_repeated()
    reader.batch.is_all = delivery.is_all and (reader.has_services or count == 0)
    return reader.batch


@dataclass(frozen=True, slots=True)
class _Row:
    """A row that is being read: where its object stands, and how much the object says."""

    table: str
    id: str
    path: str
    is_ours: bool
    is_summary: bool = False

    @property
    def key(self) -> Key:
        return self.table, self.id


class _Reader:
    """Reads objects into one batch, and remembers which ids of services it has met."""

    def __init__(self, source: str, own_ids: Mapping[Key, str]) -> None:
        self.batch = Batch(source)
        self._own_ids = own_ids
        self._met: dict[str, list[str]] = {}  # the id of a service → the places where it stands

    @property
    def has_services(self) -> bool:
        return bool(self._met)

    def read(self, found: Found) -> None:
        """Read one object of a delivery: a service, an organization or a location."""
        content = self._demand_object(found.content, found.path)
        if content is None:
            return
        if "location_type" in content:
            self._read_location(content, found.path)
        elif content.keys() & {"status", "organization_id", "organization"}:
            self._read_service(content, found.path)
        elif "name" in content:
            self._read_organization(content, found.path, is_summary=False)
        else:
            self._tell("unknown_object", found.path)

    def judge_repeated(self) -> None:
        """Say that ids are repeated. A slip keeps the source out; where most are, they are no ids, and all come in."""
        total = sum(len(places) for places in self._met.values())
        if 2 * len(self._met) < total:
            self._tell("ids_say_nothing", blocks=False, services=total, ids=len(self._met))
            return
        for row_id, (first, *others) in self._met.items():
            for place in others:
                self._tell("id_twice", place, id=row_id, first=first)

    def _read_service(self, content: Object, path: str, organization_id: str | None = None) -> None:
        given = self._find_id(content, path)
        if given is None:
            return
        own_id = _find_own_id(content) if MARK in content else None
        places = self._met.setdefault(own_id or given, [])
        places.append(path)
        row_id = self._to_own(SERVICE, own_id or given)
        rest: Object = {"id": given} if own_id else {}
        if len(places) > 1:
            row_id, rest["id"] = make_child_id(row_id, "again", len(places)), given
        if content.get("organization") is not None:
            organization_id = self._read_organization(
                content["organization"], _join(path, "organization"), is_summary=True
            )
        elif content.get("organization_id") is not None:
            organization_id = self._to_own(ORGANIZATION, content["organization_id"])
        elif organization_id is None:
            organization_id = self._add_publisher()
            rest |= {"organization": None, "organization_id": None}
        fixed: Object = {"organization_id": organization_id} if organization_id else {}
        if content.get("x_status") == Status.MOVED:
            fixed["status"] = Status.MOVED
        self._add(_Row(SERVICE, row_id, path, is_ours=MARK in content), content, fixed, rest)

    def _add_publisher(self) -> str:
        """Add an organization in the name of the source, for services that name none; it does not go out again."""
        organization_id = make_child_id("publisher", self.batch.source)
        self.batch.add(Record(ORGANIZATION, organization_id, {"name": self.batch.source}))
        return organization_id

    def _read_organization(self, given: Any, path: str, *, is_summary: bool) -> str | None:
        content = self._demand_object(given, path)
        found = self._find_id(content, path) if content is not None else None
        if content is None or found is None:
            return None
        row_id, is_ours = self._to_own(ORGANIZATION, found), MARK in content
        row = _Row(ORGANIZATION, row_id, path, is_ours=is_ours, is_summary=is_summary and not is_ours)
        parent = content.get("parent_organization_id")
        fixed = {"parent_organization_id": self._to_own(ORGANIZATION, parent)} if parent is not None else {}
        self._add(row, content, fixed, {})
        for location, place in self._list_objects(content, "locations", path):
            self._read_location(location, place, row_id)
        for service, place in self._list_objects(content, "services", path):
            self._read_service(service, place, row_id)
        return row_id

    def _read_location(self, content: Object, path: str, organization_id: str | None = None) -> str | None:
        given = self._find_id(content, path)
        if given is None:
            return None
        if content.get("organization_id") is not None:
            organization_id = self._to_own(ORGANIZATION, content["organization_id"])
        is_ours = MARK in content
        row = _Row(LOCATION, self._to_own(LOCATION, given), path, is_ours=is_ours, is_summary=not is_ours)
        self._add(row, content, {"organization_id": organization_id} if organization_id else {}, {})
        return row.id

    def _add(self, row: _Row, content: Object, fixed: Object, rest: Object) -> None:
        """Add a row with its parts. `fixed` are values that its place decides, `rest` is kept in `extra`."""
        rest = {**keep_rest(row.table, content), **rest}
        for part in PARTS.get(row.table, ()):
            if unfit := list(self._add_parts(row, part, content)):
                rest[part.field] = unfit
        if foreign := list(self._add_attributes(row, content)):
            rest["attributes"] = foreign
        values = read_values(row.table, content, is_ours=row.is_ours, is_summary=row.is_summary) | fixed
        if rest or not row.is_summary:
            values["extra"] = rest or None
        self.batch.add(Record(row.table, row.id, values, row.path, _INITIAL.get(row.table, {})))

    def _add_parts(self, owner: _Row, part: Part, content: Object) -> Iterator[Object]:
        """Add the objects of a list; yield those that cannot be rows."""
        objects = list(self._list_objects(content, part.field, owner.path))
        if (part.field in content or not owner.is_summary) and (owner.is_ours or part.table != "hours_exception"):
            self.batch.hold_all(owner.key, [part.table])
        if part.table == "schedule":
            objects = list(join_schedules(objects))
        for number, (one, place) in enumerate(objects):
            fixed = self._find_links(owner, part, one, place)
            if fixed is None:
                yield one
                continue
            row_id, rest = self._number(owner, part, one, number)
            if not owner.is_ours:  # what else it says to belong to may be nowhere in this source
                links = REFERENCES[part.table].keys() - fixed.keys()
                rest |= {column: one[column] for column in links if one.get(column) is not None}
            self._add(_Row(part.table, row_id, place, is_ours=owner.is_ours), one, fixed, rest)

    def _find_links(self, owner: _Row, part: Part, content: Object, path: str) -> Object | None:
        """Return what a part refers to, its owner first; None if it cannot be a row."""
        if (need := _NEEDS.get(part.table)) and content.get(need) is None:
            return None
        if part.table == "service_area" and not _EXTENT.match(str(content.get("extent"))):
            return None
        links: Object = {}
        if owner.is_ours:
            links = {
                column: self._to_own(table, content[column])
                for column, table in REFERENCES[part.table].items()
                if content.get(column) is not None
            }
        if part.table == SERVICE_AT_LOCATION:
            location_id = content.get("location_id")
            if location_id is not None:
                location_id = self._to_own(LOCATION, location_id)
            if content.get("location") is not None:
                location = self._demand_object(content["location"], _join(path, "location"))
                location_id = self._read_location(location, _join(path, "location")) if location is not None else None
            if location_id is None:
                return None
            links["location_id"] = location_id
        return links | {part.column: owner.id}

    def _number(self, owner: _Row, part: Part, content: Object, number: int) -> tuple[str, Object]:
        """Return the id of a part; one that another owner has already is given a new one, and kept in `extra`."""
        given = content.get("id")
        if not isinstance(given, str) or not 0 < len(given) <= ID_LENGTH:
            return make_child_id(owner.id, part.field, number), {} if given is None else {"id": given}
        if owner.is_ours and (own_id := _find_own_id(content)):
            return own_id, {"id": given}
        known = self.batch.records.get((part.table, given))
        if known is not None and known.values.get(part.column) not in (None, owner.id):
            return make_child_id(given, owner.id), {"id": given}
        return given, {}

    def _add_attributes(self, row: _Row, content: Object) -> Iterator[Object]:
        """Add what says a term of our own taxonomies; yield the others."""
        objects = list(self._list_objects(content, "attributes", row.path))
        if "attributes" in content or (row.table == SERVICE and not row.is_summary):
            self.batch.hold_all(row.key, ["attribute"])
        for number, (one, place) in enumerate(objects):
            term = one.get("taxonomy_term")
            if not isinstance(term, dict) or term.get("taxonomy") not in OWN_TAXONOMIES:
                yield one
                continue
            row_id = one["id"] if isinstance(one.get("id"), str) else make_child_id(row.id, "attributes", number)
            fixed = {
                "link_entity": row.table,
                "link_id": row.id,
                "taxonomy_term_id": f"{term['taxonomy']}:{term.get('code')}",
            }
            values = {"link_type": one.get("link_type"), "value": one.get("value"), "label": one.get("label")}
            self.batch.add(Record("attribute", row_id, values | fixed, place))

    def _list_objects(self, content: Object, field: str, path: str) -> Iterator[tuple[Object, str]]:
        listed = content.get(field)
        if listed is None:
            return
        if not isinstance(listed, list):
            self._tell("no_list", _join(path, field))
            return
        for number, one in enumerate(listed):
            place = f"{_join(path, field)}[{number}]"
            if (found := self._demand_object(one, place)) is not None:
                yield found, place

    def _demand_object(self, content: Any, path: str) -> Object | None:
        if isinstance(content, dict):
            return content
        self._tell("no_object", path)
        return None

    def _find_id(self, content: Object, path: str) -> str | None:
        given = content.get("id")
        if isinstance(given, str) and 0 < len(given) <= ID_LENGTH and given.isprintable():
            return given
        self._tell("no_id", path)
        return None

    def _to_own(self, table: str, given: Any) -> str:
        """Return our id for one of a source; what is no text cannot be found, and is told as such."""
        return self._own_ids.get((table, str(given)), str(given))

    def _tell(self, code: str, path: str = "", *, blocks: bool = True, **values: str | int) -> None:
        self.batch.problems.append(Problem(code, path, values=values, blocks=blocks))


def _find_own_id(content: Object) -> str | None:
    """Return the id that an object of ours has with us, if it is not the one that it bears."""
    own_id = content.get(OWN_ID)
    return own_id if isinstance(own_id, str) and is_uuid(own_id) else None


def _join(path: str, field: str) -> str:
    return f"{path}.{field}" if path else field
