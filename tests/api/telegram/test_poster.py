"""The poster: one page, to be read and to be scanned, and its link is that of the location."""

import pytest
from pypdf import PdfReader
from sqlalchemy import text

from api.telegram.poster import make_link
from referral.db import Database
from referral.errors import InvalidInput
from tests.api.cli.conftest import omdehoek  # noqa: F401  (a fixture)
from tests.api.telegram.bot_api import TOKEN


@pytest.fixture
def location(tmp_path, omdehoek):  # noqa: F811
    database = Database(f"sqlite:///{tmp_path / 'omdehoek.db'}")
    with database.read() as session:
        found = session.execute(text("select location_id from address where city = 'Zwolle' limit 1")).scalar_one()
    database.dispose()
    return found


def test_the_poster_names_the_place_and_bears_its_link(omdehoek, location, tmp_path):  # noqa: F811
    out = tmp_path / "poster.pdf"
    told = omdehoek("telegram", "qr", "--location", location, "--bot", "@omdehoek_bot", "--out", out)
    assert told.code == 0, told.err
    assert told.out.splitlines()[0] == f"https://t.me/omdehoek_bot?start=loc_{location}"
    [page] = PdfReader(out).pages
    said = " ".join(page.extract_text().split())
    for words in ("Een brief die u niet begrijpt?", "Druk op Start.", "Zwolle", f"start=loc_{location}"):
        assert words in said


def test_telegram_tells_what_the_bot_is_called(omdehoek, location, tmp_path, bot_api):  # noqa: F811
    asked = {"OMDEHOEK_TELEGRAM_TOKEN": TOKEN, "OMDEHOEK_TELEGRAM_API_URL": bot_api.url}
    told = omdehoek("telegram", "qr", "--location", location, "--out", tmp_path / "poster.pdf", **asked)
    assert told.out.startswith("https://t.me/omdehoek_bot?")


def test_what_cannot_be_is_told(omdehoek, location, tmp_path):  # noqa: F811
    assert omdehoek("telegram", "qr", "--location", "nowhere", "--bot", "b").code == 2
    assert omdehoek("telegram", "qr", "--location", location).code == 2
    assert (
        omdehoek("telegram", "qr", "--location", location, "--bot", "b", "--out", tmp_path / "no" / "x.pdf").code == 2
    )
    assert omdehoek("telegram", "run").code == 2


@pytest.mark.parametrize("location_id", ["a b", "é", "a" * 61])
def test_an_id_that_no_link_can_carry_is_told(location_id):
    with pytest.raises(InvalidInput):
        make_link("bot", location_id)
