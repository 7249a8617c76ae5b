"""What goes out of the directory: moved services, contacts and unverified numbers, appointments in words."""

from datetime import date

from sqlalchemy import select

from referral.exchange.hsds.export import SERVICES, export_directory
from referral.exchange.hsds.write import write_services
from referral.models.columns import Evidence, Status
from referral.models.contact import Contact
from referral.models.phone import Phone
from referral.models.schedule import Schedule
from referral.models.service import Service

IDO = "ido-ommen-voorbeeld"
NEW_YEAR = date(2027, 1, 1)


def find_ido(database, *, public=False):
    with database.read() as session:
        (found,) = write_services(session, [IDO], public=public)
    return found


def test_hours_go_out_as_a_rule_and_whole(example):
    (schedule,) = find_ido(example)["schedules"]
    said = {field: schedule[field] for field in ("freq", "byday", "opens_at", "closes_at")}
    assert said == {"freq": "WEEKLY", "byday": "TU", "opens_at": "09:30", "closes_at": "11:30"}
    assert schedule["description"] == schedule["x_opening_hours"] == "Tu 09:30-11:30; SH off"


def test_the_days_of_a_timetable_limit_its_rule(example):
    with example.begin() as session:
        schedule = session.scalars(select(Schedule).where(Schedule.service_id == IDO)).one()
        schedule.valid_from, schedule.valid_to = NEW_YEAR, NEW_YEAR.replace(month=4)
    (schedule,) = find_ido(example)["schedules"]
    assert (schedule["dtstart"], schedule["until"]) == ("2027-01-01", "2027-04-01")


def test_kinds_of_partner_go_out_as_terms_of_our_taxonomy(example):
    terms = [attribute["taxonomy_term"] for attribute in find_ido(example)["attributes"]]
    assert {(term["taxonomy"], term["code"]) for term in terms} == {
        ("partner_kinds", "ido"),
        ("partner_kinds", "digicursus"),
    }


def test_what_has_moved_is_inactive_to_others(example):
    with example.begin() as session:
        session.get_one(Service, IDO).status = Status.MOVED
    moved = find_ido(example)
    assert (moved["status"], moved["x_status"]) == ("inactive", "moved")


def test_the_public_sees_no_contacts_and_no_unverified_numbers(example):
    with example.begin() as session:
        session.add_all(
            [
                Contact(service_id=IDO, name="Team IDO"),
                Phone(service_id=IDO, number="0529 00 01 01", evidence=Evidence.UNVERIFIED),
                Phone(service_id=IDO, number="0529 00 01 02", evidence=Evidence.OFFICIAL),
                Phone(service_id=IDO, number="0529 00 01 03", evidence=Evidence.UNVERIFIED, assured_date=NEW_YEAR),
            ]
        )
    inside, outside = find_ido(example), find_ido(example, public=True)
    assert [contact["name"] for contact in inside["contacts"]] == ["Team IDO"]
    assert "contacts" not in outside
    assert len(inside["phones"]) == 3
    assert sorted(phone["number"] for phone in outside["phones"]) == ["0529 00 01 02", "0529 00 01 03"]


def test_an_export_of_an_empty_directory_is_an_empty_list(empty, tmp_path):
    with empty.read() as session:
        assert set(export_directory(session, tmp_path / "made").values()) == {0}
    assert (tmp_path / "made" / SERVICES).read_text(encoding="utf-8") == "[]\n"
    assert len(list((tmp_path / "made").iterdir())) == 2
