"""A campaign: a link and a QR code for who reads the figures, and the chat notes by whose link somebody came."""

import json
import re
from io import BytesIO

import pytest
import segno
from PIL import Image
from sqlalchemy import select

from api.web.qr import PNG_SCALE, QUIET_ZONE
from referral.models.visit import Visit
from tests.api.account.colleague import Colleague, add_person

PAGE = "/desk/campagnes"
LINK = "http://library/?campagne=poster-2026"


@pytest.fixture
def analyst(door):
    add_person(door, "ans@x.nl", "analyst country")
    colleague = Colleague(door)
    colleague.sign_in("ans@x.nl")
    return colleague


def test_a_name_gives_a_link_and_two_files(analyst):
    page = analyst.get(f"{PAGE}?naam=Poster-2026")
    assert page.status_code == 200
    assert f'href="{LINK}"' in page.text
    files = re.findall(r'href="([^"]+)" download', page.text)
    assert files == [f"{PAGE}/poster-2026.{kind}" for kind in ("svg", "png")]


def test_the_picture_bears_the_link(analyst):
    file = analyst.get(f"{PAGE}/poster-2026.png")
    assert file.headers["Content-Type"] == "image/png"
    picture = Image.open(BytesIO(file.content)).convert("1")
    expected = segno.make(LINK, error="m", micro=False).matrix
    middle = PNG_SCALE // 2
    size = picture.width // PNG_SCALE - 2 * QUIET_ZONE
    at = [(place + QUIET_ZONE) * PNG_SCALE + middle for place in range(size)]
    assert [[picture.getpixel((x, y)) == 0 for x in at] for y in at] == [
        [bool(module) for module in row] for row in expected
    ]


def test_the_drawing_is_svg(analyst):
    file = analyst.get(f"{PAGE}/poster-2026.svg")
    assert file.headers["Content-Type"].startswith("image/svg+xml")
    assert file.headers["Content-Disposition"] == 'attachment; filename="poster-2026.svg"'
    assert b"<svg" in file.content


@pytest.mark.parametrize("name", ["-poster", "een naam", "%3Cscript%3E", "a" * 41])
def test_what_is_no_name_is_told_and_gives_nothing(analyst, name):
    page = analyst.get(f"{PAGE}?naam={name}")
    assert page.status_code == 400
    assert 'id="naam-wrong"' in page.text
    assert "<script>" not in page.text
    assert "download" not in page.text
    assert analyst.get(f"{PAGE}/{name}.svg").status_code == 400


def test_it_is_for_managers_and_analysts(door, noor):
    add_person(door, "max@x.nl", "manager country")
    manager = Colleague(door)
    manager.sign_in("max@x.nl")
    assert manager.get(PAGE).status_code == 200
    assert noor.get(PAGE).status_code == 403
    assert noor.get(f"{PAGE}/poster.svg").status_code == 403


def list_campaigns(door):
    with door.database.read() as session:
        return session.scalars(select(Visit.campaign)).all()


def read_campaign(door, path):
    page = door.ask("GET", path)
    assert page.status_code == 200
    return json.loads(re.search(r'<script type="application/json">(.*?)</script>', page.text)[1])["campaign"]


def test_the_page_of_the_chat_hands_the_name_on_and_the_visit_bears_it(door):
    assert read_campaign(door, "/?campagne=poster-2026") == "poster-2026"
    door.open(campaign="poster-2026")
    assert list_campaigns(door) == ["poster-2026"]


@pytest.mark.parametrize("query", ["", "?campagne=", "?campagne=-x", "?campagne=%00", "?campagne=" + "a" * 3000])
def test_a_broken_name_is_left_out_and_the_chat_opens(door, query):
    assert read_campaign(door, f"/{query}") is None
    door.open(campaign=None)
    assert list_campaigns(door) == [None]
