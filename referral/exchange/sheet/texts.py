"""What stands in each cell for a service: the rows of its tables as an editor would write them. Pure.

Where a cell cannot hold it (two timetables, a text with a semicolon in a list), `more` of `data/sheet.yml` stands
there, and reading that leaves the directory as it is.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from referral.directory.compact import FREE
from referral.directory.spoken.writing import write_spoken_hours
from referral.exchange.queries import Row
from referral.exchange.records import LOCATION
from referral.exchange.sheet.cells import BadCell, read_cost, read_languages, read_phones, split_list
from referral.exchange.sheet.changes import Change, read_changes, write_changes
from referral.exchange.sheet.reference import Reference
from referral.exchange.sheet.shelf import ServiceRows
from referral.exchange.sheet.words import SheetWords
from referral.models.columns import AttendingType
from referral.models.service_area import WHOLE_COUNTRY

Place = tuple[Row, Row]
"""A service at a location, and that location."""

Terms = Mapping[str, Mapping[str, str]]
"""The taxonomy terms of which a column speaks, by that column: their codes by their ids."""


def write_cells(rows: ServiceRows, place: Place | None, terms: Terms, reference: Reference) -> dict[str, str]:
    """Return the texts of all columns; empty where there is nothing to say."""
    words, service, parts = reference.words, rows.service, rows.parts
    return {
        "organization": rows.organization["name"],
        "name": service["name"],
        "kinds": _write_terms(parts["attribute"], terms["kinds"], reference.kinds),
        "description": service["description"],
        "description_en": service["translations"].get("en", {}).get("description", ""),
        **_write_place(rows, place, reference),
        "phone": _write_phones(parts["phone"], words),
        "email": service["email"] or "",
        "website": service["url"] or "",
        "hours": _write_hours(rows, place, AttendingType.IN_PERSON, reference),
        "phone_hours": _write_hours(rows, place, AttendingType.PHONE, reference),
        "changes": _write_changes(parts["hours_exception"], reference),
        "appointment": words.answers[service["by_appointment"]][0],
        "how": service["application_process"] or "",
        "cost": _write_costs(parts["cost_option"], words),
        "languages": _write_languages(parts["language"], reference),
        "groups": _write_terms(parts["attribute"], terms["groups"], reference.groups),
        "audience": service["eligibility_description"] or "",
        "bring": _write_list([row["document"] for row in parts["required_document"]], words),
        "area": "; ".join(_list_areas(parts["service_area"], reference)),
        "alert": service["alert"] or "",
        "status": words.status[service["status"]][0],
        "assured_date": write_date(service["assured_date"]),
        "check_due": write_date(service["check_due"]),
        "service_id": service["id"],
        "organization_id": service["organization_id"],
    }


def sort_attributes(rows: ServiceRows, terms: Terms) -> dict[str, list[Row]]:
    """Return the attributes of a service by the column that speaks of them."""
    return {
        column: [row for row in rows.parts["attribute"] if row["taxonomy_term_id"] in codes]
        for column, codes in terms.items()
    }


def list_other_rows(rows: ServiceRows, terms: Terms) -> dict[str, list[Row]]:
    """Return the rows of which a sheet does not speak, by table: they stay when the rest of their table changes."""
    parts = rows.parts
    return {
        "attribute": [
            row for row in parts["attribute"] if not any(row["taxonomy_term_id"] in codes for codes in terms.values())
        ],
        "phone": [row for row in parts["phone"] if not _is_voice(row)],
    }


def write_date(day: date | None) -> str:
    return f"{day:%d-%m-%Y}" if day else ""


def _write_place(rows: ServiceRows, place: Place | None, reference: Reference) -> dict[str, str]:
    if place is None:
        names = ("location", "street", "postcode", "city", "municipality", "latitude", "longitude", "wheelchair")
        return dict.fromkeys((*names, "location_id"), "")
    location = place[1]
    address = next(iter(rows.of_locations.get(("address", location["id"]), ())), None)
    access = next(iter(rows.of_locations.get(("accessibility", location["id"]), ())), None)
    municipality = reference.places.find_municipality(address["municipality"] or "") if address else None
    wheelchair = access["wheelchair"] if access else None
    return {
        LOCATION: location["name"] or "",
        "street": address["address_1"] if address else "",
        "postcode": address["postal_code"] if address else "",
        "city": address["city"] if address else "",
        "municipality": municipality.name if municipality else "",
        "latitude": _write_number(location["latitude"]),
        "longitude": _write_number(location["longitude"]),
        "wheelchair": reference.words.wheelchair[wheelchair][0] if wheelchair else "",
        "location_id": location["id"],
    }


def _write_number(value: float | None) -> str:
    return "" if value is None else repr(value)


def _write_terms(attributes: Iterable[Row], codes: Mapping[str, str], labels: Mapping[str, str]) -> str:
    found = sorted(codes[row["taxonomy_term_id"]] for row in attributes if row["taxonomy_term_id"] in codes)
    return "; ".join(labels.get(code, code) for code in found)


def _list_areas(areas: Iterable[Row], reference: Reference) -> list[str]:
    return sorted(_name_area(row["extent"], reference) for row in areas)


def _name_area(extent: str, reference: Reference) -> str:
    municipality = reference.places.find_municipality(extent)
    if municipality is None:
        return reference.words.whole_country[0] if extent == WHOLE_COUNTRY else extent
    return municipality.name


def _is_voice(phone: Row) -> bool:
    return bool(phone["type"] == "voice" and not phone["extension"])


def _write_phones(phones: Iterable[Row], words: SheetWords) -> str:
    said = [(row["number"], row["description"] or None) for row in phones if _is_voice(row)]
    text = "; ".join(f"{number} ({remark})" if remark else number for number, remark in said)
    return _check(text, said, lambda cell: [phone[:2] for phone in read_phones(cell)], words)


def _write_hours(rows: ServiceRows, place: Place | None, attending: AttendingType, reference: Reference) -> str:
    of_place = rows.of_places.get(place[0]["id"], ()) if place else ()
    for schedules in (of_place, rows.parts["schedule"]):
        found = [row for row in schedules if row["attending_type"] is attending]
        if len(found) == 1 and not found[0]["valid_from"] and not found[0]["valid_to"]:
            return write_spoken_hours(found[0]["opening_hours"], reference.hour_words)
        if found:
            return reference.words.more
    return ""


def _write_changes(rows: Iterable[Row], reference: Reference) -> str:
    changes = [Change(row["start_date"], row["end_date"], row["opening_hours"], row["reason"]) for row in rows]
    text = write_changes(changes, reference)
    return _check(text, changes, lambda cell: read_changes(cell, reference), reference.words)


def _write_costs(costs: Sequence[Row], words: SheetWords) -> str:
    if not costs:
        return ""
    if len(costs) > 1 or costs[0]["currency"] != "EUR":
        return words.more
    amount, said = costs[0]["amount"], costs[0]["amount_description"]
    if (amount, said) == (FREE.amount, FREE.text.nl):
        return words.free[0]
    shown = _write_amount(amount) if amount is not None else ""
    return _check(": ".join(filter(None, (shown, said))), (amount, said), lambda cell: read_cost(cell, words), words)


def _write_amount(amount: Decimal) -> str:
    return f"€ {amount:.2f}".replace(".", ",")


def _write_languages(rows: Iterable[Row], reference: Reference) -> str:
    codes = sorted({row["code"] for row in rows})
    text = "; ".join(reference.languages.get(code, code) for code in codes)
    return _check(text, codes, lambda cell: sorted(read_languages(cell, reference)), reference.words)


def _write_list(texts: Sequence[str], words: SheetWords) -> str:
    return _check("; ".join(texts), list(texts), split_list, words)


def _check(text: str, value: Any, read: Callable[[str], Any], words: SheetWords) -> str:
    """Return the text if reading it gives the value, else that there is more than a cell can hold."""
    try:
        return text if not value or read(text) == value else words.more
    except BadCell:
        return words.more
