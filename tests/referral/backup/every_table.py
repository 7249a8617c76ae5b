"""Two rows in every table with a value in every column, so that no table and no type of column is forgotten."""

from datetime import UTC, date, datetime
from decimal import Decimal

from sqlalchemy import JSON, Boolean, Date, Enum, Float, Integer, Numeric, insert, select

from referral.backup.rows import TABLES
from referral.models.base import Moment

AT = datetime(2026, 11, 24, 9, 15, 0, 123456, tzinfo=UTC)
WORDS = 'é"\n☕\\'
MAKERS = (
    (Enum, lambda kind, number: kind.enums[number - 1]),
    (JSON, lambda kind, number: {"a": [number, None, WORDS]} if number == 1 else None),
    (Moment, lambda kind, number: AT.replace(day=number)),
    (Date, lambda kind, number: date(2026, 12, number)),
    (Boolean, lambda kind, number: number == 1),
    (Float, lambda kind, number: number + 1 / 3),
    (Numeric, lambda kind, number: Decimal(f"{number}.25")),
    (Integer, lambda kind, number: number),
)


def fill(connection):
    """The rows refer to those of their number; a row of a table that refers to itself, to the other row."""
    for table in TABLES:
        rows = [{column.name: make_value(column, number) for column in table.columns} for number in (1, 2)]
        own = [key.parent.name for key in table.foreign_keys if key.column.table is table]
        connection.execute(insert(table), [row | dict.fromkeys(own) for row in rows])
        for name in own:
            for row, other in zip(rows, reversed(rows), strict=True):
                connection.execute(table.update().where(table.c.id == row["id"]).values({name: other["id"]}))


def make_value(column, number):
    for key in column.foreign_keys:
        return make_value(key.column, number)
    make = next((make for kind, make in MAKERS if isinstance(column.type, kind)), None)
    if make:
        return make(column.type, number)
    return f"{number}{column.name}{WORDS}"[: column.type.length or None]


def read_all(connection):
    """Return {table: rows} of everything."""
    return {table.name: sorted(map(repr, connection.execute(select(table)))) for table in TABLES}
