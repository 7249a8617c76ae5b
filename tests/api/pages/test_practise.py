"""Oefenen en hulp: the offer of a library, on a page and in a frame on its own site."""

import json
import re

import pytest

from referral.catalogue.skills import load_skills
from referral.clock import read_clock
from referral.errors import InvalidContent
from referral.referring.knowledge import load_knowledge
from referral.settings import ROOT
from referral.widgets.service import Wishes, save_wishes
from tests.api.door import read_problem

LIBRARY = "bibliotheek-zwolle-voorbeeld"
PAGE = f"/oefenen/{LIBRARY}"
SITE = "https://www.example.nl"


def test_every_skill_has_its_offer_with_places_times_and_what_is_online(door, tuesday):
    page = door.ask("GET", PAGE).text
    for label in ("Computer en internet", "Nederlands", "Rekenen", "Taal in het gezin", "Werk", "Geld"):
        assert f">{label}</h2>" in page
    dutch = page.split('id="offer-taal"')[1].split("</section>")[0]
    assert "Taalhuis" in dutch
    assert re.search(r'class="card-hours">[^<]*\d', dutch)
    assert "https://oefenen.nl" in dutch.split("Thuis, online of aan de telefoon")[1]


def test_one_skill_alone_and_in_english(door):
    page = door.ask("GET", f"{PAGE}/taal?lang=en").text
    assert page.count('class="offer"') == 1
    assert "Near you" in page
    assert '<html lang="en">' in page


def test_search_engines_read_the_services(door):
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', door.ask("GET", PAGE).text)[1]
    assert len(json.loads(block)["itemListElement"]) > 3


def test_a_site_of_the_library_may_show_it_in_a_frame_and_no_other(make_door):
    door = make_door()
    with door.database.begin() as session:
        save_wishes(session, LIBRARY, Wishes(origins=(SITE,)), by="Mira", now=read_clock())
    framed = door.ask("GET", f"{PAGE}?kader=1")
    assert f"frame-ancestors 'self' {SITE}" in framed.headers["content-security-policy"]
    assert "default-src 'self'" in framed.headers["content-security-policy"]
    assert "<footer" not in framed.text
    assert SITE not in door.ask("GET", "/").headers["content-security-policy"]


def test_the_own_library_is_found_and_what_is_none_is_told(door):
    assert door.ask("GET", "/oefenen?lang=en").headers["location"] == f"{PAGE}?lang=en"
    assert read_problem(door.ask("GET", "/oefenen/nowhere")) == (404, "unknown_library")
    assert read_problem(door.ask("GET", f"{PAGE}/dansen")) == (404, "not_found")


@pytest.mark.parametrize(
    "topics",
    [("[bestaat_niet]",), ("[taal]", "[taal]"), ("[]",)],
    ids=["unknown", "twice", "none"],
)
def test_a_fault_in_the_skills_is_told(tmp_path, topics):
    rows = "\n".join(f"- {{id: a, label: {{nl: A}}, what: {{nl: A}}, topics: {one}}}" for one in topics)
    (tmp_path / "skills.yml").write_text(f"skills:\n{rows}\n", encoding="utf-8")
    with pytest.raises(InvalidContent):
        load_skills(tmp_path, load_knowledge().catalogue)


def test_the_skills_are_in_every_language():
    for skill in load_skills(ROOT / "data", load_knowledge().catalogue).values():
        assert set(skill.label) == set(skill.what) == {"nl", "en"}
