"""The fields of the form as a page shows them: columns of `data/sheet.yml`, in groups, with their choices. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from api.web.forms import Fields
from referral.editing.form import PLACE, ServiceForm, Texts, list_columns, make_form
from referral.exchange.sheet.cells import split_list
from referral.exchange.sheet.reference import Reference
from referral.exchange.sheet.template import list_choices

# A legend's key in the words for staff, and what stands under it. Places stand between the first group and the others.
GROUPS: Mapping[str, Sequence[str]] = {
    "service": ("organization", "name", "kinds", "description", "description_en", "groups", "audience"),
    "contact": ("phone", "email", "website"),
    "visit": ("changes", "appointment", "how", "cost", "languages", "bring", "area", "alert"),
    "check": ("status", "assured_date", "check_due"),
}
HIDDEN = ("organization_id", "location_id")
LONG = ("description", "description_en", "how", "bring", "changes", "alert")
SEVERAL = ("kinds", "groups")
NO_EMPTY = ("appointment", "status")
OPENED = "was."
MAX_PLACES = 15


class Kind(StrEnum):
    TEXT = "text"
    LONG = "long"
    ONE_OF = "one_of"
    SOME_OF = "some_of"


@dataclass(frozen=True, slots=True)
class Field:
    """`name` is that in the form (`service.phone`, `place.0.hours`); `chosen` are the choices that hold."""

    name: str
    kind: Kind
    label: str
    hint: str
    value: str
    choices: tuple[str, ...] = ()
    chosen: tuple[str, ...] = ()
    required: bool = False


def list_fields(columns: Sequence[str], texts: Texts, prefix: str, reference: Reference) -> list[Field]:
    """Return the fields of some columns with what stands in them."""
    choices = list_choices(reference)
    declared = {column.id: column for column in reference.words.columns}
    return [
        Field(
            name=f"{prefix}.{column}",
            kind=_get_kind(column, choices),
            label=declared[column].header[0].upper() + declared[column].header[1:],
            hint=declared[column].help,
            value=texts[column],
            choices=_list_choices(column, texts[column], choices),
            chosen=tuple(split_list(texts[column])) if column in SEVERAL else (texts[column],),
            required=declared[column].required and column not in SEVERAL,
        )
        for column in columns
    ]


def _get_kind(column: str, choices: Mapping[str, Sequence[str]]) -> Kind:
    if column in SEVERAL:
        return Kind.SOME_OF
    if column in choices:
        return Kind.ONE_OF
    return Kind.LONG if column in LONG else Kind.TEXT


def _list_choices(column: str, text: str, choices: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return the choices, with what stands there now, and with nothing where nothing can be said."""
    if column not in choices:
        return ()
    present = split_list(text) if column in SEVERAL else [text]
    empty = [""] if column not in (*NO_EMPTY, *SEVERAL) else []
    return tuple(dict.fromkeys((*empty, *choices[column], *filter(None, present))))


def read_typed(service_id: str, fields: Fields, reference: Reference) -> ServiceForm:
    """Return the form that a browser sent; a place that is to be left is not in it."""
    places = [
        {column: fields.get(f"place.{number}.{column}") for column in PLACE}
        for number in range(MAX_PLACES)
        if not fields.get(f"place.{number}.leave")
    ]
    return make_form(service_id, _read_service(fields, "", reference), places, reference)


def read_opened(service_id: str, fields: Fields, reference: Reference) -> ServiceForm:
    """Return the form as it was when it was opened, which travels along."""
    places = [
        {column: fields.get(f"{OPENED}place.{number}.{column}") for column in PLACE} for number in range(MAX_PLACES)
    ]
    return make_form(service_id, _read_service(fields, OPENED, reference), places, reference)


def _read_service(fields: Fields, prefix: str, reference: Reference) -> Texts:
    names = {column: f"{prefix}service.{column}" for column in list_columns(reference)}
    orders = (list(reference.kinds.values()), list(reference.groups.values()))
    several = {
        column: "; ".join(_sort(fields.list(names[column]), order))
        for column, order in zip(SEVERAL, orders, strict=True)
    }
    return {column: fields.get(name) for column, name in names.items()} | several


def _sort(chosen: Sequence[str], order: Sequence[str]) -> list[str]:
    """Return what was ticked in the order in which it is written; what we do not know comes last."""
    return sorted(chosen, key=lambda one: order.index(one) if one in order else len(order))


def list_opened(opened: ServiceForm) -> list[tuple[str, str]]:
    """Return the form as it was opened, as hidden fields."""
    hidden = [(f"{OPENED}service.{column}", text) for column, text in opened.service.items() if column not in SEVERAL]
    for column in SEVERAL:
        hidden += [(f"{OPENED}service.{column}", one) for one in split_list(opened.service[column])]
    for number, place in enumerate(opened.places):
        hidden += [(f"{OPENED}place.{number}.{column}", text) for column, text in place.items()]
    return hidden
