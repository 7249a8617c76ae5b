"""A form is saved as a plan; what changed can be read and undone, by whom it may."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import select

from referral.directory.rows import make_term_id
from referral.directory.service import get_service
from referral.editing import edits, service
from referral.editing.form import ServiceForm, make_form
from referral.editing.history import get_version, list_newer
from referral.editing.reach import Reach
from referral.errors import NotAllowed, PlanOutdated, UndoRefused, UnknownService
from referral.exchange.report import load_words, make_change_line, make_sentence
from referral.models.base import make_id
from referral.models.columns import Status
from referral.models.service import Service
from referral.models.taxonomy_term import PARTNER_KINDS
from referral.settings import ROOT
from tests.referral.editing.desk import EVERYWHERE, IDO, TYPED, Desk, change
from tests.referral.exchange.batches import NOW

TAALPUNT = "taalpunt-ommen-voorbeeld"
OMMEN = Reach(municipalities=frozenset({"GM0175"}))
ZWOLLE = Reach(municipalities=frozenset({"GM0193"}))
TODAY = date(2026, 11, 24)


@pytest.fixture
def desk(example, reference):
    return Desk(example, reference)


def tell(entry):
    words = load_words(ROOT / "data")
    return [make_sentence(make_change_line(change), words) for change in entry.changes]


# ── forms ─────────────────────────────────────────────────────────────────────


def test_a_form_that_nobody_changed_changes_nothing(desk):
    with desk.database.read() as session:
        ids = session.scalars(select(Service.id)).all()
    for service_id in ids:
        form = desk.open(service_id)
        assert desk.save(form).is_empty
        assert desk.open(service_id) == form
    assert len(ids) > 50


def test_what_was_typed_is_what_the_form_shows_next(desk):
    desk.edit(
        hours="di en do 10-12, niet in de schoolvakanties",
        description_en="Walk in.",
        cost="€ 2,50: per keer",
        wheelchair="beperkt",
        bring="de brief",
        languages="Engels; Pools",
        area="Ommen; Zwolle",
        assured_date="20-11-2026",
    )
    form = desk.open()
    assert form.places[0]["hours"] == "di,do 10:00-12:00; schoolvakanties gesloten"
    assert form.places[0]["wheelchair"] == "beperkt"
    assert {
        column: form.service[column] for column in ("description_en", "cost", "languages", "area", "check_due")
    } == {
        "description_en": "Walk in.",
        "cost": "€ 2,50: per keer",
        "languages": "Engels; Pools",
        "area": "Ommen; Zwolle",
        "check_due": "20-05-2027",
    }


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=TYPED)
def test_whatever_is_saved_is_shown_and_saving_that_changes_nothing(one_desk, typed):
    plan = one_desk.save(change(one_desk.open(), **typed))
    assert not plan.is_refused, plan.problems
    shown = one_desk.open()
    written = {**shown.service, **shown.places[0]}
    assert {column: written[column] for column in typed} == typed
    assert one_desk.save(shown).is_empty


def test_a_new_service_is_there_once_however_often_it_is_sent(desk, reference):
    known = desk.open()
    typed = {"organization": known.service["organization"], "organization_id": known.service["organization_id"]}
    typed |= {"name": "Formulierenhulp", "kinds": "Taalhuis", "description": "Hulp met formulieren."}
    form = make_form(make_id(), typed, [{"hours": "wo 9-12"}], reference)
    assert not desk.save(form).is_refused
    assert desk.open(form.service_id).places[0]["hours"] == "wo 09:00-12:00"
    desk.save(form)
    with desk.database.read() as session:
        made = session.scalars(select(Service).where(Service.name == "Formulierenhulp")).all()
    assert [(one.id, one.source, one.is_example) for one in made] == [(form.service_id, None, False)]


def test_a_service_gets_a_second_place_and_loses_it(desk):
    form = desk.open()
    other = desk.open("gemeenteloket-ommen-voorbeeld").places[0]
    plan = desk.save(replace(form, places=(*form.places, {**other, "hours": "wo 9-12", "phone_hours": ""})))
    assert not plan.is_refused, plan.problems
    both = desk.open()
    assert {place["location_id"]: place["hours"] for place in both.places} == {
        form.places[0]["location_id"]: form.places[0]["hours"],
        other["location_id"]: "wo 09:00-12:00",
    }
    desk.save(replace(both, places=tuple(one for one in both.places if one["location_id"] != other["location_id"])))
    assert [one["location_id"] for one in desk.open().places] == [form.places[0]["location_id"]]
    desk.undo(desk.list_history()[0])
    assert desk.open() == both


@pytest.mark.parametrize(
    ("texts", "code"),
    [
        ({"hours": "soms"}, "hours_unknown_words"),
        ({"phone": "12"}, "no_phone"),
        ({"latitude": "6.1", "longitude": "52.5"}, "coordinates_swapped"),
        ({"latitude": "52.5", "longitude": ""}, "half_a_coordinate"),
        ({"postcode": "99"}, "no_postcode"),
        ({"changes": "25-12-2026 t/m 24-12-2026 gesloten"}, "ends_before_it_starts"),
    ],
)
def test_what_cannot_be_read_is_told_and_nothing_is_saved(desk, texts, code):
    before = desk.open()
    plan = desk.save(change(before, description="Anders.", **texts))
    assert plan.is_refused
    assert code in [problem.code for problem in plan.problems]
    assert {problem.path for problem in plan.problems} == {desk.reference.words.say_row(1)}
    assert desk.open() == before


# ── one click ─────────────────────────────────────────────────────────────────


def test_checked_today_moves_the_next_check(desk):
    desk.click(edits.check_today(TAALPUNT, TODAY))
    form = desk.open(TAALPUNT)
    assert (form.service["assured_date"], form.service["check_due"]) == ("24-11-2026", "24-05-2027")


def test_a_closure_is_a_day_on_which_other_hours_hold(desk):
    desk.click(edits.close_until(IDO, date(2026, 11, 30), date(2026, 12, 4), "verbouwing"))
    assert "30-11-2026 t/m 04-12-2026 gesloten (verbouwing)" in desk.open().service["changes"]
    with desk.database.read() as session:
        card = get_service(session, IDO, now=NOW)
    assert card.today.opens_next.start.date() == date(2026, 12, 8)


def test_what_is_closed_opens_again(desk):
    desk.click(edits.close(IDO))
    assert desk.open().service["status"] == "tijdelijk dicht"
    desk.click(edits.reopen(IDO))
    assert desk.open().service["status"] == "open"


def test_what_no_longer_exists_stays_in_the_directory(desk):
    desk.click(edits.end(IDO))
    with desk.database.read() as session:
        assert session.get(Service, IDO).status is Status.DEFUNCT
        last = service.list_services(session, EVERYWHERE, today=TODAY)[-1]
    assert last.id == IDO


# ── history and undo ──────────────────────────────────────────────────────────


def test_the_history_says_who_changed_what(desk):
    assert desk.list_history() == []
    desk.edit(hours="di 10-12", languages="")
    (entry,) = desk.list_history()
    assert (entry.by, entry.moment) == ("Noor", desk.now)
    assert sorted(tell(entry)) == [
        "Eraf: taal en.",
        "openingstijden: was Tu 09:30-11:30; SH off, wordt Tu 10:00-12:00.",
    ]


def test_undo_puts_back_what_was(desk):
    before = desk.open()
    desk.edit(
        hours="di 10-12", languages="Pools", phone="0529 45 12 34", cost="€ 5,00", street="Brink 9", kinds="Taalhuis",
        changes="24-12-2026 gesloten (kerst)", description_en="", status="verhuisd",
    )  # fmt: skip
    after = desk.open()
    assert after != before
    desk.undo(desk.list_history()[0])
    assert desk.open() == before
    desk.undo(desk.list_history()[0])
    assert desk.open() == after
    assert len(desk.list_history()) == 3


def test_an_older_change_is_undone_under_a_newer_one_of_something_else(desk):
    desk.edit(hours="di 10-12")
    desk.edit(description="Anders.")
    desk.undo(desk.list_history()[1])
    form = desk.open()
    assert form.places[0]["hours"] == "di 09:30-11:30; schoolvakanties gesloten"
    assert form.service["description"] == "Anders."


def test_a_change_on_which_a_newer_one_stands_is_not_undone(desk):
    desk.edit(hours="di 10-12")
    desk.by = "Bas"
    desk.edit(hours="di 10-13")
    with pytest.raises(UndoRefused) as refused:
        desk.undo(desk.list_history()[1])
    assert (refused.value.reason, refused.value.by, refused.value.moment) == (
        "newer",
        "Bas",
        desk.list_history()[0].moment,
    )
    assert desk.open().places[0]["hours"] == "di 10:00-13:00"


def test_what_changed_behind_the_history_is_not_undone(desk):
    desk.edit(description="Anders.")
    with desk.database.begin() as session:
        session.get(Service, IDO).description = "Van buiten."
    with pytest.raises(PlanOutdated):
        desk.undo(desk.list_history()[0])


def test_undoing_a_new_service_closes_it(desk, reference):
    known = desk.open().service
    form = ServiceForm(make_id(), {**known, "name": "Proef"}, desk.open().places)
    desk.save(form)
    (entry,) = [entry for entry in desk.list_history(form.service_id) if entry.by == "Noor"]
    desk.undo(entry, form.service_id)
    assert desk.open(form.service_id).service["status"] == "gestopt"


def test_an_entry_that_does_not_exist_is_not_undone(desk):
    with desk.database.begin() as session, pytest.raises(UndoRefused) as refused:
        service.undo(session, IDO, "none", EVERYWHERE, by="Noor", now=NOW)
    assert refused.value.reason == "unknown"


def test_whoever_looked_before_is_told_what_is_newer(desk):
    desk.edit(hours="di 10-12")
    version = get_version(desk.list_history())
    assert list_newer(desk.list_history(), version) == []
    desk.edit(description="Anders.")
    (newer,) = list_newer(desk.list_history(), version)
    assert tell(newer)[0].startswith("omschrijving: was ")


# ── reach ─────────────────────────────────────────────────────────────────────


def test_the_list_has_overdue_checks_first(desk):
    with desk.database.read() as session:
        found = service.list_services(session, OMMEN, today=TODAY)
        overdue = service.list_services(session, OMMEN, overdue=True, today=TODAY)
    assert [one.is_overdue for one in found] == sorted((one.is_overdue for one in found), reverse=True)
    assert TAALPUNT in [one.id for one in overdue]
    assert all(one.check_due is None or one.check_due < TODAY for one in overdue)
    assert len(overdue) < len(found)


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("taalpunt", True),
        ("TAALPUNT ommen", True),
        ("voorbeeldbrink", True),
        ("taalpunt zwolle", False),
        ("100%", False),
    ],
)
def test_the_list_is_searched_by_name_organization_and_address(desk, text, is_found):
    with desk.database.read() as session:
        found = service.list_services(session, EVERYWHERE, text=text, today=TODAY)
    assert (TAALPUNT in [one.id for one in found]) is is_found


def test_the_list_is_narrowed_to_a_kind(desk):
    with desk.database.read() as session:
        found = service.list_services(session, OMMEN, term_id=make_term_id(PARTNER_KINDS, "taalhuis"), today=TODAY)
    assert TAALPUNT in [one.id for one in found]
    assert IDO not in [one.id for one in found]


@pytest.mark.parametrize(
    ("reach", "is_allowed"),
    [
        (OMMEN, True),
        (Reach(organizations=frozenset({"bibliotheek-ommen-voorbeeld"})), True),
        (ZWOLLE, False),
        (Reach(), False),
    ],
)
def test_an_editor_changes_only_what_is_within_reach(desk, reach, is_allowed):
    desk.reach = reach
    with desk.database.read() as session:
        assert (IDO in [one.id for one in service.list_services(session, reach, today=TODAY)]) is is_allowed
    if is_allowed:
        desk.edit(description="Anders.")
        return
    before = desk.open()
    with pytest.raises(NotAllowed):
        desk.save(change(before, description="Anders."))
    assert desk.open() == before


def test_a_service_of_somebody_else_is_not_added(desk):
    desk.reach = ZWOLLE
    known = desk.open()
    with pytest.raises(NotAllowed):
        desk.save(replace(known, service_id=make_id()))


def test_a_service_that_does_not_exist_has_no_form(desk):
    with pytest.raises(UnknownService):
        desk.open("weg")
