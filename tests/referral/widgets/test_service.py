"""How a library wants its chat: what may be typed, and that it is kept."""

import pytest

from referral.errors import InvalidInput
from referral.models.widget import Position
from referral.widgets.service import (
    MAX_GREETING,
    Wishes,
    get_wishes,
    list_origins,
    read_campaign,
    read_colour,
    read_greeting,
    read_origins,
    read_paths,
    save_wishes,
)
from tests.clock import TUESDAY

ALL = Wishes(
    origins=("https://www.example.nl",),
    hidden_paths=("/jeugd/*",),
    position=Position.START,
    greeting={"nl": "Dag"},
    accent="#0b5f58",
    top="#5b1a8b",
    shows_hours=False,
    campaign="site",
)


@pytest.mark.parametrize(
    ("typed", "origins"),
    [
        ("", ()),
        ("https://www.example.nl", ("https://www.example.nl",)),
        ("  www.example.nl/over-ons?x=1 \n\nhttps://WWW.example.nl:443", ("https://www.example.nl",)),
        ("https://example.nl:8443", ("https://example.nl:8443",)),
        ("http://localhost:3000\nhttp://[::1]:80", ("http://localhost:3000", "http://[::1]")),
        ("https://bücher.nl", ("https://xn--bcher-kva.nl",)),
    ],
)
def test_a_site_is_read_from_what_people_paste(typed, origins):
    assert read_origins(typed) == origins


@pytest.mark.parametrize(
    "typed",
    [
        "http://www.example.nl",
        "https://",
        "https://*.example.nl",
        "*",
        "https://u:p@example.nl",
        "javascript:alert(1)",
        "https://example.nl:99999",
        "https://a b.nl",
        "file:///etc",
        "https://" + "a" * 64 + ".nl",
        "\n".join(f"https://{number}.nl" for number in range(51)),
    ],
)
def test_what_is_no_site_is_refused(typed):
    with pytest.raises(InvalidInput):
        read_origins(typed)


def test_paths_greetings_colours_and_campaigns_are_read():
    assert read_paths("/jeugd/*\n\n /vacatures ") == ("/jeugd/*", "/vacatures")
    assert read_greeting([("nl", " Dag   buur "), ("en", "")]) == {"nl": "Dag buur"}
    assert read_colour(" #0B5F58 ") == "#0b5f58"
    assert read_colour("") is None
    assert read_campaign(" Poster-1 ") == "poster-1"
    assert read_campaign("") is None


@pytest.mark.parametrize(
    ("read", "typed"),
    [
        (read_paths, "jeugd"),
        (read_paths, "/a b"),
        (read_paths, "/*/b"),
        (read_paths, "/" + "a" * 200),
        (read_colour, "red"),
        (read_colour, "#12345"),
        (read_campaign, "Naam van een mens"),
        (lambda text: read_greeting([("nl", text)]), "a" * (MAX_GREETING + 1)),
    ],
)
def test_what_cannot_be_is_refused(read, typed):
    with pytest.raises(InvalidInput):
        read(typed)


def test_what_a_library_wants_is_kept_and_the_last_one_holds(database):
    with database.begin() as session:
        assert get_wishes(session, "zwolle") == Wishes()
        save_wishes(session, "zwolle", ALL, by="Mira", now=TUESDAY)
        save_wishes(session, "ommen", Wishes(), by="Mira", now=TUESDAY)
    with database.begin() as session:
        assert get_wishes(session, "zwolle") == ALL
        assert list_origins(session) == {"zwolle": frozenset(ALL.origins), "ommen": frozenset()}
        save_wishes(session, "zwolle", Wishes(origins=("https://a.nl",)), by="Mira", now=TUESDAY)
    with database.read() as session:
        assert get_wishes(session, "zwolle") == Wishes(origins=("https://a.nl",))
