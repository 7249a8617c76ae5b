"""Libraries of OpenStreetMap, as Overpass gives them (`amenity=library`, `out center`), as a batch.

OpenStreetMap says where a library is and when it is open; what it offers there it does not say, so that a library
comes in as an organization with a location, without services. What a mapper wrote otherwise than we can read is told
and left out.
The data is © OpenStreetMap contributors, ODbL 1.0 (https://www.openstreetmap.org/copyright).
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from referral.directory.compact import check_phone
from referral.directory.notation import read_notation
from referral.directory.rows import make_child_id
from referral.errors import InvalidContent
from referral.exchange.problems import Problem
from referral.exchange.records import LOCATION, ORGANIZATION, Batch, Record
from referral.models.columns import AttendingType, Evidence, Wheelchair
from referral.places.spelling import fold
from referral.places.table import PlaceTable

MEGABYTE = 1_000_000
MAX_FILE = 50 * MEGABYTE

Tags = Mapping[str, str]


def is_overpass(path: Path) -> bool:
    """Whether a file begins as an answer of Overpass does. Raises `OSError`."""
    with path.open("rb") as file:
        start = file.read(2_000)
    return b'"osm3s"' in start or (b'"generator"' in start and b"Overpass" in start)


def read_file(path: Path, source: str, places: PlaceTable) -> Batch:
    """Read a file. What is wrong in it is one of the problems of the batch."""
    batch = Batch(source)
    try:
        if (size := path.stat().st_size) > MAX_FILE:
            sizes = {"megabytes": size // MEGABYTE, "limit": MAX_FILE // MEGABYTE}
            batch.problems.append(Problem("sheet_too_big", values=sizes))
            return batch
        content = json.loads(path.read_bytes())
    except OSError as error:
        batch.problems.append(Problem("no_file", values={"reason": error.strerror or ""}))
    except (ValueError, RecursionError):
        batch.problems.append(Problem("broken_overpass"))
    else:
        _read_elements(content, batch, places)
    return batch


def _read_elements(content: Any, batch: Batch, places: PlaceTable) -> None:
    elements = content.get("elements") if isinstance(content, dict) else None
    if not isinstance(elements, list):
        batch.problems.append(Problem("broken_overpass"))
        return
    if remark := content.get("remark"):  # a query that ran out of time gives what it had
        batch.problems.append(Problem("overpass_cut_off", values={"value": str(remark)[:200]}))
    for number, element in enumerate(elements):
        tags = element.get("tags") if isinstance(element, dict) else None
        if isinstance(tags, dict) and tags.get("amenity") == "library":
            _Library(element, {str(key): str(value) for key, value in tags.items()}, f"elements[{number}]").read(
                batch, places
            )
    if not batch.records:
        batch.problems.append(Problem("no_libraries"))


class _Library:
    """One element; `osm:node/123` is its id and that of its organization and location."""

    def __init__(self, element: Mapping[str, Any], tags: Tags, path: str) -> None:
        self.tags = tags
        self.path = path
        self.point = element.get("center", element)
        self.id = f"osm:{element.get('type')}/{element.get('id')}"

    def read(self, batch: Batch, places: PlaceTable) -> None:
        if not self.tags.get("name"):
            batch.problems.append(Problem("no_name", self.path, values={"id": self.id}, blocks=False))
            return
        for record in (*self._list_heads(), *self._list_parts(batch, places)):
            batch.add(record)
        batch.hold_all((LOCATION, self.id), ["address", "accessibility", "schedule", "phone"])

    def _list_heads(self) -> Iterator[Record]:
        website = self.tags.get("contact:website") or self.tags.get("website")
        email = self.tags.get("contact:email") or self.tags.get("email")
        name = self.tags.get("operator") or self.tags["name"]
        yield Record(ORGANIZATION, self.id, {"name": name, "website": website, "email": email}, self.path)
        values = {
            "organization_id": self.id,
            "name": self.tags["name"],
            "latitude": self.point.get("lat"),
            "longitude": self.point.get("lon"),
        }
        yield Record(LOCATION, self.id, values, self.path)

    def _list_parts(self, batch: Batch, places: PlaceTable) -> Iterator[Record]:
        tags, city = self.tags, self.tags.get("addr:city", "")
        street = " ".join(filter(None, (tags.get("addr:street"), tags.get("addr:housenumber"))))
        postcode = tags.get("addr:postcode", "").replace(" ", "").upper()
        if street and city and postcode:
            found = {(place.municipality_code, place.province) for place in places.find(fold(city))}
            municipality, province = found.pop() if len(found) == 1 else (None, "")
            yield self._make(
                "address",
                address_1=street,
                postal_code=f"{postcode[:4]} {postcode[4:]}".strip(),
                city=city,
                municipality=municipality,
                state_province=province,
            )
        if tags.get("wheelchair") in list(Wheelchair):
            yield self._make("accessibility", wheelchair=Wheelchair(tags["wheelchair"]))
        if hours := self._check("opening_hours", batch):
            yield self._make("schedule", opening_hours=hours, attending_type=AttendingType.IN_PERSON)
        if phone := self._check("contact:phone", batch) or self._check("phone", batch):
            yield self._make("phone", {"evidence": Evidence.THIRD_PARTY}, number=phone)

    def _make(self, table: str, initial: Mapping[str, Any] | None = None, **values: Any) -> Record:
        row_id = make_child_id(self.id, table)
        return Record(table, row_id, {"location_id": self.id, **values}, self.path, initial or {})

    def _check(self, tag: str, batch: Batch) -> str | None:
        """Return hours or a number that we can read; tell of another one, and leave it out."""
        text = self.tags.get(tag)
        if text is None:
            return None
        try:
            return read_notation(text).text if tag == "opening_hours" else check_phone(text.split(";")[0].strip())
        except (InvalidContent, ValueError):
            code = "hours_unreadable" if tag == "opening_hours" else "no_phone"
            batch.problems.append(Problem(code, self.path, tag, {"value": text[:200]}, blocks=False))
            return None
