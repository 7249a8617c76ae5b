"""Loading files: once, twice, changed, with what people did in between, and broken."""

import json
import shutil
from datetime import date

import pytest
import yaml
from sqlalchemy import func, select

from referral.directory.load import load_catalogue, load_example
from referral.directory.load_audit import CONTENT
from referral.errors import InvalidContent
from referral.models.base import Base
from referral.models.columns import Evidence, Status
from referral.models.language import Language
from referral.models.location import Location
from referral.models.metadata import Metadata
from referral.models.organization import Organization
from referral.models.phone import Phone
from referral.models.schedule import Schedule
from referral.models.service import Service
from referral.settings import ROOT
from tests.loading import LOADED

DATA = ROOT / "data"
DAY = date(2026, 11, 20)
IDO = "ido-ommen-voorbeeld"


@pytest.fixture
def data_dir(tmp_path):
    """A copy of the files that loading reads, to change."""
    for name in ("organisations.yml", "partner_kinds.yml", "target_groups.yml"):
        shutil.copy(DATA / name, tmp_path / name)
    shutil.copytree(DATA / "example", tmp_path / "example")
    return tmp_path


def edit(path, change):
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    change(content)
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")


def find_service(content, service_id):
    services = [service for entry in content["organizations"] for service in entry.get("services", [])]
    return next(service for service in services if service["id"] == service_id)


def dump(session) -> dict[str, list[tuple]]:
    tables = Base.metadata.sorted_tables
    return {table.name: sorted(map(repr, session.execute(select(table)))) for table in tables}


def test_loading_the_same_files_twice_changes_nothing(database, data_dir):
    with database.begin() as session:
        first = load_catalogue(session, data_dir, now=LOADED), load_example(session, data_dir, now=LOADED)
    with database.read() as session:
        before = dump(session)
    with database.begin() as session:
        second = load_catalogue(session, data_dir, now=LOADED), load_example(session, data_dir, now=LOADED)
    with database.read() as session:
        assert dump(session) == before
    assert [loaded.changed for loaded in first] == [loaded.organizations for loaded in first]
    assert [loaded.changed for loaded in second] == [0, 0]
    assert [loaded.unchanged for loaded in second] == [loaded.organizations for loaded in second]


def test_loading_does_not_commit(database, data_dir):
    with database.begin() as session:
        load_catalogue(session, data_dir, now=LOADED)
        session.rollback()
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Organization)) == 0


def test_every_national_organisation_becomes_a_service_for_the_country(database, data_dir):
    rows = yaml.safe_load((data_dir / "organisations.yml").read_text(encoding="utf-8"))["organisations"]
    with database.begin() as session:
        load_catalogue(session, data_dir, now=LOADED)
    with database.read() as session:
        services = session.scalars(select(Service)).all()
        assert {service.id for service in services} == {f"nationaal-{row['id']}" for row in rows}
        assert not any(service.is_example for service in services)
        evidence = {row.service_id: row.evidence for row in session.execute(select(Phone.service_id, Phone.evidence))}
        for row in rows:
            assert evidence.get(f"nationaal-{row['id']}") == (row["evidence"] if row.get("phone") else None)


def test_what_an_editor_changed_survives_the_next_start(database, data_dir):
    with database.begin() as session:
        load_example(session, data_dir, now=LOADED)
    with database.begin() as session:
        session.get_one(Service, IDO).name = "Ander informatiepunt"
    with database.begin() as session:
        load_example(session, data_dir, now=LOADED)
        assert session.get_one(Service, IDO).name == "Ander informatiepunt"


def test_a_changed_entry_is_written_anew_and_only_that_one(database, data_dir):
    with database.begin() as session:
        load_example(session, data_dir, now=LOADED)

    def change(content):
        find_service(content, IDO)["bring"] = [{"nl": "een goed humeur"}]

    edit(data_dir / "example" / "ommen.yml", change)
    with database.begin() as session:
        assert load_example(session, data_dir, now=LOADED).changed == 1


def test_a_confirmed_number_stays_confirmed_when_its_entry_changes(database, data_dir):
    with database.begin() as session:
        load_catalogue(session, data_dir, now=LOADED)
        phone = session.scalars(select(Phone).where(Phone.service_id == "nationaal-duo")).one()
        assert phone.evidence is Evidence.UNVERIFIED
        phone.evidence, phone.assured_date, phone.assurer_name = Evidence.OFFICIAL, DAY, "M. de Boer"

    def change(content):
        next(row for row in content["organisations"] if row["id"] == "duo")["helps_with"] = "studiefinanciering"

    edit(data_dir / "organisations.yml", change)
    with database.begin() as session:
        assert load_catalogue(session, data_dir, now=LOADED).changed == 1
        phone = session.scalars(select(Phone).where(Phone.service_id == "nationaal-duo")).one()
        assert (phone.evidence, phone.assurer_name) == (Evidence.OFFICIAL, "M. de Boer")


def test_a_new_number_is_not_confirmed_by_the_old_one(database, data_dir):
    with database.begin() as session:
        load_catalogue(session, data_dir, now=LOADED)
        phone = session.scalars(select(Phone).where(Phone.service_id == "nationaal-duo")).one()
        phone.assured_date, phone.assurer_name = DAY, "M. de Boer"

    def change(content):
        next(row for row in content["organisations"] if row["id"] == "duo")["phone"] = "050 599 77 00"

    edit(data_dir / "organisations.yml", change)
    with database.begin() as session:
        load_catalogue(session, data_dir, now=LOADED)
        phone = session.scalars(select(Phone).where(Phone.service_id == "nationaal-duo")).one()
        assert (phone.evidence, phone.assured_date) == (Evidence.UNVERIFIED, None)


def test_what_has_left_the_file_is_closed_and_not_deleted(database, data_dir):
    with database.begin() as session:
        load_example(session, data_dir, now=LOADED)
    removed = {}

    def remove(content):
        removed["entry"] = content["organizations"].pop()
        content["organizations"][0]["services"].pop()

    edit(data_dir / "example" / "ommen.yml", remove)
    with database.begin() as session:
        assert load_example(session, data_dir, now=LOADED).withdrawn == 1
        for service_id in ("geldmaatje-ommen-voorbeeld", "taalpunt-ommen-voorbeeld"):
            assert session.get_one(Service, service_id).status is Status.DEFUNCT
    edit(data_dir / "example" / "ommen.yml", lambda content: content["organizations"].append(removed["entry"]))
    with database.begin() as session:
        assert load_example(session, data_dir, now=LOADED).changed == 1
        assert session.get_one(Service, "geldmaatje-ommen-voorbeeld").status is Status.ACTIVE


def test_the_example_never_withdraws_the_catalogue(database, data_dir):
    with database.begin() as session:
        load_catalogue(session, data_dir, now=LOADED)
        shutil.rmtree(data_dir / "example")
        assert load_example(session, data_dir, now=LOADED).withdrawn == 0
        assert load_catalogue(session, data_dir, now=LOADED).withdrawn == 0


def list_audit(session):
    """What the content changed, after the first load: table, row and field → from what to what."""
    rows = session.scalars(
        select(Metadata).where(Metadata.updated_by == CONTENT, Metadata.last_action_type != "create")
    )
    return {
        (row.resource_type, row.resource_id, row.field_name): (
            json.loads(row.previous_value),
            json.loads(row.replacement_value),
        )
        for row in rows
    }


def test_an_organization_that_is_new_leaves_no_row_and_a_new_service_of_it_one(database, data_dir):
    removed = {}
    content = data_dir / "example" / "ommen.yml"
    edit(content, lambda file: removed.update(service=file["organizations"][0]["services"].pop()))
    with database.begin() as session:
        load_example(session, data_dir, now=LOADED)
        assert session.scalars(select(Metadata)).all() == []
    edit(content, lambda file: file["organizations"][0]["services"].append(removed["service"]))
    with database.begin() as session:
        load_example(session, data_dir, now=LOADED)
        (row,) = session.scalars(select(Metadata))
        assert (row.resource_type, row.resource_id) == ("service", removed["service"]["id"])
        assert (row.field_name, row.last_action_type, row.updated_by) == ("*", "create", CONTENT)


def test_content_that_changed_leaves_a_row_for_each_field_and_no_other(database, data_dir):
    with database.begin() as session:
        load_example(session, data_dir, now=LOADED)
        (schedule,) = session.scalars(select(Schedule.id).where(Schedule.service_id == IDO))
        (language,) = session.scalars(select(Language.id).where(Language.service_id == IDO))

    def change(content):
        service = find_service(content, IDO)
        service |= {"name": "Vragenuur", "hours": "We 09:30-11:30", "languages": []}

    edit(data_dir / "example" / "ommen.yml", change)
    with database.begin() as session:
        load_example(session, data_dir, now=LOADED)
    with database.read() as session:
        audit = list_audit(session)
        previous, replacement = audit.pop(("language", language, "*"))
        assert (previous["code"], previous["service_id"], replacement) == ("en", IDO, None)
        assert audit == {
            ("service", IDO, "name"): ("Informatiepunt Digitale Overheid (voorbeeld)", "Vragenuur"),
            ("schedule", schedule, "opening_hours"): ("Tu 09:30-11:30; SH off", "We 09:30-11:30"),
        }


def list_closed(session):
    return {
        (model.__tablename__, one)
        for model in (Service, Location)
        for one in session.scalars(select(model.id).where(model.status == Status.DEFUNCT))
    }


def test_what_is_withdrawn_leaves_a_row_for_each_that_was_closed(database, data_dir):
    with database.begin() as session:
        load_example(session, data_dir, now=LOADED)
        before = list_closed(session)

    def remove(content):
        content["organizations"].pop()
        content["organizations"][0]["services"].pop()

    edit(data_dir / "example" / "ommen.yml", remove)
    with database.begin() as session:
        load_example(session, data_dir, now=LOADED)
        closed = list_closed(session) - before
        assert len(closed) >= 2
        assert list_audit(session) == {(*key, "status"): ("active", "defunct") for key in closed}


def set_field(service_id, name, value):
    return lambda content: find_service(content, service_id).update({name: value})


BROKEN = {
    "a kind that does not exist": set_field(IDO, "kinds", ["waarzegger"]),
    "a group that does not exist": set_field(IDO, "groups", ["kabouters"]),
    "a location that does not exist": set_field(IDO, "at", ["nergens"]),
    "hours at a place where it is not given": set_field(
        IDO, "hours", [{"hours": "Mo 10:00-12:00", "at": "dorpshuis-ommen-voorbeeld"}]
    ),
    "the same id twice": set_field(IDO, "id", "balie-ommen-voorbeeld"),
    "an id of the other file": set_field(IDO, "id", "taalhuis-zwolle-voorbeeld"),
    "hours that cannot be read": set_field(IDO, "hours", "dinsdagochtend"),
    "hours that mislead": set_field(IDO, "hours", "Tu"),
    "a number that is too short": set_field(IDO, "phones", [{"number": "0529 12"}]),
    "a number in words": set_field(IDO, "phones", [{"number": "bel ons"}]),
    "a field that does not exist": set_field(IDO, "openingstijden", "Tu 10:00-12:00"),
    "a status that does not exist": set_field(IDO, "status", "dicht"),
    "a municipality by name": set_field(IDO, "serves", ["Ommen"]),
    "no municipality": lambda content: content.pop("municipality"),
    "a place outside the country": lambda content: content["organizations"][0]["locations"][0].update(
        {"latitude": 5.2}
    ),
    "an exception that ends before it starts": lambda content: content["organizations"][0].update(
        {"exceptions": [{"start": "2026-12-24", "end": "2026-12-23", "reason": "x"}]}
    ),
}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_file_is_refused_by_name(database, data_dir, what):
    edit(data_dir / "example" / "ommen.yml", BROKEN[what])
    with pytest.raises(InvalidContent, match=r"\.yml"), database.begin() as session:
        load_example(session, data_dir, now=LOADED)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "content", ["organisations: nee", "[]", "organisations: [{id: x}]", "a: [", "organisations: [1]"]
)
def test_a_broken_catalogue_is_refused_by_name(database, data_dir, content):
    (data_dir / "organisations.yml").write_text(content, encoding="utf-8")
    with pytest.raises(InvalidContent, match=r"organisations\.yml"), database.begin() as session:
        load_catalogue(session, data_dir, now=LOADED)
