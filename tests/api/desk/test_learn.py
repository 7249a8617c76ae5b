"""What was not recognised: kept from the desk, decided on in one click, taken back; only by staff of the library."""

import re

import pytest
from sqlalchemy import select

from referral.learning import service as learning
from referral.learning.service import Missed
from referral.models.unrecognised import Unrecognised
from referral.referring.knowledge import load_knowledge
from tests.api.account.colleague import Colleague, add_person, read_note, read_target
from tests.api.desk.conftest import OMMEN, ZWOLLE
from tests.api.desk.test_look_up import rank
from tests.clock import TUESDAY

LEARN = "/desk/niet-begrepen"
SAID = "ik heb een raar ding van de gemeente"


def list_kept(door):
    with door.database.read() as session:
        return session.scalars(select(Unrecognised).order_by(Unrecognised.text)).all()


def keep(door, text=SAID, chosen="schulden"):
    """Put one on the list; return its id."""
    with door.database.begin() as session:
        missed = Missed(ZWOLLE, text, ["digid", "boete"], chosen)
        assert learning.note_missed(session, missed, load_knowledge().catalogue, TUESDAY)
    return next(one.id for one in list_kept(door) if one.text == text)


def list_buttons(page):
    return re.findall(r'name="decision" value="(\w+)"', page)


def test_a_topic_that_the_triage_did_not_offer_is_kept_masked(noor, door, rasa):
    rank(rasa, ("verblijf_inburgering", 0.9), ("digid", 0.05))
    said = noor.post("/desk/missed", {"q": "mijn bsn is 123456782 en ik heb een boete", "topic": "boete"})
    assert (said.status_code, said.content) == (204, b"")
    (kept,) = list_kept(door)
    assert "123456782" not in kept.text
    assert (kept.chosen, kept.likely, kept.library_id) == ("boete", ["verblijf_inburgering"], ZWOLLE)


@pytest.mark.parametrize(
    ("text", "topic"),
    [(SAID, "boete"), ("ik wil dood door een boete", "schulden"), (SAID, "mentaal"), (SAID, "nood_112")],
)
def test_what_was_offered_or_urgent_or_private_is_not_kept(noor, door, rasa, text, topic):
    rank(rasa, ("boete", 0.9))
    assert noor.post("/desk/missed", {"q": text, "topic": topic}).status_code == 204
    assert list_kept(door) == []


def test_without_triage_there_is_nothing_to_learn(noor, door, rasa):
    rasa.answer, rasa.status = b"down", 500
    assert noor.post("/desk/missed", {"q": SAID, "topic": "boete"}).status_code == 204
    assert list_kept(door) == []


@pytest.mark.parametrize(
    ("sent", "status"),
    [({"q": "", "topic": "boete"}, 400), ({"q": SAID, "topic": "nonsense"}, 404), ({"q": SAID}, 404)],
)
def test_what_no_page_of_ours_sends_is_refused(noor, door, rasa, sent, status):
    rank(rasa)
    assert noor.post("/desk/missed", sent).status_code == status
    assert list_kept(door) == []


def test_the_list_shows_the_text_the_day_and_topics_one_click_away(noor, door):
    keep(door)
    page = noor.get(LEARN).text
    assert SAID in page
    assert "24 november 2026" in page
    assert list_buttons(page) == ["schulden", "digid", "boete", "buiten_bereik", "discarded", "other"]
    choices = set(re.findall(r'<option value="(\w+)"', page))
    assert {"digid", "huurtoeslag"} <= choices
    assert not choices & {"mentaal", "medisch", "suicide", "nood_112"}


@pytest.mark.parametrize(
    ("sent", "decision"),
    [
        ({"decision": "schulden"}, "schulden"),
        ({"decision": "schulden", "other": "huurtoeslag"}, "schulden"),
        ({"decision": "other", "other": "huurtoeslag"}, "huurtoeslag"),
        ({"decision": "buiten_bereik"}, "buiten_bereik"),
        ({"decision": "discarded"}, "discarded"),
    ],
)
def test_one_click_decides_and_one_takes_it_back(noor, door, sent, decision):
    entry_id = keep(door)
    target = read_target(noor.post(f"{LEARN}/{entry_id}", sent))
    assert list_kept(door)[0].decision == decision
    page = noor.get(target).text
    assert read_note(page) == "Bewaard."
    assert SAID not in page
    undo = re.search(r'action="([^"]+/undo)"', page).group(1)
    assert read_target(noor.post(undo)) == LEARN
    assert SAID in noor.get(LEARN).text


def test_words_that_the_masker_missed_are_blanked_out_before_it_is_kept(noor, door):
    entry_id = keep(door, "knabbeltje jansma zei dat ik hier moest zijn")
    noor.post(f"{LEARN}/{entry_id}", [("decision", "digid"), ("blank", "0"), ("blank", "1")])
    assert list_kept(door)[0].text == "NAAM zei dat ik hier moest zijn"


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"decision": "other"},
        {"decision": "mentaal"},
        {"decision": "digid", "blank": "x"},
        {"decision": "digid", "blank": "99"},
    ],
)
def test_what_the_form_does_not_have_changes_nothing(noor, door, sent):
    entry_id = keep(door)
    page = noor.post(f"{LEARN}/{entry_id}", sent)
    assert page.status_code == 400
    assert read_note(page.text)
    assert list_kept(door)[0].decision is None


def test_the_second_colleague_is_told(noor, door):
    entry_id = keep(door)
    noor.post(f"{LEARN}/{entry_id}", {"decision": "digid"})
    second = noor.post(f"{LEARN}/{entry_id}", {"decision": "boete"})
    assert (second.status_code, read_note(second.text)) == (409, "Iemand anders heeft hier al over beslist.")
    assert list_kept(door)[0].decision == "digid"


def test_what_somebody_typed_is_text_and_no_html(noor, door):
    keep(door, "<script>alert(1)</script> wat nu")
    page = noor.get(LEARN).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_it_is_for_staff_of_this_library(door):
    entry_id = keep(door)
    add_person(door, "oscar@bibliotheek.example", f"staff library:{OMMEN}")
    oscar = Colleague(door)
    oscar.sign_in("oscar@bibliotheek.example")
    assert oscar.get(LEARN).status_code == 403
    assert oscar.post(f"{LEARN}/{entry_id}", {"decision": "digid"}).status_code == 403
    assert list_kept(door)[0].decision is None


def test_one_that_is_gone_is_not_found(noor):
    assert noor.post(f"{LEARN}/gone", {"decision": "digid"}).status_code == 404
    assert noor.post(f"{LEARN}/gone/undo").status_code == 404


def test_with_nothing_to_look_at_the_page_says_so(noor):
    assert "geen vragen om te bekijken" in noor.get(LEARN).text
