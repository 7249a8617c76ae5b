"""Register, refer, the slip, the list of today, undo; and what goes wrong on the way."""

import re
import sqlite3
from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import select

from referral.models.question import Question
from referral.models.referral import Referral
from referral.models.visit import Visit
from referral.referring.knowledge import load_knowledge
from tests.api import own_words
from tests.api.account.colleague import read_hidden, read_note, read_target
from tests.api.on_sqlite import only_on_sqlite
from tests.clock import TUESDAY, set_clock

ANSWERS = {
    "kind": "anders",
    "organisation": "cjib",
    "help_given": "information",
    "resolved": "yes",
    "duration": "short",
}
# Whose partner asks for nothing to bring, so that the topic's card tells it.
BARE = "mantelzorg"


def open_form(noor, topic="boete", visit=""):
    """Return the hidden fields of the form and the partners that it offers."""
    page = noor.get(f"/desk/topics/{topic}" + (f"?visit={visit}" if visit else ""))
    assert page.status_code == 200, page.text
    hidden = dict(read_hidden(page.text))
    return {"turn": hidden["turn"], "visit": hidden["visit"]}, re.findall(r'name="partner" value="([^"]+)"', page.text)


def register(noor, topic="boete", *, visit="", refer=False, **fields):
    """Send the form; return the path of the page that follows."""
    hidden, partners = open_form(noor, topic, visit)
    chosen = {"partner": partners[0], "way": "cold"} if refer else {}
    return read_target(noor.post(f"/desk/topics/{topic}", {**hidden, **ANSWERS, **chosen, **fields}))


def list_all(door, kind):
    with door.database.read() as session:
        return session.scalars(select(kind)).all()


def get_referral(door):
    (referral,) = list_all(door, Referral)
    return referral


def test_the_card_stands_beside_ranked_partners(noor):
    page = noor.get("/desk/topics/boete").text
    for heading in ("Wat is het?", "Meenemen", "Dit mag u doen", "Dit mag u niet doen"):
        assert heading in page
    assert page.index('id="card"') < page.index('id="partners"')
    assert "Partners bij Zwolle" in page
    assert "km)" in page


def test_the_card_is_in_the_librarys_own_words(noor, door):
    card = load_knowledge().catalogue.get_card("boete", "nl")
    with (
        own_words.say(door, "boete", "what", card.what[0].id, {"nl": "Een boete is een straf in geld & tijd."}),
        own_words.say(door, "boete", "do", card.do[0].id, None),
    ):
        page = unescape(noor.get("/desk/topics/boete").text)
    assert "Een boete is een straf in geld & tijd." in page
    assert card.what[0].text not in page
    assert card.do[0].text not in page
    assert card.do[0].text in unescape(noor.get("/desk/topics/boete").text)


def test_the_usual_answers_are_filled_in_before_anybody_chooses(noor):
    page = noor.get("/desk/topics/digid").text
    chosen = set(re.findall(r'value="(\w+)" selected', page))
    assert chosen == {"digitale_overheid", "digid", "information", "yes", "short"}
    assert 'name="digid"' in page


def test_one_form_is_one_question_however_often_it_is_sent(noor, door):
    hidden, partners = open_form(noor)
    sent = {**hidden, **ANSWERS, "partner": partners[0], "way": "cold"}
    first, again = noor.post("/desk/topics/boete", sent), noor.post("/desk/topics/boete", sent)
    assert read_target(first) == read_target(again)
    assert [len(list_all(door, kind)) for kind in (Visit, Question, Referral)] == [1, 1, 1]
    assert get_referral(door).shown_at is not None


def test_two_questions_of_one_visitor_are_one_visit(noor, door):
    page = noor.get(register(noor)).text
    visit = re.search(r"/desk\?visit=([\w-]+)", page).group(1)
    register(noor, "digid", visit=visit)
    register(noor, "digid")
    questions = list_all(door, Question)
    assert len(list_all(door, Visit)) == 2
    assert sorted(one.topic for one in questions if one.visit_id == visit) == ["boete", "digid"]


def test_a_sensitive_question_keeps_only_its_day(noor, door):
    register(noor, "mentaal", refer=True)
    (question,) = list_all(door, Question)
    assert (question.visit_id, question.organisation, question.resolved, question.municipality) == (None,) * 4
    assert list_all(door, Visit) == []
    day = noor.get("/desk/day").text
    assert "gezondheid: 1" in day
    assert "<table>" not in day


@pytest.mark.parametrize(("way", "status"), [("cold", "requested"), ("warm", "accepted"), ("appointment", "accepted")])
def test_each_way_to_refer_is_kept(noor, door, way, status):
    page = noor.get(register(noor, refer=True, way=way)).text
    referral = get_referral(door)
    assert (referral.way, referral.status) == (way, status)
    assert referral.code in page


@pytest.mark.parametrize(
    "wrong", [{"kind": "nonsense"}, {"way": "by_train"}, {"turn": ""}, {"turn": "x" * 100}, {"partner": "nobody|"}]
)
def test_what_the_form_does_not_have_writes_nothing_and_keeps_what_was_chosen(noor, door, wrong):
    hidden, _ = open_form(noor)
    page = noor.post("/desk/topics/boete", {**hidden, **ANSWERS, "resolved": "partly", **wrong})
    assert page.status_code in {400, 409}
    assert read_note(page.text)
    assert re.search(r'value="partly" selected', page.text)
    assert [list_all(door, kind) for kind in (Visit, Question, Referral)] == [[], [], []]


def test_a_topic_that_does_not_exist_is_told(noor):
    assert noor.get("/desk/topics/nonsense").status_code == 404


@pytest.mark.parametrize(("language", "word"), [("nl", "Uw code"), ("en", "Your code")])
def test_the_slip_tells_where_to_go_with_the_code_and_no_name_of_staff_or_visitor(noor, door, language, word):
    register(noor, "schulden", refer=True)
    referral = get_referral(door)
    choice = {"language": language, "size": "large", "paper": "receipt"}
    slip = noor.get(read_target(noor.post(f"/desk/slips/{referral.id}", choice))).text
    assert f'<html lang="{language}">' in slip
    assert '<body class="large receipt">' in slip
    assert word in slip
    assert referral.code in slip
    assert "Noor" not in slip
    assert get_referral(door).taken_up_by == "printed"


@pytest.mark.parametrize(
    ("language", "hours", "travel"),
    [
        (
            "nl",
            "maandag 13.00-17.00; dinsdag-vrijdag 10.00-12.30, 13.00-17.00",
            "<dd>Vijf minuten lopen van het station.</dd>",
        ),
        (
            "en",
            "Monday 13.00-17.00; Tuesday-Friday 10.00-12.30, 13.00-17.00",
            '<dd lang="nl">Vijf minuten lopen van het station.</dd>',
        ),
    ],
)
def test_the_slip_says_the_hours_in_its_language_and_what_is_in_dutch(noor, door, language, hours, travel):
    register(noor, "digid", refer=True)
    slip = noor.get(f"/desk/slips/{get_referral(door).id}?language={language}").text
    assert hours in slip
    assert travel in slip
    assert not re.search(r"\b(Mo|Tu|We|Th|Fr|PH|SH)\b", slip)


def test_the_slip_says_what_to_bring_in_the_librarys_own_words(noor, door):
    register(noor, BARE, refer=True)
    path = f"/desk/slips/{get_referral(door).id}"
    bring = load_knowledge().catalogue.get_card(BARE, "nl").bring
    assert bring[0].text in unescape(noor.get(path).text)
    with own_words.say(door, BARE, "bring", bring[0].id, {"nl": "Alles wat u heeft"}):
        slip = unescape(noor.get(path).text)
    assert "<dd>Alles wat u heeft</dd>" in slip
    assert bring[0].text not in slip


@pytest.mark.parametrize("wrong", [{"language": "xx"}, {"size": "huge"}, {"paper": ""}])
def test_a_slip_that_we_do_not_make_is_refused(noor, door, wrong):
    register(noor, refer=True)
    fields = {"language": "nl", "size": "normal", "paper": "a5"} | wrong
    assert noor.post(f"/desk/slips/{get_referral(door).id}", fields).status_code == 400


def test_a_slip_that_does_not_exist_is_not_found(noor):
    assert noor.get("/desk/slips/no-such-referral").status_code == 404


def test_undo_takes_question_and_referral_back_for_ten_minutes(noor, door):
    path = register(noor, refer=True)
    question_id = path.rpartition("/")[2]
    with set_clock(TUESDAY + timedelta(minutes=11)):
        late = noor.post(f"/desk/questions/{question_id}/undo")
        assert (late.status_code, read_note(late.text)[:12]) == (409, "Terugdraaien")
    done = noor.post(f"/desk/questions/{question_id}/undo")
    assert "Teruggedraaid" in done.text
    assert get_referral(door).status == "entered-in-error"
    assert "nog niets geregistreerd" in noor.get("/desk/day").text


def test_the_list_of_today_and_its_file_have_the_order_of_the_form(noor):
    register(noor, "digid", refer=True, organisation="digid", digid="app")
    page = noor.get("/desk/day").text
    headings = re.findall(r'<th scope="col">([^<]+)', page)
    lines = noor.get("/desk/day/export").content.decode("utf-8-sig").splitlines()
    assert lines[0].split(";") == headings[:-1]
    assert headings[:4] == ["Bezoeker", "Soort vraag", "Onderwerp", "Over welke organisatie"]
    cells = re.findall(r"<td>([^<]*)</td>", page)
    assert lines[1].split(";")[1:] == cells
    assert "De app" in cells


def test_a_question_of_today_is_put_right_and_the_second_colleague_is_told(noor, door):
    question_id = register(noor).rpartition("/")[2]
    path = f"/desk/questions/{question_id}"
    version = dict(read_hidden(noor.get(path).text))["version"]
    assert read_target(noor.post(path, {**ANSWERS, "resolved": "no", "version": version})) == "/desk/day?done=corrected"
    second = noor.post(path, {**ANSWERS, "resolved": "partly", "version": version})
    assert second.status_code == 409
    assert "Opgelost: Nee" in second.text
    assert re.search(r'value="partly" selected', second.text)
    newer = dict(read_hidden(second.text))["version"]
    assert noor.post(path, {**ANSWERS, "resolved": "partly", "version": newer}).status_code == 303
    assert list_all(door, Question)[0].resolved == "partly"


@pytest.mark.parametrize("version", ["", "one", "-1"])
def test_a_correction_without_a_version_is_refused(noor, version):
    question_id = register(noor).rpartition("/")[2]
    assert noor.post(f"/desk/questions/{question_id}", {**ANSWERS, "version": version}).status_code == 400


def test_when_the_session_has_ended_the_form_goes_along(noor, door):
    hidden, _ = open_form(noor)
    noor.cookies.clear()
    page = noor.post("/desk/topics/boete", {**hidden, **ANSWERS})
    assert page.status_code == 401
    assert ("carried.turn", hidden["turn"]) in read_hidden(page.text)
    assert list_all(door, Question) == []


@only_on_sqlite
def test_when_the_database_is_locked_nothing_that_was_chosen_is_lost(noor, door):
    hidden, _ = open_form(noor)
    other = sqlite3.connect(door.settings.state_dir / "omdehoek.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    page = noor.post("/desk/topics/boete", {**hidden, **ANSWERS, "resolved": "partly"})
    other.execute("ROLLBACK")
    other.close()
    assert (page.status_code, read_note(page.text)[:18]) == (503, "Er is een storing.")
    kept = read_hidden(page.text)
    assert ("resolved", "partly") in kept
    assert noor.post("/desk/topics/boete", kept).status_code == 303
    assert list_all(door, Question)[0].resolved == "partly"


@only_on_sqlite
@pytest.mark.parametrize(
    ("path", "fields"),
    [("/desk/topics/boete", {**ANSWERS, "resolved": "partly"}), ("/desk", {"q": "een boete", "visit": ""})],
)
def test_when_the_database_is_gone_nothing_that_was_typed_is_lost(noor, door, path, fields):
    hidden, _ = open_form(noor)
    file = door.settings.state_dir / "omdehoek.db"
    door.database.dispose()
    file.rename(file.with_suffix(".away"))
    file.mkdir()
    page = noor.post(path, {**hidden, **fields})
    file.rmdir()
    file.with_suffix(".away").rename(file)
    assert (page.status_code, read_note(page.text)[:18]) == (503, "Er is een storing.")
    kept = read_hidden(page.text)
    assert set(fields.items()) <= set(kept)
    assert noor.post(path, kept).status_code in {200, 303}
