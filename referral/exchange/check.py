"""Whether a row of a source fits its table: types, lengths, closed lists, hours, and coordinates. Pure.

Readers may leave texts where a column wants a date, a moment or a number; what can be read comes out in the type of the
column.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy import JSON, Boolean, ColumnElement, Date, Enum, Float, Integer, Numeric, String

from referral.directory.notation import read_notation
from referral.directory.web_address import read_web_address
from referral.errors import InvalidContent
from referral.exchange.problems import Problem
from referral.exchange.records import LOCATION, MODELS, Record
from referral.models.base import Moment
from referral.models.columns import WebAddress

# The Netherlands in Europe, in degrees (WGS 84): south, north, west, east. As in directory/compact.py.
SOUTH, NORTH, WEST, EAST = 50.7, 53.6, 3.3, 7.3


# What a database does not take: NUL (PostgreSQL), and half of a pair of surrogates (UTF-8 has none).
_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")


class _Unfit(Exception):
    """A value that is not what its column holds; `code` and `values` are those of the problem."""

    def __init__(self, code: str, **values: str | int) -> None:
        self.code = code
        self.values = values


def check_record(record: Record) -> tuple[Record, list[Problem]]:
    """Return the row with its values in the types of the columns, and what is wrong with it."""
    columns = MODELS[record.table].__table__.columns
    values: dict[str, Any] = {}
    problems = []
    for name, value in (("id", record.id), *record.values.items()):
        try:
            values[name] = _convert(columns[name], value)
        except _Unfit as unfit:
            told = {"value": _shorten(str(value)), **unfit.values}
            problems.append(Problem(unfit.code, record.path, f"{record.table}.{name}", told))
    values.pop("id", None)
    checked = replace(record, values=values)
    if not problems:
        problems = list(_find_problems(checked))
    return checked, problems


def find_missing(record: Record) -> list[Problem]:
    """Return what a new row lacks: columns that must have a value, and have none of their own."""
    return [
        Problem("missing", record.path, f"{record.table}.{column.name}")
        for column in MODELS[record.table].__table__.columns
        if not column.nullable and column.default is None and not column.primary_key
        if record.values.get(column.name, record.initial.get(column.name)) is None
    ]


def _convert(column: ColumnElement[Any], value: Any) -> Any:  # noqa: PLR0911  (one line a type)
    if value is None:
        if not column.nullable:
            raise _Unfit("missing")
        return None
    kind = column.type
    if isinstance(kind, Enum):
        return _to_member(kind, value)
    if isinstance(kind, WebAddress):
        return _to_web_address(value)
    if isinstance(kind, String):
        return _to_text(value, kind.length)
    if isinstance(kind, Boolean):
        return _demand(value, bool, "no_yes_or_no")
    if isinstance(kind, Integer):
        return _to_whole_number(value)
    if isinstance(kind, Float):
        return _to_number(value)
    if isinstance(kind, Numeric):
        return _to_amount(value, kind.scale or 0)
    if isinstance(kind, Date):
        return _to_date(value)
    if isinstance(kind, Moment):
        return _to_moment(value)
    return _demand(value, dict, "no_object") if isinstance(kind, JSON) else value


def _demand(value: Any, kind: type, code: str) -> Any:
    if not isinstance(value, kind):
        raise _Unfit(code)
    return value


def _to_member(kind: Enum, value: Any) -> Any:
    if value not in kind.enums:
        raise _Unfit("not_in_list", choices=", ".join(kind.enums))
    return kind.enum_class(value) if kind.enum_class else value


def _to_text(value: Any, length: int | None) -> str:
    text: str = _demand(value, str, "no_text")
    if _UNWRITABLE.search(text):
        raise _Unfit("control_character")
    if length is not None and len(text) > length:
        raise _Unfit("too_long", length=length)
    return text


def _to_web_address(value: Any) -> str | None:
    text = _to_text(value, None)
    address = read_web_address(text)
    if address is None and text.strip():
        raise _Unfit("no_url")
    return address


def _to_whole_number(value: Any) -> int:
    number = _to_number(value)
    if not number.is_integer() or abs(number) >= 2**31:
        raise _Unfit("no_whole_number")
    return int(number)


def _to_number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise _Unfit("no_number")
    return float(value)


def _to_amount(value: Any, scale: int) -> Decimal:
    try:
        amount = Decimal(str(value))
        if isinstance(value, bool) or not amount.is_finite() or abs(amount) >= 10**8:
            raise _Unfit("no_number")
        return amount.quantize(Decimal(1).scaleb(-scale))
    except InvalidOperation as error:
        raise _Unfit("no_number") from error


def _to_date(value: Any) -> date:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else _demand(value, date, "no_date")
    except ValueError as error:
        raise _Unfit("no_date") from error


def _to_moment(value: Any) -> datetime:
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else _demand(value, datetime, "no_moment")
    except ValueError as error:
        raise _Unfit("no_moment") from error
    if moment.tzinfo is None:
        raise _Unfit("no_moment")
    return moment


def _find_problems(record: Record) -> Iterator[Problem]:
    """Yield what is wrong between the values of one row."""
    values = record.values
    if hours := values.get("opening_hours"):
        try:
            read_notation(hours)
        except InvalidContent:
            yield Problem("hours_unreadable", record.path, f"{record.table}.opening_hours", {"value": hours})
    for first, last in (("valid_from", "valid_to"), ("start_date", "end_date")):
        start, end = values.get(first), values.get(last)
        if start and end and end < start:
            told = {"start": start.isoformat(), "end": end.isoformat()}
            yield Problem("ends_before_it_starts", record.path, f"{record.table}.{last}", told)
    if record.table == LOCATION:
        yield from _find_misplaced(record)


def _find_misplaced(record: Record) -> Iterator[Problem]:
    latitude, longitude = record.values.get("latitude"), record.values.get("longitude")
    if latitude is None and longitude is None:
        return
    field = "location.latitude"
    if latitude is None or longitude is None:
        yield Problem("half_a_coordinate", record.path, field)
        return
    told = {"latitude": latitude, "longitude": longitude}
    if SOUTH <= longitude <= NORTH and WEST <= latitude <= EAST:
        yield Problem("coordinates_swapped", record.path, field, told)
    elif not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        yield Problem("coordinates_off_earth", record.path, field, told)
    elif not (SOUTH <= latitude <= NORTH and WEST <= longitude <= EAST):
        yield Problem("coordinates_abroad", record.path, field, told, blocks=False)


def _shorten(text: str) -> str:
    """Return what can be shown of a value: its beginning, without what cannot be written."""
    text = _UNWRITABLE.sub("�", text)
    return text if len(text) <= 60 else f"{text[:59]}…"
