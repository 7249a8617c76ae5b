"""Editors at their browsers, in front of a door with the example directory."""

from html.parser import HTMLParser

import pytest

from tests.api.account.colleague import Colleague, add_person

IDO = "ido-ommen-voorbeeld"
PAGE = f"/redactie/dienst/{IDO}"
EDITOR = "noor@bibliotheek.example"
OTHER = "bas@bibliotheek.example"


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


class FormReader(HTMLParser):
    """Collects what a browser would send of the form of a service."""

    def __init__(self):
        super().__init__()
        self.pairs = []
        self.is_inside = False
        self.name = self.text = None

    def handle_starttag(self, tag, attrs):
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.is_inside = said.get("id") == "service"
        elif not self.is_inside:
            return
        elif tag == "input" and (said.get("type") != "checkbox" or "checked" in said):
            self.pairs.append((said["name"], said.get("value", "")))
        elif tag in ("select", "textarea"):
            self.name = said["name"]
            self.text = "" if tag == "textarea" else None
        elif tag == "option" and "selected" in said:
            self.text = ""

    def handle_data(self, data):
        if self.text is not None:
            self.text += data

    def handle_endtag(self, tag):
        if self.text is not None and tag in ("option", "textarea"):
            self.pairs.append((self.name, self.text.removeprefix("\n")))
            self.text = None


def read_form(answer):
    """Return the fields of the form as a browser would send them, as pairs."""
    assert answer.status_code in (200, 400, 409), answer.text
    reader = FormReader()
    reader.feed(answer.text)
    return reader.pairs


def change(pairs, action="save", **texts):
    """Return the fields with other texts (`place__0__hours` for `place.0.hours`), and the button that was pressed."""
    wanted = {name.replace("__", "."): text for name, text in texts.items()}
    assert wanted.keys() <= {name for name, _ in pairs} | {"place.0.leave", "service.groups"}
    kept = [(name, wanted.pop(name, value)) for name, value in pairs]
    return [*kept, *wanted.items(), ("action", action)]


def get_value(pairs, name):
    return next(value for known, value in pairs if known == name)
