"""Staff see who waits, take it, answer, refer and give it back; two at once do not get in each other's way."""

import logging
import re
from datetime import timedelta

from sqlalchemy import select

from referral.handover.service import PATIENCE
from referral.journal.statuses import Actor
from referral.models.handover import HandoverLine
from referral.models.referral import Referral, ReferralEvent
from tests.api.account.colleague import Colleague, add_person, read_hidden, read_note, read_target
from tests.api.inbox.conftest import HOME, LIBRARY
from tests.clock import TUESDAY, set_clock


def read_news(door, conversation_id):
    return door.ask("GET", f"/v1/conversations/{conversation_id}/person").json()


def answer(colleague, conversation_id, text, turn="turn-0001"):
    return colleague.post(f"{HOME}/{conversation_id}/stuur", {"turn": turn, "text": text})


def take(colleague, conversation_id):
    return colleague.post(f"{HOME}/{conversation_id}/neem")


def test_the_list_shows_who_waits_and_says_nothing_new_until_there_is(staff, waiting):
    noor, _ = staff
    listed = noor.get(f"{HOME}/lijst")
    assert f'href="{HOME}/{waiting}"' in listed.text
    assert 'data-count="1"' in listed.text
    again = {"If-None-Match": listed.headers["etag"]}
    assert noor.get(f"{HOME}/lijst", **again).status_code == 304
    take(noor, waiting)
    assert 'data-count="0"' in noor.get(f"{HOME}/lijst", **again).text


def test_the_conversation_is_masked(staff, waiting):
    page = staff[0].get(f"{HOME}/{waiting}").text
    assert "mijn bsn is BSN" in page
    assert "111222333" not in page


def test_one_colleague_has_it_and_the_other_sees_who(door, staff, waiting):
    noor, bas = staff
    assert read_target(take(noor, waiting)) == f"{HOME}/{waiting}"
    refused = take(bas, waiting)
    assert refused.status_code == 409
    assert "collega was eerder" in read_note(refused.text)
    assert "Noor heeft dit gesprek" in refused.text
    typed = answer(bas, waiting, "Hallo, met Bas")
    assert typed.status_code == 409
    assert "Hallo, met Bas</textarea>" in typed.text
    assert read_news(door, waiting)["messages"] == []


def test_an_answer_reaches_the_citizen_masked_and_once(door, staff, waiting, caplog):
    noor, _ = staff
    take(noor, waiting)
    with caplog.at_level(logging.DEBUG):
        for _ in range(2):
            assert answer(noor, waiting, "Uw bsn 111222333 hoeft niet, meneer").status_code == 303
    (said,) = read_news(door, waiting)["messages"]
    assert said["text"].startswith("Uw bsn BSN hoeft niet")
    assert "hoeft niet" not in caplog.text
    assert "hoeft niet" in noor.get(f"{HOME}/{waiting}/berichten").text


def test_who_talks_sees_that_others_wait(door, staff, waiting):
    take(staff[0], waiting)
    part = f"{HOME}/{waiting}/berichten"
    assert "andere bezoekers" not in staff[0].get(part).text
    other, _ = door.open()
    door.say(other, "een mens graag")
    assert "Aantal andere bezoekers dat wacht: 1" in staff[0].get(part).text


def test_an_empty_answer_is_not_sent(door, staff, waiting):
    take(staff[0], waiting)
    refused = answer(staff[0], waiting, "  ")
    assert refused.status_code == 400
    assert "Typ eerst" in read_note(refused.text)
    assert read_news(door, waiting)["messages"] == []


def test_what_the_citizen_says_arrives_with_emergencies(door, staff, waiting):
    take(staff[0], waiting)
    door.say(waiting, "waar moet ik zijn")
    door.say(waiting, "mijn huis staat in brand")
    part = staff[0].get(f"{HOME}/{waiting}/berichten").text
    assert "waar moet ik zijn" in part
    assert "Dit was spoed" in part
    assert "in brand" not in part


def test_after_it_ended_nobody_reads_on(door, rasa, staff, waiting):
    noor, _ = staff
    take(noor, waiting)
    assert read_target(noor.post(f"{HOME}/{waiting}/eind", {"how": "handed_back"})) == HOME
    assert read_news(door, waiting)["state"] == "ended"
    page = noor.get(f"{HOME}/{waiting}").text
    assert "Dit gesprek is afgelopen" in page
    assert "mens spreken" not in page


def test_it_ends_in_two_ways_only(staff, waiting):
    take(staff[0], waiting)
    assert staff[0].post(f"{HOME}/{waiting}/eind", {"how": "nobody"}).status_code == 400


def test_who_looks_ends_what_nobody_came_for(door, staff, waiting):
    with set_clock(TUESDAY + PATIENCE + timedelta(seconds=30)):
        assert 'data-count="0"' in staff[0].get(f"{HOME}/lijst").text
        assert read_news(door, waiting)["reply"]["messages"][0]["text"].startswith("Er heeft nu helaas niemand")


def test_a_referral_is_a_card_for_the_citizen_and_one_of_staff_in_the_journal(door, staff, waiting):
    noor, _ = staff
    take(noor, waiting)
    page = f"{HOME}/{waiting}/verwijs"
    assert 'value="Zwolle"' in noor.get(page).text
    found = noor.post(page, {"topic": "huurtoeslag", "place": "Zwolle"}).text
    hidden = read_hidden(found)
    partner = re.search(r'name="partner" value="([^"]+)"', found)[1]
    for _ in range(2):
        assert read_target(noor.post(page, [*hidden, ("partner", partner)])) == f"{HOME}/{waiting}"
    (said,) = read_news(door, waiting)["messages"]
    assert said["card"]["serviceId"] == partner.partition("|")[0]
    assert said["card"]["slip"]
    with door.database.read() as session:
        (referral,) = session.scalars(select(Referral))
        (event,) = session.scalars(select(ReferralEvent))
    assert (event.actor, referral.shown_at is not None) == (Actor.STAFF, True)
    assert said["card"]["name"] in noor.get(f"{HOME}/{waiting}").text
    replies = door.ask("GET", f"/v1/conversations/{waiting}").json()["replies"]
    assert said["card"]["code"] in [
        card["card"]["code"] for reply in replies for card in reply["messages"] if card["card"]
    ]


def test_a_place_that_is_unclear_is_asked_for_again(staff, waiting):
    take(staff[0], waiting)
    page = f"{HOME}/{waiting}/verwijs"
    unknown = staff[0].post(page, {"topic": "huurtoeslag", "place": "Nergenshuizen"})
    assert unknown.status_code == 404
    assert read_note(unknown.text)
    twice = staff[0].post(page, {"topic": "huurtoeslag", "place": "Elst"})
    assert '<option value="Elst (' in twice.text


def test_who_has_not_taken_it_refers_nobody(door, staff, waiting):
    page = f"{HOME}/{waiting}/verwijs"
    found = staff[1].post(page, {"topic": "huurtoeslag", "place": "Zwolle"}).text
    partner = re.search(r'name="partner" value="([^"]+)"', found)[1]
    refused = staff[1].post(page, [*read_hidden(found), ("partner", partner)])
    assert refused.status_code == 409
    with door.database.read() as session:
        assert session.scalars(select(HandoverLine)).all() == session.scalars(select(Referral)).all() == []


def test_staff_of_another_library_read_nothing(door, waiting):
    add_person(door, "eva@bibliotheek.example", "staff library:bibliotheek-ommen-voorbeeld")
    eva = Colleague(door)
    eva.sign_in("eva@bibliotheek.example")
    for path in (
        HOME,
        f"{HOME}/lijst",
        f"{HOME}/{waiting}",
        f"{HOME}/{waiting}/berichten",
        f"{HOME}/{waiting}/verwijs",
    ):
        assert eva.get(path).status_code == 403, path


def test_a_conversation_that_never_asked_is_not_in_the_inbox(door, staff):
    conversation_id, _ = door.open()
    for path in ("", "/berichten", "/verwijs"):
        assert staff[0].get(f"{HOME}/{conversation_id}{path}").status_code == 404


def test_the_link_is_there_only_where_it_works(make_door, staff):
    assert f'href="{HOME}"' in staff[0].get("/desk").text
    without = make_door(live_person=False)
    add_person(without, "noor@bibliotheek.example", f"staff library:{LIBRARY}")
    noor = Colleague(without)
    noor.sign_in("noor@bibliotheek.example")
    assert f'href="{HOME}"' not in noor.get("/desk").text
