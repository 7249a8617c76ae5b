"""The directory goes out as a sheet and comes back: nothing changes; into an empty directory: the same sheet again."""

import csv

import pytest
from sqlalchemy import delete, select

from referral.exchange.plan import Action
from referral.exchange.sheet.export import export_csv, export_xlsx
from referral.exchange.sheet.known import list_all
from referral.models.attribute import Attribute
from referral.models.location import Location
from referral.models.organization import Organization
from referral.models.phone import Phone
from referral.models.schedule import Schedule
from referral.models.service import Service
from referral.models.taxonomy_term import TaxonomyTerm
from tests.referral.exchange.batches import dump
from tests.referral.exchange.sheet.sheets import bring_in, list_codes, read, write_csv_bytes

SERVICE = "ido-ommen-voorbeeld"


def export(database, reference, path):
    with database.read() as session:
        write = export_csv if path.suffix == ".csv" else export_xlsx
        (written,) = write(session, path.parent, reference)
    return written


def edit(path, service_id, **cells):
    """Change cells of one service in a CSV file, by header."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter=";"))
    for row in rows:
        if row["id dienst"] == service_id:
            row.update({header.replace("_", " "): text for header, text in cells.items()})
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0], delimiter=";")
        writer.writeheader()
        writer.writerows(rows)


@pytest.mark.parametrize("name", ["gids.csv", "gids.xlsx"])
def test_what_goes_out_and_comes_back_changes_nothing(example, reference, tmp_path, name):
    plan = read(example, reference, export(example, reference, tmp_path / name))
    assert plan.problems == ()
    assert plan.is_empty
    assert {step.action for step in plan.steps} == {Action.UNCHANGED}
    with example.read() as session:
        assert {step.id for step in plan.steps if step.table == "service"} == set(session.scalars(select(Service.id)))


@pytest.mark.parametrize("name", ["gids.csv", "gids.xlsx"])
def test_an_empty_directory_that_gets_the_sheet_gives_the_same_sheet(example, reference, tmp_path, name):
    first = export(example, reference, tmp_path / name)
    with example.read() as session:
        before = list(list_all(session, reference))
    with example.begin() as session:
        for table in (Attribute, Service, Location, Organization):
            session.execute(delete(table))
    plan = bring_in(example, reference, first)
    with example.read() as session:
        assert list(list_all(session, reference)) == before
    assert not plan.is_refused
    assert read(example, reference, first).is_empty


def test_one_changed_cell_is_one_change(example, reference, tmp_path):
    path = export(example, reference, tmp_path / "gids.csv")
    edit(path, SERVICE, openingstijden="di en do 10-12, niet in de kerstvakantie")
    plan = read(example, reference, path)
    changed = [step for step in plan.steps if step.action is not Action.UNCHANGED]
    assert [(step.table, step.id) for step in changed] == [("service", SERVICE)]
    assert {change.table for change in changed[0].changes} == {"schedule", "hours_exception"}
    assert list_codes(plan) == []
    bring_in(example, reference, path)
    with example.read() as session:
        hours = session.scalars(select(Schedule.opening_hours).where(Schedule.service_id == SERVICE)).all()
    assert hours == ["Tu,Th 10:00-12:00"]
    assert read(example, reference, path).is_empty


def test_a_sheet_with_ids_may_hold_some_columns_only(example, reference, tmp_path):
    path = tmp_path / "blad.csv"
    path.write_bytes(write_csv_bytes([["id dienst", "kosten"], [SERVICE, "€ 1,00"]]))
    plan = read(example, reference, path)
    assert plan.problems == ()
    (step,) = [step for step in plan.steps if step.changes]
    assert {change.table for change in step.changes} == {"cost_option"}


def test_what_a_sheet_cannot_say_stays_when_the_rest_changes(example, reference, tmp_path):
    with example.begin() as session:
        session.add(Phone(id="fax", service_id="geldmaatje-ommen-voorbeeld", number="0529 00 04 01", type="fax"))
    path = export(example, reference, tmp_path / "gids.csv")
    edit(path, "geldmaatje-ommen-voorbeeld", telefoon="0529 45 12 34")
    bring_in(example, reference, path)
    with example.read() as session:
        phones = session.scalars(select(Phone).where(Phone.service_id == "geldmaatje-ommen-voorbeeld")).all()
        assert {phone.number for phone in phones} == {"0529 00 04 01", "0529 45 12 34"}


def test_kinds_of_another_taxonomy_stay(example, reference, tmp_path):
    with example.begin() as session:
        session.add(TaxonomyTerm(id="topics:digid", code="digid", name="DigiD", taxonomy="topics"))
        session.flush()
        session.add(Attribute(id="a", link_id=SERVICE, link_entity="service", taxonomy_term_id="topics:digid"))
    path = export(example, reference, tmp_path / "gids.csv")
    edit(path, SERVICE, soort_hulp="Taalhuis")
    bring_in(example, reference, path)
    with example.read() as session:
        terms = session.scalars(select(Attribute.taxonomy_term_id).where(Attribute.link_id == SERVICE)).all()
    assert set(terms) == {"topics:digid", "partner_kinds:taalhuis"}


def test_kinds_and_target_groups_change_apart_from_each_other(example, reference, tmp_path):
    def get_terms():
        with example.read() as session:
            return set(session.scalars(select(Attribute.taxonomy_term_id).where(Attribute.link_id == SERVICE)))

    def write(**cells):
        path = export(example, reference, tmp_path / "gids.csv")
        edit(path, SERVICE, **cells)
        return path

    def change(**cells):
        bring_in(example, reference, write(**cells))

    kinds = {"partner_kinds:ido", "partner_kinds:digicursus"} & get_terms()
    change(vooral_voor="Ouderen; mensen die weinig Nederlands spreken")
    assert get_terms() == kinds | {"target_groups:ouderen", "target_groups:anderstaligen"}
    change(soort_hulp="Taalhuis")
    assert get_terms() == {"partner_kinds:taalhuis", "target_groups:ouderen", "target_groups:anderstaligen"}
    change(vooral_voor="")
    assert get_terms() == {"partner_kinds:taalhuis"}
    assert list_codes(read(example, reference, write(vooral_voor="ouderen; zeelieden"))) == ["unknown_group"]


def test_a_group_that_has_left_the_file_stays(example, reference, tmp_path):
    with example.begin() as session:
        session.add(TaxonomyTerm(id="target_groups:zeelieden", code="zeelieden", name="Z", taxonomy="target_groups"))
        session.flush()
        session.add(
            Attribute(id="a", link_id=SERVICE, link_entity="service", taxonomy_term_id="target_groups:zeelieden")
        )
    path = export(example, reference, tmp_path / "gids.csv")
    assert read(example, reference, path).is_empty
    edit(path, SERVICE, vooral_voor="jongeren")
    bring_in(example, reference, path)
    with example.read() as session:
        terms = set(session.scalars(select(Attribute.taxonomy_term_id).where(Attribute.link_id == SERVICE)))
    assert terms >= {"target_groups:zeelieden", "target_groups:jongeren"}


def test_two_timetables_are_not_lost_in_one_cell(example, reference, tmp_path):
    with example.begin() as session:
        session.add(Schedule(id="extra", service_id=SERVICE, opening_hours="Sa 10:00-12:00"))
    path = export(example, reference, tmp_path / "gids.csv")
    edit(path, SERVICE, wat_doen_ze="Iets anders.")
    assert reference.words.more in path.read_text(encoding="utf-8")
    bring_in(example, reference, path)
    with example.read() as session:
        hours = session.scalars(select(Schedule.opening_hours).where(Schedule.service_id == SERVICE)).all()
    assert set(hours) == {"Sa 10:00-12:00", "Tu 09:30-11:30; SH off"}


def test_reading_writes_nothing(example, reference, tmp_path):
    path = export(example, reference, tmp_path / "gids.csv")
    edit(path, SERVICE, naam_dienst="Anders")
    with example.read() as session:
        before = dump(session)
    assert not read(example, reference, path).is_empty
    with example.read() as session:
        assert dump(session) == before
