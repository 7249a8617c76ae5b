"""The citizen's own page of a slip: where to go, in two languages and sizes, and whether it helped."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from referral.models.feedback import Feedback
from tests.api.account.colleague import read_hidden, read_note, read_target
from tests.api.partner.conftest import read_referral, refer
from tests.clock import TUESDAY, set_clock


@pytest.fixture
def path(referral):
    return f"/briefje/{referral.slip_key}"


def list_feedback(door):
    with door.database.read() as session:
        rows = session.scalars(select(Feedback).order_by(Feedback.sequence)).all()
    return [(row.helped, row.reason) for row in rows]


def press(partner, path, **fields):
    """Press a button on the page as it is now; return the page after it."""
    turn = dict(read_hidden(partner.get(path).text))["turn"]
    return partner.get(read_target(partner.post(path, {"turn": turn, **fields})).partition("#")[0]).text


def test_the_page_tells_where_to_go_and_how_to_call(partner, path, referral):
    page = partner.get(path).text
    assert 'lang="nl"' in page
    for part in ("Informatiepunt Digitale Overheid Centrum", referral.code, "Adres", "Open", "Bekijk op de kaart"):
        assert part in page
    assert re.search(r'href="https://www\.openstreetmap\.org/', page)
    assert "Bent u geholpen?" in page


def test_it_is_there_in_english_and_in_large_letters(partner, path):
    page = partner.get(f"{path}?lang=en&size=large").text
    assert '<html lang="en">' in page
    assert "Did they help you?" in page
    assert 'class="slip large"' in page
    assert 'class="slip large"' not in partner.get(path).text
    assert '<html lang="nl">' in partner.get(f"{path}?lang=xx").text


def test_one_press_is_an_answer_and_another_changes_it(door, partner, path, referral):
    assert read_note(press(partner, path, helped="partly")) == (
        "Dank u wel. Uw antwoord: Een beetje. U kunt het nog veranderen."
    )
    assert read_referral(door.database, referral.id).taken_up_by == "confirmed"
    page = press(partner, path, helped="no")
    assert "Wat jammer. Waarom niet?" in page
    press(partner, path, helped="no", reason="closed_or_moved")
    assert list_feedback(door) == [("partly", None), ("no", None), ("no", "closed_or_moved")]
    assert "Waarom niet?" not in press(partner, path, helped="yes")


def test_two_presses_of_one_button_are_one_answer(door, partner, path):
    turn = dict(read_hidden(partner.get(path).text))["turn"]
    for _ in range(2):
        assert partner.post(path, {"turn": turn, "helped": "yes"}).status_code == 303
    assert list_feedback(door) == [("yes", None)]


@pytest.mark.parametrize(
    "fields",
    [
        {"turn": "t", "helped": "maybe"},
        {"turn": "t"},
        {"turn": "t", "helped": "yes", "reason": "costs"},
        {"turn": "t", "helped": "no", "reason": "no_show"},
        {"helped": "yes"},
        {"turn": "t" * 81, "helped": "yes"},
    ],
)
def test_what_is_no_answer_writes_nothing_and_is_told_kindly(door, partner, path, fields):
    refused = partner.post(path, fields)
    assert refused.status_code == 400
    assert read_note(refused.text) == "Er ging iets mis. Kies nog een keer uw antwoord."
    assert list_feedback(door) == []


def test_after_its_days_the_page_is_kind(door, partner, path):
    with set_clock(TUESDAY + timedelta(days=61)):
        gone = [partner.get(path), partner.get("/briefje/nobody"), partner.post(path, {"turn": "t", "helped": "yes"})]
    assert {answer.status_code for answer in gone} == {410}
    for answer in gone:
        assert "Een briefje werkt 60 dagen." in answer.text
        assert "Informatiepunt" not in answer.text
    assert list_feedback(door) == []


def test_too_fast_is_told(make_door, tuesday, partner):
    door = make_door(turns_per_minute=1)
    path = f"/briefje/{refer(door.database).slip_key}"
    answers = [
        door.ask(
            "POST",
            path,
            headers={"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"},
            content=f"turn=t{number}&helped=yes",
        )
        for number in range(2)
    ]
    assert [answer.status_code for answer in answers] == [303, 429]
    assert int(answers[1].headers["retry-after"]) >= 1


def test_who_was_sent_on_finds_the_new_address(partner, path, referral):
    chosen = re.findall(r'<option value="([^"]+)"', partner.get(f"/p/{referral.code}").text.partition('id="to"')[2])[0]
    partner.post(f"/p/{referral.code}", {"act": "forwarded", "to": chosen})
    page = partner.get(path).text
    assert "U bent doorgestuurd." in page
    new = re.search(r'href="(/briefje/[^"]+)">Uw adres voor hulp', page).group(1)
    assert new != path
    assert partner.get(new).status_code == 200


def test_another_site_answers_nothing(door, partner, path):
    refused = partner.post(path, {"turn": "t", "helped": "yes"}, **{"Sec-Fetch-Site": "cross-site"})
    assert refused.status_code == 403
    assert list_feedback(door) == []
