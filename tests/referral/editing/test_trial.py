"""What an editor is told while typing: the same findings as after saving, the real days, and nothing is written."""

from datetime import date

import pytest

from referral.directory.holidays import Holiday
from referral.editing import service
from referral.editing.trial import DAYS, try_form
from referral.quality.findings import Code
from referral.quality.service import check_service
from referral.referring.knowledge import load_knowledge
from tests.referral.editing.test_service import IDO, Desk, change
from tests.referral.exchange.batches import NOW, dump


@pytest.fixture
def desk(example, reference):
    return Desk(example, reference)


def try_out(desk, now=NOW, **texts):
    form = change(desk.open(), **texts)
    with desk.database.read() as session:
        before = dump(session)
    with desk.database.begin() as session:
        trial = try_form(session, form, desk.reference, load_knowledge(), now)
    with desk.database.read() as session:
        assert dump(session) == before
    return trial


def test_the_coming_two_weeks_are_shown_with_exceptions_and_holidays(desk):
    now = NOW.replace(month=12, day=21)
    trial = try_out(desk, now, hours="ma-vr 10-12", changes="22-12-2026 gesloten (verhuizing)")
    (preview,) = trial.previews
    days = {one.day: one for one in preview.days}
    assert len(days) == DAYS
    assert [opening.start.hour for opening in days[date(2026, 12, 21)].openings] == [10]
    assert (days[date(2026, 12, 22)].openings, days[date(2026, 12, 22)].reason) == ((), "verhuizing")
    assert days[date(2026, 12, 25)].holiday is Holiday.EERSTE_KERSTDAG
    assert days[date(2026, 12, 25)].openings == ()


def test_findings_are_those_of_the_saved_service(desk):
    trial = try_out(desk, cost="", description="")
    assert {Code.NO_COST, Code.NO_DESCRIPTION} <= {finding.code for finding in trial.findings}
    desk.edit(cost="", description="")
    with desk.database.read() as session:
        assert check_service(session, IDO, load_knowledge(), NOW).findings == trial.findings


def test_one_field_that_cannot_be_read_does_not_hide_the_hours(desk):
    trial = try_out(desk, phone="12", hours="wo 9-12")
    assert trial.is_refused
    assert [day.day.weekday() for day in trial.previews[0].days if day.openings] == [2, 2]


def test_hours_that_cannot_be_read_are_told_and_no_other_days_are_shown(desk):
    trial = try_out(desk, hours="soms")
    assert [problem.code for problem in trial.problems] == ["hours_unknown_words"]
    assert trial.previews == ()
    assert trial.findings


def test_a_new_service_is_tried_as_well(desk, reference):
    form = desk.open()
    new = type(form)("nieuw", {**form.service, "name": "Proef"}, form.places)
    with desk.database.begin() as session:
        trial = try_form(session, new, reference, load_knowledge(), NOW)
        assert service.find_form(session, "nieuw", reference) is None
    assert trial.previews


def test_a_new_service_without_a_name_or_an_organization_is_told_what_it_lacks(desk, reference):
    form = desk.open()
    nameless = dict.fromkeys(("name", "organization", "organization_id"), "")
    new = type(form)("nieuw", {**form.service, **nameless}, form.places)
    with desk.database.begin() as session:
        trial = try_form(session, new, reference, load_knowledge(), NOW)
    assert trial.is_refused
    assert (trial.findings, trial.previews) == ((), ())
