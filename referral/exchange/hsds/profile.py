"""Our profile of HSDS 3.1: which objects and fields it uses, what we add, and how objects hang together.

Written down for others in `docs/decisions/0009-hsds-profile.md`. A field of HSDS that is a column of the same name is
covered; a column that HSDS does not have goes out as `x_<column>`; a field that is no column survives in `extra`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from referral.exchange.records import MODELS

OWN_PREFIX = "x_"
# Our own id of an object that goes out under the id that its source gave to several.
OWN_ID = "x_id"
# What says nothing outside this directory.
INTERNAL = frozenset({"id", "source", "source_digest", "extra"})
# What we have and HSDS has not.
OWN: Mapping[str, frozenset[str]] = {
    "organization": frozenset(
        {"municipality", "school_region", "holiday_policy", "is_government", "is_example", "translations"}
    ),
    "location": frozenset({"status", "is_example"}),
    "service": frozenset({"by_appointment", "check_due", "is_example", "translations"}),
    "address": frozenset({"municipality"}),
    "accessibility": frozenset({"wheelchair"}),
    "phone": frozenset({"evidence", "assured_date", "assurer_name"}),
    "schedule": frozenset({"opening_hours", "time_zone"}),
    "hours_exception": frozenset({"start_date", "end_date", "opening_hours", "reason"}),
    "cost_option": frozenset({"translations"}),
    "required_document": frozenset({"position", "translations"}),
}
# Fields that HSDS wants in every object, also when they are empty.
REQUIRED: Mapping[str, frozenset[str]] = {
    "organization": frozenset({"name", "description"}),
    "address": frozenset({"address_1", "city", "state_province", "postal_code", "country", "address_type"}),
}
# The field that says that an object was written by this program, so that what is not in it is not so.
MARK = "x_is_example"


@dataclass(frozen=True, slots=True)
class Part:
    """A list of objects within another: the field's name, the table, and the column that refers to the owner."""

    field: str
    table: str
    column: str


_PHONES, _CONTACTS, _SCHEDULES, _LANGUAGES, _EXCEPTIONS = (
    ("phones", "phone"),
    ("contacts", "contact"),
    ("schedules", "schedule"),
    ("languages", "language"),
    ("x_hours_exceptions", "hours_exception"),
)
_PARTS = {
    "organization": (_CONTACTS, _PHONES, _EXCEPTIONS),
    "location": (
        _LANGUAGES,
        ("addresses", "address"),
        _CONTACTS,
        ("accessibility", "accessibility"),
        _PHONES,
        _SCHEDULES,
        _EXCEPTIONS,
    ),
    "service": (
        _PHONES,
        _SCHEDULES,
        ("service_areas", "service_area"),
        ("service_at_locations", "service_at_location"),
        _LANGUAGES,
        ("cost_options", "cost_option"),
        ("required_documents", "required_document"),
        _CONTACTS,
        _EXCEPTIONS,
    ),
    "service_at_location": (_CONTACTS, _PHONES, _SCHEDULES),
    "phone": (_LANGUAGES,),
    "contact": (_PHONES,),
}
PARTS: Mapping[str, tuple[Part, ...]] = {
    owner: tuple(Part(field, table, f"{owner}_id") for field, table in parts) for owner, parts in _PARTS.items()
}


def list_fields(table: str) -> dict[str, str]:
    """Return the field of HSDS (or ours) for each column that is exchanged."""
    own = OWN.get(table, frozenset())
    return {
        column.name: f"{OWN_PREFIX}{column.name}" if column.name in own else column.name
        for column in MODELS[table].__table__.columns
        if column.name not in INTERNAL
    }


def list_references(table: str) -> dict[str, str]:
    """Return the table that a column refers to, by column."""
    return {
        column.name: key.column.table.name for column in MODELS[table].__table__.columns for key in column.foreign_keys
    }


FIELDS: Mapping[str, Mapping[str, str]] = {table: list_fields(table) for table in MODELS}
REFERENCES: Mapping[str, Mapping[str, str]] = {table: list_references(table) for table in MODELS}
