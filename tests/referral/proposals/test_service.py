"""What somebody outside says waits for an editor; what an editor takes over stands in the directory, with a trace."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from referral.clock import to_local
from referral.directory import service as directory
from referral.directory.spoken.words import load_hour_words
from referral.errors import AlreadyDecided, InvalidInput, NotFound, PlanOutdated, TextTooLong, UnreadableValue
from referral.models.hours_exception import HoursException
from referral.models.metadata import Metadata
from referral.models.proposal import Proposal, ProposalStatus, Sender
from referral.models.schedule import Schedule
from referral.models.service import Service
from referral.proposals import service as proposals
from referral.proposals.facts import Field, find_fact, get_service, list_facts
from referral.proposals.values import MAX_REMARK, show_value
from referral.settings import ROOT
from tests.clock import TUESDAY

IDO = "ido-zwolle-centrum-voorbeeld"
WORDS = load_hour_words(ROOT / "data")
OTHER = f"other:{IDO}"


@pytest.fixture
def session(example_session):
    return example_session


def get_key(session, field, service_id=IDO):
    return next(one.key for one in list_facts(session, get_service(session, service_id)) if one.field is field)


def report(session, field=Field.HOURS, *, proposed="", remark="Zij zijn dicht.", service_id=IDO):
    key = get_key(session, field, service_id)
    return proposals.report(session, service_id, key, proposed=proposed, remark=remark, now=TUESDAY)


def accept(session, proposal, text=None, *, seen=None):
    told = proposals.get_told(session, proposal.id)
    text = proposal.proposed if text is None else text
    proposals.accept(session, told, text, seen=told.seen if seen is None else seen, words=WORDS, by="Noor", now=TUESDAY)


def get_value(session, field, service_id=IDO):
    return find_fact(session, get_service(session, service_id), get_key(session, field, service_id)).value


def test_hours_that_a_citizen_reports_wait_and_are_written_when_an_editor_takes_them_over(session):
    before = get_value(session, Field.HOURS)
    proposal = report(session, proposed="di en do 10-12")
    assert get_value(session, Field.HOURS) == before
    assert [one.proposal.id for one in proposals.list_open(session)] == [proposal.id]
    accept(session, proposal)
    assert get_value(session, Field.HOURS) == "Tu,Th 10:00-12:00"
    assert (proposal.status, proposal.decided_by, proposal.decided_at) == (ProposalStatus.ACCEPTED, "Noor", TUESDAY)
    row = session.scalars(select(Metadata).where(Metadata.resource_id == proposal.resource_id)).one()
    assert (row.field_name, row.previous_value, row.replacement_value, row.updated_by) == (
        "opening_hours", f'"{before}"', '"Tu,Th 10:00-12:00"', "Noor",
    )  # fmt: skip
    assert proposals.list_open(session) == []


def test_an_editor_may_write_something_else_than_was_proposed(session):
    proposal = report(session, Field.PHONE, proposed="038 000 09 99")
    accept(session, proposal, "038 202 12 00")
    assert get_value(session, Field.PHONE) == "038 202 12 00"
    assert [one.number for one in directory.get_service(session, IDO, now=TUESDAY).phones] == ["038 202 12 00"]
    assert proposals.list_of_service(session, IDO)[0].written == "038 202 12 00"


def test_a_refusal_needs_a_reason_and_leaves_the_directory_as_it_is(session):
    before = get_value(session, Field.HOURS)
    proposal = report(session, proposed="ma 9-10")
    with pytest.raises(InvalidInput):
        proposals.refuse(proposals.get_told(session, proposal.id), "  ", by="Noor", now=TUESDAY)
    proposals.refuse(proposals.get_told(session, proposal.id), "Ik heb gebeld.", by="Noor", now=TUESDAY)
    assert (proposal.status, proposal.reason) == (ProposalStatus.REFUSED, "Ik heb gebeld.")
    assert get_value(session, Field.HOURS) == before


def test_what_was_decided_is_not_decided_again(session):
    proposal = report(session, proposed="ma 9-10")
    accept(session, proposal)
    with pytest.raises(AlreadyDecided):
        accept(session, proposal)
    with pytest.raises(AlreadyDecided):
        proposals.refuse(proposals.get_told(session, proposal.id), "nee", by="Noor", now=TUESDAY)


def test_a_field_that_changed_meanwhile_is_told_and_is_written_only_by_who_has_seen_that(session):
    old, new = report(session, proposed="ma 9-10"), report(session, proposed="vr 9-10")
    seen_before = proposals.get_told(session, new.id).seen
    accept(session, old)
    told = proposals.get_told(session, new.id)
    assert told.is_outdated
    assert told.now == "Mo 09:00-10:00"
    with pytest.raises(PlanOutdated):
        accept(session, new, seen=seen_before)
    assert get_value(session, Field.HOURS) == "Mo 09:00-10:00"
    accept(session, new)
    assert get_value(session, Field.HOURS) == "Fr 09:00-10:00"


def test_school_holidays_that_are_left_out_become_days_on_which_it_is_closed(session):
    accept(session, report(session, proposed="di 10-12, niet in de kerstvakantie"))
    closed = session.scalars(select(HoursException).where(HoursException.service_id == IDO)).all()
    assert [(one.start_date, one.end_date) for one in closed if one.start_date.year == 2026] == [
        (date(2026, 12, 19), date(2027, 1, 3))
    ]


def test_only_by_appointment_is_a_fact_of_the_service(session):
    accept(session, report(session, proposed="op afspraak"))
    assert session.get_one(Service, IDO).by_appointment
    assert get_value(session, Field.HOURS) == '"op afspraak"'


def test_a_fact_that_was_not_there_is_added(session):
    lacking = session.scalars(select(Schedule.service_id).where(Schedule.service_id.is_not(None))).all()
    assert IDO in lacking
    for schedule in session.scalars(select(Schedule)):
        session.delete(schedule)
    session.flush()
    accept(session, report(session, proposed="ma 9-10"))
    assert get_value(session, Field.HOURS) == "Mo 09:00-10:00"


@pytest.mark.parametrize(
    ("field", "text"),
    [
        (Field.HOURS, "wanneer het uitkomt"),
        (Field.HOURS, ""),
        (Field.PHONE, "12"),
        (Field.PHONE, "bel maar"),
        (Field.WEBSITE, "javascript:alert(1)"),
        (Field.WEBSITE, "geen site"),
        (Field.EMAIL, "balie"),
        (Field.DOES, "x" * 501),
    ],
)
def test_what_a_column_cannot_hold_is_not_taken_over(session, field, text):
    proposal = report(session, field)
    with pytest.raises(UnreadableValue):
        accept(session, proposal, text)
    assert proposal.status is ProposalStatus.OPEN


def test_of_something_else_an_editor_sees_to_it_without_a_field(session):
    proposal = proposals.report(session, IDO, OTHER, proposed="", remark="De deur is moeilijk te vinden.", now=TUESDAY)
    accept(session, proposal, "")
    assert (proposal.status, proposal.written) == (ProposalStatus.ACCEPTED, None)
    assert session.scalars(select(Metadata)).all() == []


# ── a citizen is nobody ───────────────────────────────────────────────────────


def test_what_a_citizen_says_is_masked_before_it_is_kept(session):
    said = "Ik ben Jan de Vries, 06 12345678, jan@example.nl. Mijn BSN is 111222333."
    kept = report(session, Field.DOES, proposed="Mail jan.devries@example.nl", remark=said)
    for secret in ("Vries", "12345678", "@", "111222333"):
        assert secret not in kept.remark + kept.proposed
    assert kept.sender is Sender.CITIZEN


def test_a_number_of_an_office_is_kept_and_a_mobile_one_is_not(session):
    assert report(session, Field.PHONE, proposed="038 202 12 00").proposed == "038 202 12 00"
    assert "12345678" not in report(session, Field.PHONE, proposed="06 12345678").proposed
    assert report(session, Field.WEBSITE, proposed="www.example.nl/ido").proposed == "www.example.nl/ido"


def test_who_says_nothing_too_much_or_of_nothing_is_not_kept(session):
    with pytest.raises(InvalidInput):
        report(session, remark="  ")
    with pytest.raises(TextTooLong):
        report(session, remark="a " * MAX_REMARK)
    with pytest.raises(NotFound):
        proposals.report(session, "gone", "hours:x", proposed="", remark="dicht", now=TUESDAY)
    with pytest.raises(NotFound):
        proposals.report(session, IDO, "phone:of-somebody-else", proposed="", remark="dicht", now=TUESDAY)
    assert session.scalars(select(Proposal)).all() == []


# ── a partner by its link ─────────────────────────────────────────────────────


def correct(session, remark="", now=TUESDAY, **values):
    typed = {get_key(session, Field(name)): text for name, text in values.items()}
    return proposals.correct(session, get_service(session, IDO), typed, remark=remark, words=WORDS, now=now)


def test_only_what_a_partner_gave_another_value_is_proposed(session):
    shown = show_value(Field.HOURS, get_value(session, Field.HOURS), WORDS)
    assert shown.startswith("ma 13:00-17:00; di-vr")
    assert correct(session, hours=shown, phone="038 000 01 01") == []
    changed = correct(session, hours=shown, phone="038 202 12 00", email="ido@example.nl")
    assert {(one.field, one.proposed, one.sender) for one in changed} == {
        ("phone", "038 202 12 00", Sender.PARTNER),
        ("email", "ido@example.nl", Sender.PARTNER),
    }


def test_of_a_service_with_several_locations_each_fact_tells_where(session):
    desk = get_service(session, "balie-zwolle-voorbeeld")
    hours = [one for one in list_facts(session, desk) if one.field is Field.HOURS]
    assert len({one.where for one in hours}) == len(hours) == 3
    assert [one.where for one in list_facts(session, get_service(session, IDO)) if one.where] == []


def test_a_partner_that_comes_again_changes_what_it_proposed(session):
    first = correct(session, phone="038 202 12 00")
    second = correct(session, phone="038 202 12 01", remark="Tikfout.", now=TUESDAY + timedelta(hours=1))
    assert first[0].id in {one.id for one in second}
    waiting = {one.proposal.field: one.proposal.proposed for one in proposals.list_open(session)}
    assert waiting == {"phone": "038 202 12 01", "other": ""}


def test_who_confirms_moves_the_check_and_leaves_a_trace(session):
    service = get_service(session, IDO)
    service.assured_date, service.check_due = date(2026, 1, 1), date(2026, 7, 1)
    session.flush()
    assert directory.get_service(session, IDO, now=TUESDAY).is_check_overdue
    proposals.confirm(session, service, by="Bibliotheek", now=TUESDAY)
    card = directory.get_service(session, IDO, now=TUESDAY)
    today = to_local(TUESDAY).date()
    assert (card.assured_date, card.check_due) == (today, today + timedelta(days=183))
    assert not card.is_check_overdue
    traces = session.scalars(select(Metadata).where(Metadata.resource_id == IDO)).all()
    assert {(one.field_name, one.updated_by) for one in traces} == {
        ("assured_date", "Bibliotheek"), ("check_due", "Bibliotheek"),
    }  # fmt: skip
