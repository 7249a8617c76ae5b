"""Practising: the real desk with a scripted visitor. Nothing of it is anywhere else; it ends with how it went."""

import re

import pytest
from fastapi.routing import iter_route_contexts
from sqlalchemy import func, select

from referral.models.gap import Gap
from referral.models.practice_run import PracticeRun
from referral.models.question import Question
from referral.models.referral import Referral
from referral.models.unrecognised import Unrecognised
from referral.models.urgent_count import UrgentCount
from referral.models.visit import Visit
from referral.practice.script import load_script
from tests.api.account.colleague import Colleague, add_person, read_hidden, read_note, read_target
from tests.api.desk.conftest import NOOR, ZWOLLE
from tests.api.desk.test_look_up import rank
from tests.api.desk.test_visit import ANSWERS, list_all, open_form

PRACTICE = "/desk/oefenen"
VISITOR = "rekeningen_op_een_stapel"
BANNER = "U oefent. Niets telt mee."


def start(noor, visitor=VISITOR):
    assert read_target(noor.post(PRACTICE, {"visitor": visitor})) == PRACTICE


def register(noor, topic="schulden", *, refer=True, **changes):
    """Send the form of the real desk; return the page that follows."""
    hidden = dict(read_hidden(noor.get(f"/desk/topics/{topic}").text))
    _, partners = open_form(noor, topic)
    chosen = {"partner": partners[0], "way": "warm"} if refer else {}
    return noor.get(read_target(noor.post(f"/desk/topics/{topic}", {**hidden, **ANSWERS, **chosen, **changes}))).text


def end(noor):
    """Stop, and return the page with how it went."""
    return noor.get(read_target(noor.post(f"{PRACTICE}/end"))).text


def test_all_visitors_can_be_chosen(noor, door):
    page = noor.get(PRACTICE).text
    assert re.findall(r'name="visitor" value="(\w+)"', page) == list(load_script(door.settings.data_dir))
    assert BANNER not in page


def test_a_visitor_says_one_thing_after_the_other(noor, door):
    says = load_script(door.settings.data_dir)[VISITOR].says
    start(noor)
    heard = []
    for _ in says:
        page = noor.get(PRACTICE).text
        heard.append(re.findall(r"<q>([^<]+)</q>", page))
        noor.post(f"{PRACTICE}/more")
    assert heard == [list(says[:1]), list(says[:2]), list(says)]
    assert "/more" not in noor.get(PRACTICE).text


@pytest.mark.parametrize("path", ["/desk", "/desk/topics/schulden"])
def test_every_page_of_the_desk_says_that_it_is_practice(noor, path):
    assert BANNER not in noor.get(path).text
    start(noor)
    page = noor.get(path).text
    assert BANNER in page
    assert "Kan ik u iets vragen?" in page
    noor.post(f"{PRACTICE}/end")
    assert BANNER not in noor.get(path).text


def test_a_good_registration_is_praised_and_told_why(noor):
    start(noor)
    register(noor, kind="anders", help_given="information")
    page = end(noor)
    assert read_note(page) == "Goed gedaan. Alles klopt."
    assert "Kan beter." not in page
    assert "Geldzorgen lost u niet op aan de balie." in page


def test_what_could_be_better_is_named_with_what_is_best(noor):
    start(noor)
    register(noor, "digid", refer=False, kind="digitale_overheid", help_given="none")
    page = end(noor)
    assert read_note(page) == "Niet alles klopt. Lees hieronder waarom."
    assert page.count("Kan beter.") == 4
    for best in ("Schulden en geldzorgen", "Iets anders", "Uitleg", "verwijzen"):
        assert f"Beter is: {best}." in page


def test_a_question_that_was_not_registered_is_told(noor):
    start(noor)
    assert "Deze vraag heeft u niet geregistreerd." in end(noor)


def test_of_a_sensitive_question_only_what_is_kept_is_judged(noor):
    start(noor, "alles_is_zwaar")
    register(noor, "mentaal")
    page = end(noor)
    assert read_note(page) == "Goed gedaan. Alles klopt."
    assert "Welke hulp" not in page


def count(door):
    with door.database.read() as session:
        return [
            session.scalar(select(func.count()).select_from(kind))
            for kind in (Visit, Question, Referral, Gap, UrgentCount, Unrecognised)
        ]


def read_everything(colleague):
    """Return every page and file of the application that has no id in its address, as this colleague reads it."""
    paths = sorted(
        route.path
        for route in iter_route_contexts(colleague.door.app.routes)
        if "GET" in (getattr(route, "methods", None) or ()) and "{" not in route.path
    )
    assert {"/desk/day", "/desk/day/export", "/v1/services"} <= set(paths)
    leave = {"/account/oidc", "/account/oidc/callback"}  # to another site
    # The signed links of partners hold the second in which they were made.
    return {path: re.sub(r"/p/[^\"]+", "", colleague.get(path).text) for path in paths if path not in leave}


def test_nothing_of_practice_is_on_any_page_or_in_any_file(noor, door, rasa):
    """Whatever readers come later are walked here too, as long as they are pages without an id."""
    rank(rasa)
    add_person(door, "mia@bibliotheek.example", "manager country")
    mia = Colleague(door)
    mia.sign_in("mia@bibliotheek.example")
    before, rows = read_everything(mia), count(door)
    start(noor)
    registered = register(noor)
    register(noor, "mentaal")
    register(noor, "verblijf_inburgering", refer=False)
    noor.post("/desk/missed", {"q": "iets wat niemand begrijpt", "topic": "boete"})
    code = re.search(r'<span class="secret">([^<]+)', registered).group(1)
    assert read_everything(mia) == before
    assert count(door) == rows == [0] * len(rows)
    end(noor)
    assert code not in "".join(read_everything(noor).values())


def test_the_lists_where_it_counts_are_of_real_work(noor):
    register(noor, "boete")
    real = noor.get("/desk/day/export").content
    start(noor)
    register(noor)
    assert read_target(noor.get("/desk/day")) == PRACTICE
    assert read_target(noor.get("/desk/day/export")) == PRACTICE
    assert read_target(noor.get("/desk/niet-begrepen")) == PRACTICE
    noor.post(f"{PRACTICE}/end")
    assert noor.get("/desk/day/export").content == real


def test_what_was_practised_cannot_be_reached_outside_of_it(noor, door):
    start(noor)
    page = register(noor)
    (run,) = list_all(door, PracticeRun)
    question_id = re.search(r"/desk/questions/([\w-]+)/undo", page).group(1)
    referral_id = re.search(r"/desk/slips/([\w-]+)", page).group(1)
    slip = {"language": "nl", "size": "normal", "paper": "a5"}
    assert "Deze code werkt niet." in noor.get(read_target(noor.post(f"/desk/slips/{referral_id}", slip))).text
    assert noor.get(f"/desk/registered/{question_id}").status_code == 200
    noor.post(f"{PRACTICE}/end")
    for path in (f"/desk/registered/{question_id}", f"/desk/questions/{question_id}", f"/desk/slips/{referral_id}"):
        assert noor.get(path).status_code == 404, path
    with door.database.practise(run.id).read() as session:
        assert session.get(Question, question_id)


def test_a_slip_of_real_work_does_not_say_that_it_is_practice(noor):
    referral_id = re.search(r"/desk/slips/([\w-]+)", register(noor)).group(1)
    slip = {"language": "nl", "size": "normal", "paper": "a5"}
    assert "Deze code werkt niet." not in noor.get(read_target(noor.post(f"/desk/slips/{referral_id}", slip))).text


@pytest.mark.parametrize("real_first", [True, False])
def test_a_form_that_was_opened_before_it_began_or_ended_is_not_registered_unseen(noor, door, real_first):
    if not real_first:
        start(noor)
    form = {**dict(read_hidden(noor.get("/desk/topics/boete").text)), **ANSWERS, "resolved": "partly"}
    if real_first:
        start(noor)
    else:
        noor.post(f"{PRACTICE}/end")
    told = noor.post("/desk/topics/boete", form)
    assert told.status_code == 409
    assert read_note(told.text).startswith("U bent begonnen of gestopt met oefenen.")
    assert re.search(r'value="partly" selected', told.text)
    assert list_all(door, Question) == []
    again = {**form, **dict(read_hidden(told.text))}
    assert noor.post("/desk/topics/boete", again).status_code == 303
    assert len(list_all(door, Question)) == (0 if real_first else 1)


def test_another_colleague_in_the_same_browser_does_real_work(noor, door):
    start(noor)
    add_person(door, "sam@bibliotheek.example", f"staff library:{ZWOLLE}")
    sam = Colleague(door)
    sam.sign_in("sam@bibliotheek.example")
    sam.cookies["omdehoek-practice"] = noor.cookies["omdehoek-practice"]
    assert BANNER not in sam.get("/desk").text
    register(sam, "boete")
    assert len(list_all(door, Question)) == 1
    (run,) = list_all(door, PracticeRun)
    assert sam.get(f"{PRACTICE}/{run.id}").status_code == 404


def test_another_browser_of_the_same_colleague_does_real_work(noor, door):
    start(noor)
    elsewhere = Colleague(door)
    elsewhere.sign_in(NOOR)
    assert BANNER not in elsewhere.get("/desk").text


def test_the_place_of_a_practised_visitor_is_not_remembered_for_real_ones(noor):
    start(noor)
    noor.post("/desk/place", {"place": "Ommen"})
    assert 'value="Ommen"' in noor.get("/desk").text
    noor.post(f"{PRACTICE}/end")
    assert 'value="Zwolle"' in noor.get("/desk").text


def test_the_next_visitor_ends_the_practice_before(noor, door):
    start(noor)
    start(noor, "digid_kwijt")
    ended = {run.visitor: run.ended_at is not None for run in list_all(door, PracticeRun)}
    assert ended == {VISITOR: True, "digid_kwijt": False}


def test_who_does_not_practise_cannot_go_on_or_stop(noor):
    assert noor.post(PRACTICE, {"visitor": "nobody"}).status_code == 404
    assert noor.post(f"{PRACTICE}/more").status_code == 404
    assert noor.post(f"{PRACTICE}/end").status_code == 404
    assert noor.get(f"{PRACTICE}/no-such-run").status_code == 404
