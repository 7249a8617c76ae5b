"""Who has to check is asked once a week, in time and until it is done."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from referral.clock import to_local
from referral.models.columns import Status
from referral.models.organization import Organization
from referral.models.reminder import Reminder
from referral.models.service import Service
from referral.proposals import reminders
from referral.proposals.letters import load_words, write_letter
from referral.settings import ROOT
from tests.clock import TUESDAY

TODAY = to_local(TUESDAY).date()


@pytest.fixture
def session(database):
    with database.begin() as session:
        yield session
        session.rollback()


def add(session, name, *, check_due=None, assured_date=None, status=Status.ACTIVE, email="post@partner.nl"):
    session.add(Organization(id=name, name=name, email=email))
    session.flush()
    session.add(
        Service(
            id=f"{name}-dienst", organization_id=name, name=f"Spreekuur {name}", status=status,
            check_due=check_due, assured_date=assured_date,
        )
    )  # fmt: skip
    session.flush()


def list_names(session, now=TUESDAY):
    return [one.organization.name for one in reminders.list_due(session, now)]


def test_a_check_is_due_from_two_weeks_before(session):
    add(session, "straks", check_due=TODAY + timedelta(days=14))
    add(session, "later", check_due=TODAY + timedelta(days=15))
    add(session, "te laat", check_due=TODAY - timedelta(days=1))
    assert list_names(session) == ["straks", "te laat"]
    assert [one.services[0].is_overdue for one in reminders.list_due(session, TUESDAY)] == [False, True]


def test_without_a_day_a_check_holds_for_half_a_year(session):
    add(session, "oud", assured_date=TODAY - timedelta(days=184))
    add(session, "nieuw", assured_date=TODAY - timedelta(days=100))
    add(session, "nooit")
    (due,) = reminders.list_due(session, TUESDAY)
    assert (due.organization.name, due.services[0].due) == ("oud", TODAY - timedelta(days=1))


@pytest.mark.parametrize("status", [Status.DEFUNCT, Status.MOVED])
def test_nobody_is_asked_about_what_is_gone(session, status):
    add(session, "weg", check_due=TODAY, status=status)
    assert list_names(session) == []


def test_a_partner_is_on_the_list_once_a_week(session):
    add(session, "a", check_due=TODAY)
    assert [reminders.make_reminders(session, TUESDAY) for _ in range(2)] == [1, 0]
    add(session, "b", check_due=TODAY)
    assert reminders.make_reminders(session, TUESDAY + timedelta(days=5)) == 1
    assert reminders.make_reminders(session, TUESDAY + timedelta(days=6)) == 2  # Monday: another week
    assert session.scalar(select(func.count()).select_from(Reminder)) == 4


def test_a_letter_is_claimed_once_and_again_only_when_it_never_left(session):
    add(session, "a", check_due=TODAY)
    reminders.make_reminders(session, TUESDAY)
    assert reminders.claim_next(session, TUESDAY).organization.id == "a"
    assert reminders.claim_next(session, TUESDAY + timedelta(minutes=59)) is None
    later = TUESDAY + timedelta(minutes=61)
    assert reminders.claim_next(session, later).organization.id == "a"
    reminders.note_sent(session, "a", later)
    session.expire_all()
    assert reminders.claim_next(session, later + timedelta(hours=2)) is None


def test_no_letter_goes_to_an_example_or_to_nowhere(session):
    add(session, "stil", check_due=TODAY, email=None)
    add(session, "voorbeeld", check_due=TODAY)
    session.get_one(Organization, "voorbeeld").is_example = True
    reminders.make_reminders(session, TUESDAY)
    assert reminders.claim_next(session, TUESDAY) is None


def test_the_week_is_that_of_the_wall(session):
    assert reminders.name_week(TUESDAY) == "2026-W48"
    assert reminders.name_week(TUESDAY + timedelta(days=40)) == "2026-W53"  # 3 January


def test_the_letter_tells_who_what_and_where(session):
    add(session, "raadslieden", check_due=date(2026, 12, 1))
    (due,) = reminders.list_due(session, TUESDAY)
    subject, text = write_letter(
        due, load_words(ROOT / "data"), library="Bibliotheek Zwolle", link="https://hulp.nl/p/abc", days=30
    )
    assert subject == "Kloppen uw gegevens nog? Bibliotheek Zwolle"
    assert "Beste collega van raadslieden" in text
    assert "- Spreekuur raadslieden (nakijken voor 1 december 2026)" in text
    assert "https://hulp.nl/p/abc" in text
    assert "{" not in text
