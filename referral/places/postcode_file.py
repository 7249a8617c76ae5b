"""Reads a full postcode file, line by line: which places and municipalities a postcode lies in, and where.

Three forms are known, all UTF-8:

- the GeoNames dump `NL.txt`, with four digits or all six characters: twelve columns parted by tabs, no header
  (https://download.geonames.org/export/zip/);
- CSV with that header: `country code,postal code,place name,admin name1,…,latitude,longitude,…`;
- CSV with the header `pc4,woonplaats,gemeentecode,gemeente,provincie,lat,lon,…`, where `;` parts several places.

One broken line, as in a download that was cut off, is an `InvalidContent`.
"""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from referral.errors import InvalidContent
from referral.places.bounds import LATITUDES, LONGITUDES

# The columns of GeoNames' dump, as its readme names them.
_GEONAMES = (
    "country code",
    "postal code",
    "place name",
    "admin name1",
    "admin code1",
    "admin name2",
    "admin code2",
    "admin name3",
    "admin code3",
    "latitude",
    "longitude",
    "accuracy",
)
_REQUIRED_GEONAMES = (
    "country code",
    "postal code",
    "place name",
    "admin name2",
    "admin code2",
    "latitude",
    "longitude",
)
_REQUIRED_PC4 = ("pc4", "woonplaats", "gemeentecode", "gemeente", "lat", "lon")
_POSTCODE = re.compile(r"([1-9]\d{3})\s?([A-Z]{2})?")
_CODE = re.compile(r"(?:GM)?(\d{3,4})")


@dataclass(frozen=True, slots=True)
class PostcodeLine:
    """A place within a postcode; `letters` are empty in a file of four digits, `municipality_codes` are GMxxxx."""

    digits: str
    letters: str
    place: str
    municipality_codes: tuple[str, ...]
    municipality: str
    lat: float
    lon: float


def read_postcode_lines(path: Path) -> Iterator[PostcodeLine]:
    """Yield what each line holds; raise `InvalidContent` that names the line and what is wrong in it."""
    for number, row in _read_rows(path):
        yield from _read_places(row, f"{path}: line {number}")


def _read_rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the number of each line and its fields by the name of their column."""
    lines = _read_lines(path)
    is_dump = "\t" in lines[0] and "postal code" not in lines[0].lower()
    delimiter = "\t" if "\t" in lines[0] else ","
    # In a dump a quotation mark is a letter like any other.
    reader = csv.reader(
        lines, delimiter=delimiter, quoting=csv.QUOTE_NONE if is_dump else csv.QUOTE_MINIMAL, strict=True
    )
    columns: Sequence[str] = _GEONAMES if is_dump else ()
    try:
        for fields in reader:
            if not columns:
                columns = _read_header(fields, path)
            elif fields:
                if len(fields) != len(columns):
                    cut = f"{len(fields)} columns instead of {len(columns)}; is the file cut off?"
                    raise InvalidContent(f"{path}: line {reader.line_num}: {cut}")
                yield reader.line_num, dict(zip(columns, map(str.strip, fields), strict=True))
    except csv.Error as error:
        raise InvalidContent(f"{path}: line {reader.line_num}: {error}") from error


def _read_lines(path: Path) -> list[str]:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InvalidContent(f"{path}: cannot be read: {error.strerror}") from error
    try:
        lines = content.decode("utf-8-sig").splitlines(keepends=True)
    except UnicodeDecodeError as error:
        number = content.count(b"\n", 0, error.start) + 1
        raise InvalidContent(f"{path}: line {number}: is not UTF-8") from error
    if not lines:
        raise InvalidContent(f"{path}: line 1: the file is empty")
    return lines


def _read_header(fields: Sequence[str], path: Path) -> tuple[str, ...]:
    columns = tuple(field.strip().lower().replace("_", " ") for field in fields)
    required = _REQUIRED_PC4 if "pc4" in columns else _REQUIRED_GEONAMES
    missing = [name for name in required if name not in columns]
    if missing:
        raise InvalidContent(f"{path}: line 1: no column {missing[0]!r}; this is no postcode file that we know")
    return columns


def _read_places(row: Mapping[str, str], where: str) -> Iterator[PostcodeLine]:
    """Yield the places of one line; a line of another country has none."""
    if "pc4" in row:
        postcode, places = row["pc4"], row["woonplaats"].split(";")
        codes, municipality = row["gemeentecode"].split(";"), row["gemeente"]
        lat, lon = row["lat"], row["lon"]
    elif row["country code"] == "NL":
        postcode, places = row["postal code"], [row["place name"]]
        codes, municipality = [row["admin code2"]], row["admin name2"]
        lat, lon = row["latitude"], row["longitude"]
    else:
        return
    digits, letters = _read_postcode(postcode, where)
    numbers = tuple(_read_code(code, where) for code in codes)
    latitude, longitude = _read_degrees(lat, LATITUDES, where), _read_degrees(lon, LONGITUDES, where)
    for place in places:
        if not place.strip():
            raise InvalidContent(f"{where}: no name of a place")
        yield PostcodeLine(digits, letters, place.strip(), numbers, municipality, latitude, longitude)


def _read_postcode(text: str, where: str) -> tuple[str, str]:
    match = _POSTCODE.fullmatch(text)
    if not match:
        raise InvalidContent(f"{where}: {text!r} is no Dutch postcode")
    return match[1], match[2] or ""


def _read_code(text: str, where: str) -> str:
    match = _CODE.fullmatch(text.strip())
    if not match:
        raise InvalidContent(f"{where}: {text!r} is no code of a municipality")
    return f"GM{int(match.group(1)):04d}"


def _read_degrees(text: str, bounds: tuple[float, float], where: str) -> float:
    try:
        degrees = float(text)
    except ValueError as error:
        raise InvalidContent(f"{where}: {text!r} is no number of degrees") from error
    if not bounds[0] <= degrees <= bounds[1]:
        raise InvalidContent(f"{where}: {text} degrees lies outside the Netherlands")
    return degrees
