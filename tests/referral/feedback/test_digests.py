"""The letter of the week: to whom, about what, once; never for examples, never for who does not want it."""

import json
from datetime import timedelta

import pytest

from referral.catalogue.service import load_catalogue
from referral.feedback import digests
from referral.feedback.letters import load_words, write_letter
from referral.journal import replies
from referral.journal import service as journal
from referral.journal.replies import Answer
from referral.models.digest import Digest
from referral.models.organization import Organization
from referral.models.service import Service
from referral.settings import ROOT
from tests.referral.journal.conftest import NOW, make_asked, make_offer

WEEK = timedelta(days=7)


@pytest.fixture
def session(database):
    with database.begin() as session:
        for name, email, is_example in (
            ("raadslieden", "post@raadslieden.example", False),
            ("stil", None, False),
            ("voorbeeld", "post@voorbeeld.example", True),
        ):
            session.add(Organization(id=name, name=name, description="", email=email, is_example=is_example))
            session.flush()
            session.add(Service(id=f"{name}-dienst", organization_id=name, name=f"Spreekuur {name}"))
        session.flush()
        yield session


def refer(session, partner="raadslieden", *, turn_id="turn-1", now=NOW, is_sensitive=False, **changes):
    asked = make_asked(turn_id, is_sensitive=is_sensitive)
    question = journal.record_question(session, asked, now)
    offer = make_offer(f"{partner}-dienst", **changes)
    referral = journal.refer(session, turn_id=turn_id, question=question, offer=offer, now=now)
    journal.mark_shown(session, referral.id, now)
    return referral


def claim(session, now=NOW):
    return digests.claim_next(session, days=60, now=now)


def test_a_partner_with_an_open_referral_gets_one_letter_a_week(session):
    referral = refer(session)
    due = claim(session)
    assert (due.organization.id, due.email) == ("raadslieden", "post@raadslieden.example")
    assert [one.referral.id for one in due.open] == [referral.id]
    assert claim(session) is None
    digests.note_sent(session, "raadslieden", NOW)
    assert claim(session, NOW + timedelta(days=2)) is None
    assert claim(session, NOW + WEEK) is not None


def test_a_row_tells_what_was_sent(session):
    ids = [refer(session, turn_id=f"turn-{number}", now=NOW + timedelta(minutes=number)).id for number in range(3)]
    claim(session)
    digests.note_sent(session, "raadslieden", NOW)
    session.expire_all()
    (row,) = session.query(Digest).all()
    assert (row.week, row.referral_ids, row.sent_at) == ("2026-W48", ids, NOW)


def test_a_letter_that_never_left_is_tried_again_after_an_hour(session):
    refer(session)
    claim(session)
    assert claim(session, NOW + timedelta(minutes=60)) is None
    assert claim(session, NOW + timedelta(minutes=61)) is not None


def test_without_an_address_or_as_an_example_nobody_gets_a_letter(session):
    refer(session, "stil")
    refer(session, "voorbeeld", turn_id="turn-2")
    refer(session, turn_id="turn-3", is_example=True)
    assert claim(session) is None


def test_a_service_has_an_address_when_its_organization_has_none(session):
    session.get(Service, "stil-dienst").email = "balie@stil.example"
    refer(session, "stil")
    assert claim(session).email == "balie@stil.example"


def test_what_is_closed_unseen_or_over_is_not_asked_about(session):
    closed, over = refer(session), refer(session, turn_id="turn-2", now=NOW - timedelta(days=61))
    unseen = refer(session, turn_id="turn-3")
    unseen.shown_at = None
    replies.reply(session, closed.id, Answer.HELPED, now=NOW)
    assert claim(session) is None
    assert [one.referral.id for one in claim(session, NOW - timedelta(days=2)).open] == [over.id]


def test_who_came_is_still_asked_about(session):
    replies.reply(session, refer(session).id, Answer.CAME, now=NOW)
    assert claim(session) is not None


def test_who_wants_no_letter_gets_none_until_they_do(session):
    refer(session)
    digests.refuse_digest(session, "raadslieden", NOW)
    digests.refuse_digest(session, "raadslieden", NOW)
    assert not digests.wants_digest(session, "raadslieden")
    assert claim(session) is None
    digests.want_digest(session, "raadslieden")
    assert claim(session) is not None


def test_the_letter_tells_topic_and_link_and_of_a_sensitive_one_only_the_link(session):
    known = refer(session)
    secret = refer(session, turn_id="turn-2", is_sensitive=True)
    subject, text = write_letter(
        claim(session),
        load_words(ROOT / "data"),
        catalogue=load_catalogue(ROOT / "data"),
        library="Bibliotheek Zwolle",
        link_to=lambda referral: f"https://hulp.example.nl/verwijzing/{referral.id}",
        correct="https://hulp.example.nl/p/x",
        stop="https://hulp.example.nl/mail/y",
    )
    catalogue = load_catalogue(ROOT / "data")
    assert subject == "Is het goed gekomen? Bibliotheek Zwolle"
    for referral in (known, secret):
        assert f"{referral.code}, 24 november" in text
        assert f"/verwijzing/{referral.id}\n" in text
    assert catalogue.get_topic("schulden").label["nl"] in text
    assert catalogue.get_topic("mentaal").label["nl"] not in text
    assert "/p/x" in text
    assert text.rstrip().endswith("/mail/y")
    assert "{" not in text
    assert json.dumps(text).count("cjib") == 0  # nothing else of the question
