"""The location of a row: its name, address, point and accessibility, as records. Pure."""

from collections.abc import Iterator

from referral.directory.rows import make_child_id
from referral.exchange.records import LOCATION, Record
from referral.exchange.sheet.cells import read_answer, read_degrees, read_place, read_postcode
from referral.exchange.sheet.news import News
from referral.places.table import Place

_ADDRESS = ("street", "postcode", "city", "municipality")
_POINT = ("latitude", "longitude")


def find_municipality(news: News) -> Place | None:
    """Return the municipality of a row's address: the one that is named, else that of the place."""
    for column in ("municipality", "city"):
        if news.get(column):
            return news.read(column, lambda text: read_place(text, news.reference))
    return None


def list_location(news: News, location_id: str, organization_id: str) -> Iterator[Record]:
    """Yield the location, its address and its accessibility, as far as the row says something new of them."""
    values: dict[str, object] = {}
    if news.says(LOCATION) or news.known is None:
        values["name"] = news.read_text(LOCATION) or news.get("street") or None
    if news.says(*_POINT):
        values["latitude"], values["longitude"] = (news.read(column, read_degrees) for column in _POINT)
    yield Record(LOCATION, location_id, values, news.path, {"organization_id": organization_id})
    if news.says(*_ADDRESS):
        yield _make_address(news, location_id)
    if news.says("wheelchair"):
        choices = news.reference.words.wheelchair
        wheelchair = news.read("wheelchair", lambda text: read_answer(text, choices))
        access_id = make_child_id(location_id, "accessibility")
        yield Record("accessibility", access_id, {"location_id": location_id, "wheelchair": wheelchair}, news.path)


def _make_address(news: News, location_id: str) -> Record:
    for column in ("street", "postcode", "city"):
        if not news.get(column) and column not in news.row.errors:
            news.tell("address_incomplete", column)
    postcode = news.read("postcode", read_postcode) or ""
    if postcode and " " not in postcode:
        news.tell("postcode_without_letters", "postcode", {"value": postcode}, blocks=False)
    place = find_municipality(news)
    values = {
        "location_id": location_id,
        "address_1": news.read_text("street") or "",
        "postal_code": postcode,
        "city": news.read_text("city") or "",
        "municipality": place.municipality_code if place else None,
        "state_province": place.province if place else "",
    }
    return Record("address", make_child_id(location_id, "address"), values, news.path)
