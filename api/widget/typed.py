"""Reads what staff typed for the chat on their site; every field with a fault is told, not only the first."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from api.web.forms import Fields
from api.web.theme import Theme, find_faults
from referral.catalogue.service import LANGUAGES
from referral.errors import InvalidInput
from referral.language.registry import ALL, DUTCH
from referral.models.widget import Position
from referral.widgets.service import (
    Wishes,
    read_campaign,
    read_colour,
    read_greeting,
    read_origins,
    read_paths,
)

COLOURS = ("accent", "top")
# Dutch is always there.
OPTIONAL = tuple(code for code in ALL if code != DUTCH)


@dataclass(frozen=True, slots=True)
class Typed:
    """`wishes` are there when nothing is wrong; `faults` names the fields, with the word that tells what to do."""

    wishes: Wishes | None
    faults: dict[str, str]


def read_wishes(fields: Fields, theme: Theme) -> Typed:
    """Return what was typed, checked; the colours also against those that they stand beside in the theme."""
    faults: dict[str, str] = {}

    def read(name: str, reader: Callable[[str], Any]) -> Any:
        try:
            return reader(fields.get(name))
        except InvalidInput:
            faults[name] = f"widget_wrong_{name}"
            return None

    greeting: dict[str, str] = {}
    for language in LANGUAGES:
        greeting |= read(f"greeting_{language}", partial(_read_greeting, language)) or {}
    colours = {name: read(name, read_colour) for name in COLOURS}
    found = {
        "origins": read("origins", read_origins),
        "hidden_paths": read("hidden_paths", read_paths),
        "campaign": read("campaign", read_campaign),
        "position": Position.START if fields.get("position") == Position.START else Position.END,
        "shows_hours": fields.get("shows_hours") == "yes",
        "hidden_languages": tuple(code for code in OPTIONAL if fields.get(f"language_{code}") != "yes"),
        "greeting": greeting,
        **colours,
    }
    for name in COLOURS:
        alone = theme.recolour(**{"accent": None, "top": None, name: colours[name]})
        if colours[name] and any(find_faults(alone.schemes["light"])):
            faults[name] = "widget_wrong_faint"
    return Typed(None if faults else Wishes(**found), faults)


def _read_greeting(language: str, text: str) -> dict[str, str]:
    return read_greeting([(language, text)])
