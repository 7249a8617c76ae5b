"""One HSDS object as the values of one row, and what is left of it. Pure."""

from typing import Any

from referral.exchange.hsds.profile import FIELDS, OWN, OWN_ID, PARTS, REFERENCES
from referral.exchange.hsds.schedules import Object
from referral.exchange.records import LOCATION, MODELS, ORGANIZATION, SERVICE, SERVICE_AT_LOCATION

# Fields that `read` takes care of itself.
_STRUCTURE = frozenset({"id", OWN_ID, "attributes", "x_part_of"})
_WITHIN = {
    SERVICE: frozenset({"organization", "x_status"}),
    SERVICE_AT_LOCATION: frozenset({"location"}),
    ORGANIZATION: frozenset({"locations", "services"}),
    LOCATION: frozenset[str](),
}


def read_values(table: str, content: Object, *, is_ours: bool, is_summary: bool) -> dict[str, Any]:
    """Return the columns that an object speaks of; of an object that is no summary, also those that it leaves empty.

    What we add to HSDS is only said by an object of ours. References to other rows are left to the caller.
    """
    values = {}
    for column, field in FIELDS[table].items():
        if column in REFERENCES[table]:
            continue
        if content.get(field) is not None:
            values[column] = content[field]
        elif not is_summary and (is_ours or column not in OWN.get(table, ())):
            values |= _leave_empty(MODELS[table].__table__.c[column])
    return values


def _leave_empty(column: Any) -> dict[str, Any]:
    """Return what a column holds when nothing is said: nothing, or its default; no value where it must be said."""
    if column.nullable:
        return {column.name: None}
    if column.default is None:
        return {}
    return {column.name: column.default.arg if column.default.is_scalar else {}}


def keep_rest(table: str, content: Object) -> Object:
    """Return the fields that are neither a column nor a list of parts."""
    known = _STRUCTURE | set(FIELDS[table].values()) | {part.field for part in PARTS.get(table, ())}
    known |= _WITHIN.get(table, frozenset())
    return {field: value for field, value in content.items() if field not in known}
