"""A service as a form: the texts of a row of the spreadsheet, so that an editor types the same in both. Pure.

A service that is given at several places has the fields of a place for each of them; one that is given nowhere has them
once, empty.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from referral.exchange.records import LOCATION
from referral.exchange.sheet.known import KnownService
from referral.exchange.sheet.reference import Reference
from referral.exchange.sheet.rows import SheetRow, clean

Texts = Mapping[str, str]
"""Texts by id of a column of `data/sheet.yml`."""

ADDRESS = (LOCATION, "street", "postcode", "city", "municipality", "latitude", "longitude", "wheelchair")
PLACE = (*ADDRESS, "location_id", "hours", "phone_hours")
"""What is asked for each place."""


@dataclass(frozen=True, slots=True)
class ServiceForm:
    """What stands in a form: `service` without the columns of a place, `places` with them; at least one place."""

    service_id: str
    service: Texts
    places: tuple[Texts, ...]

    def list_rows(self) -> list[SheetRow]:
        """Return the form as rows of a sheet, numbered from 1."""
        return [
            SheetRow(number, {**self.service, **place, "service_id": self.service_id})
            for number, place in enumerate(self.places, start=1)
        ]


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that two people changed: what somebody else made of it meanwhile. `place` counts from 0."""

    column: str
    place: int | None
    theirs: str


def list_columns(reference: Reference) -> list[str]:
    """Return the fields of the service itself."""
    return [column.id for column in reference.words.columns if column.id not in (*PLACE, "service_id")]


def make_form(service_id: str, service: Texts, places: Sequence[Texts], reference: Reference) -> ServiceForm:
    """Return the form of what was typed; fields that were not sent are empty, and places without anything go."""
    filled = [place for place in places if any(text.strip() for text in place.values())]
    return ServiceForm(
        service_id,
        {column: clean(service.get(column, "")) for column in list_columns(reference)},
        tuple({column: clean(place.get(column, "")) for column in PLACE} for place in filled or ({},)),
    )


def show_known(service_id: str, known: KnownService, reference: Reference) -> ServiceForm:
    """Return the form of what the directory says."""
    rows = [row.cells for row in known.rows]
    return make_form(service_id, rows[0], [{column: row[column] for column in PLACE} for row in rows], reference)


def merge(typed: ServiceForm, opened: ServiceForm, current: ServiceForm) -> tuple[ServiceForm, list[Clash]]:
    """Return what was typed with what others changed since the form was opened, and where both changed the same.

    There the typed text stays. Places are the same place by their location.
    """
    clashes: list[Clash] = []
    service = _merge_texts(typed.service, opened.service, current.service, clashes, None)
    before = {place["location_id"]: place for place in opened.places}
    now = {place["location_id"]: place for place in current.places}
    kept = [place for place in typed.places if _is_kept(place["location_id"], before, now)]
    merged = [
        _merge_texts(place, before[place["location_id"]], now[place["location_id"]], clashes, number)
        if place["location_id"] in now and place["location_id"] in before
        else place
        for number, place in enumerate(kept)
    ]
    there = {place["location_id"] for place in typed.places}
    merged += [place for location_id, place in now.items() if location_id not in there | before.keys()]
    return replace(typed, service=service, places=tuple(merged) or current.places), clashes


def _is_kept(location_id: str, before: Mapping[str, Texts], now: Mapping[str, Texts]) -> bool:
    """Whether a typed place stays: others may have taken it away meanwhile, or filled the empty one."""
    return location_id in now or location_id not in before


def _merge_texts(typed: Texts, opened: Texts, current: Texts, clashes: list[Clash], place: int | None) -> Texts:
    merged = {}
    for column, text in typed.items():
        is_ours, is_theirs = text != opened[column], current[column] != opened[column]
        merged[column] = text if is_ours else current[column]
        if is_ours and is_theirs and text != current[column]:
            clashes.append(Clash(column, place, current[column]))
    return merged
