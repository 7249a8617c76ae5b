"""A partner tells what became of a referral, by its code or its link; nobody else can, and guessing is hopeless."""

import re
from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import select

from referral.journal.codes import make_code
from referral.journal.statuses import Actor, Reason, Status
from referral.models.referral import Referral, ReferralEvent
from referral.proposals.links import Use, load_key, make_token
from tests.api.account.colleague import Colleague, read_note, read_target
from tests.api.partner.conftest import IDO, ZWOLLE, read_referral, refer
from tests.clock import TUESDAY, set_clock

THANKS = "Dank u wel. Het is opgeschreven. U kunt het tien minuten lang terugdraaien."
UNKNOWN = "Deze code kennen wij niet, of hij is verlopen. Bel de bibliotheek als u het toch wilt melden."
MISTYPED = "In deze code zit een typefout. Kijk nog een keer op het briefje."
TOO_MANY = "Er zijn te veel codes geprobeerd. Wacht een uur, of gebruik de link in onze mail."


def make_link(door, referral, **changes):
    wanted = {"now": TUESDAY, "days": 60, "use": Use.REPLY} | changes
    return f"/verwijzing/{make_token(load_key(door.settings), referral.id, **wanted)}"


def list_choices(page):
    return re.findall(r'<option value="([^"]+)"', page.partition('id="to"')[2])


def say(partner, path, **fields):
    """Send an answer; return the page that comes after it."""
    return partner.get(read_target(partner.post(path, fields))).text


def test_a_code_is_typed_in_any_way_and_leads_to_its_page(partner, referral):
    bare = referral.code.replace("-", "").lower()
    for typed in (referral.code, bare, f" {bare[:2]} {bare[2:]} "):
        assert read_target(partner.post("/p", {"code": typed})) == f"/p/{referral.code}"
    for path in (f"/p/{referral.code}", f"/p/{bare}", f"/p/{bare[:4]}%20{bare[4:]}"):
        page = partner.get(path).text
        assert referral.code in page
        assert "DigiD" in page
        assert "Informatiepunt Digitale Overheid Centrum" in page


def test_a_typing_error_is_told_in_words_and_what_was_typed_stays(partner, referral):
    wrong = referral.code[:-1] + ("3" if referral.code[-1] != "3" else "4")
    for typed in (wrong, "ABC", ""):
        answer = partner.post("/p", {"code": typed})
        assert answer.status_code == 400
        assert read_note(answer.text) == MISTYPED
    assert f'value="{wrong}"' in partner.post("/p", {"code": wrong}).text
    assert read_note(partner.get(f"/p/{wrong}").text) == MISTYPED


@pytest.mark.parametrize("way", ["code", "link"])
@pytest.mark.parametrize(
    ("fields", "written"),
    [
        ({"act": "came"}, (Status.IN_PROGRESS, None)),
        ({"act": "helped"}, (Status.COMPLETED, None)),
        ({"act": "no_show"}, (Status.FAILED, Reason.NO_SHOW)),
        ({"act": "not_for_us", "reason": "waitlist"}, (Status.REJECTED, Reason.WAITLIST)),
    ],
)
def test_an_answer_is_written_with_its_events(referral, partner, way, fields, written):
    door = partner.door
    path = make_link(door, referral) if way == "link" else f"/p/{referral.code}"
    page = say(partner, path, **fields)
    assert read_note(page) == THANKS
    known = read_referral(door.database, referral.id)
    assert (known.status, known.reason) == written
    with door.database.read() as session:
        events = session.scalars(select(ReferralEvent).where(ReferralEvent.actor == Actor.PARTNER)).all()
    assert [(event.to_status, event.reason) for event in events][-1] == written


def test_an_answer_is_taken_back_and_changed(door, partner, referral):
    path = f"/p/{referral.code}"
    assert "Draai terug" in say(partner, path, act="no_show")
    page = say(partner, path, act="undo")
    assert "Draai terug" not in page
    assert read_referral(door.database, referral.id).status == Status.REQUESTED
    say(partner, path, act="helped")
    with set_clock(TUESDAY + timedelta(minutes=11)):
        refused = partner.post(path, {"act": "undo"})
        assert refused.status_code == 409
        assert read_note(refused.text).startswith("Terugdraaien kan niet meer.")
    assert read_referral(door.database, referral.id).status == Status.COMPLETED


def test_a_closed_referral_says_so_in_words(door, partner, referral):
    path = f"/p/{referral.code}"
    partner.post(path, {"act": "no_show"})
    refused = partner.post(path, {"act": "helped"})
    assert refused.status_code == 409
    assert read_note(refused.text).startswith("Dat kan nu niet meer.")
    with set_clock(TUESDAY + timedelta(minutes=11)):
        assert "Deze verwijzing is afgerond." in partner.get(path).text


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"act": "won"},
        {"act": "not_for_us"},
        {"act": "not_for_us", "reason": "no_show"},
        {"act": "not_for_us", "reason": "x"},
        {"act": "forwarded", "to": IDO},
        {"act": "forwarded", "to": "nobody"},
        {"act": "forwarded"},
    ],
)
def test_what_is_no_answer_writes_nothing(door, partner, referral, fields):
    refused = partner.post(f"/p/{referral.code}", fields)
    assert refused.status_code in (400, 404)
    assert read_note(refused.text) in ("Kies een van de antwoorden.", "Deze partner bestaat niet. Kies een andere.")
    assert read_referral(door.database, referral.id).status == Status.REQUESTED


def test_sending_on_makes_a_referral_with_a_code_of_its_own_and_the_trail_shows(door, partner, referral):
    path = f"/p/{referral.code}"
    first = list_choices(partner.get(path).text)
    assert first
    assert IDO not in first
    page = say(partner, path, act="forwarded", to=first[0])
    with door.database.read() as session:
        child = session.scalars(select(Referral).where(Referral.parent_id == referral.id)).one()
    assert f"De nieuwe code is {child.code}." in page
    assert f"/briefje/{child.slip_key}" in page
    back = partner.get(f"/p/{child.code}?search=Overheid+Centrum").text
    assert IDO in list_choices(back)
    page = say(partner, f"/p/{child.code}", act="forwarded", to=IDO)
    with door.database.read() as session:
        third = session.scalars(select(Referral).where(Referral.parent_id == child.id)).one()
    assert third.service_id == IDO
    trail = unescape(partner.get(f"/p/{third.code}").text)
    assert re.search(r"Eerder bij</dt><dd>Informatiepunt Digitale Overheid Centrum \(voorbeeld\) → ", trail)


def test_a_page_tells_nothing_of_the_citizen(partner, door, referral):
    for path in (f"/p/{referral.code}", make_link(door, referral)):
        page = partner.get(path).text
        for secret in (referral.id, referral.question_id, referral.slip_key, "belastingdienst", "GM0193"):
            assert secret not in page.replace(path, "")


def test_wrong_hours_are_told_on_the_partners_own_page_by_link_and_on_the_public_one_by_code(door, partner, referral):
    assert f'href="/klopt-niet/{IDO}"' in partner.get(f"/p/{referral.code}").text
    own = re.search(r'href="(/p/[^"]+)"', partner.get(make_link(door, referral)).text).group(1)
    assert "Kloppen uw gegevens nog?" in partner.get(own).text


# ── who may not ───────────────────────────────────────────────────────────────


def test_a_code_that_is_over_answers_like_one_that_never_was(door, partner, referral):
    never = partner.get(f"/p/{make_code()}")
    with set_clock(TUESDAY + timedelta(days=61)):
        over = partner.get(f"/p/{referral.code}")
        said = partner.post(f"/p/{referral.code}", {"act": "helped"})
    assert {answer.status_code for answer in (never, over, said)} == {404}
    assert never.text == over.text == said.text
    assert read_note(never.text) == UNKNOWN
    assert read_referral(door.database, referral.id).status == Status.REQUESTED


def test_who_guesses_codes_is_held_back_and_who_has_one_is_not_counted(make_door, tuesday):
    door = make_door(codes_per_hour=3)
    partner, referral = Colleague(door), refer(door.database)
    for _ in range(5):
        assert partner.get(f"/p/{referral.code}").status_code == 200
    for _ in range(3):
        assert partner.get(f"/p/{make_code()}").status_code == 404
    for path in (f"/p/{make_code()}", f"/p/{referral.code}"):
        held = partner.get(path)
        assert held.status_code == 429
        assert int(held.headers["retry-after"]) > 60
        assert read_note(held.text) == TOO_MANY
    assert partner.get(make_link(door, referral)).status_code == 200


def test_guessing_from_many_addresses_is_held_back_for_everybody(make_door, tuesday):
    door = make_door(codes_per_hour=1_000, wrong_codes_per_hour=2)
    partner, referral = Colleague(door), refer(door.database)
    for _ in range(2):
        assert partner.get(f"/p/{make_code()}").status_code == 404
    assert partner.get(f"/p/{referral.code}").status_code == 429


def test_a_link_is_signed_for_this_and_ends(door, partner, referral):
    for changes in ({"use": Use.CORRECT}, {"use": Use.DIGEST}, {"now": TUESDAY - timedelta(days=61)}):
        assert partner.get(make_link(door, referral, **changes)).status_code == 410
    assert partner.get("/verwijzing/a.b.c").status_code == 410
    assert partner.get(make_link(door, referral)).status_code == 200


def test_another_site_answers_nothing(door, partner, referral):
    refused = partner.post(f"/p/{referral.code}", {"act": "helped"}, **{"Sec-Fetch-Site": "cross-site"})
    assert refused.status_code == 403
    assert read_referral(door.database, referral.id).status == Status.REQUESTED


def test_the_link_to_correct_an_entry_still_opens_its_page(door, partner):
    token = make_token(load_key(door.settings), ZWOLLE, now=TUESDAY, days=30)
    assert "Kloppen uw gegevens nog?" in partner.get(f"/p/{token}").text


# ── the letter of the week ────────────────────────────────────────────────────


def test_a_partner_stops_the_letter_and_starts_it_again(door, partner):
    path = f"/weekmail/{make_token(load_key(door.settings), ZWOLLE, now=TUESDAY, days=30, use=Use.DIGEST)}"
    assert "Stuur deze mail niet meer" in partner.get(path).text
    assert "krijgt deze mail niet meer." in say(partner, path, act="stop")
    assert "Stuur deze mail niet meer" in say(partner, path, act="start")


def test_a_link_for_something_else_stops_no_letter(door, partner):
    token = make_token(load_key(door.settings), ZWOLLE, now=TUESDAY, days=30)
    assert partner.get(f"/weekmail/{token}").status_code == 410
    assert partner.post(f"/weekmail/{token}", {"act": "stop"}).status_code == 410
