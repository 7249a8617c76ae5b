"""Editors at their browsers, in front of a door with the example directory."""

import re
from html import unescape

import pytest

from tests.api.account.colleague import Colleague, add_person

IDO = "ido-ommen-voorbeeld"
PAGE = f"/redactie/dienst/{IDO}"
EDITOR = "noor@bibliotheek.example"
OTHER = "bas@bibliotheek.example"
_FIELD = re.compile(r"<(input|select|textarea)\b([^>]*)>(?:([^<]*)</textarea>|(.*?)</select>)?", re.DOTALL)
_ATTRIBUTE = re.compile(r'([\w-]+)(?:="([^"]*)")?')


@pytest.fixture
def door(make_door, tuesday):
    made = make_door(sign_ins_per_minute=1_000)
    add_person(made, EDITOR, "editor municipality:GM0175")
    add_person(made, OTHER, "editor municipality:GM0175")
    return made


@pytest.fixture
def noor(door):
    return sign_in(door, EDITOR)


@pytest.fixture
def bas(door):
    return sign_in(door, OTHER)


def sign_in(door, email):
    colleague = Colleague(door)
    assert colleague.sign_in(email).status_code == 303
    return colleague


def read_form(answer):
    """Return the fields of the form as a browser would send them, as pairs."""
    assert answer.status_code in (200, 400, 409), answer.text
    page = re.search(r'<form class="editing".*?</form>', answer.text, re.DOTALL)[0]
    pairs = []
    for tag, attributes, text, options in _FIELD.findall(page):
        said = {name: unescape(value) for name, value in _ATTRIBUTE.findall(attributes)}
        if said.get("type") == "checkbox" and "checked" not in said:
            continue
        if tag == "textarea":
            value = unescape(text).removeprefix("\n")
        elif tag == "select":
            value = unescape(re.search(r"<option selected>([^<]*)", options)[1])
        else:
            value = said.get("value", "")
        pairs.append((said["name"], value))
    return pairs


def change(pairs, action="save", **texts):
    """Return the fields with other texts (`place__0__hours` for `place.0.hours`), and the button that was pressed."""
    wanted = {name.replace("__", "."): text for name, text in texts.items()}
    assert wanted.keys() <= {name for name, _ in pairs} | {"place.0.leave"}
    kept = [(name, wanted.pop(name, value)) for name, value in pairs]
    return [*kept, *wanted.items(), ("action", action)]


def get_value(pairs, name):
    return next(value for known, value in pairs if known == name)
