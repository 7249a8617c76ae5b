"""What is found in a service: right, well-formed but wrong, malformed."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from referral.clock import AMSTERDAM
from referral.directory.openings import Hours, HoursChange
from referral.models.columns import Status
from referral.places.postcodes import load_postcodes
from referral.quality.entry import Entry, Number, Site, Text
from referral.quality.findings import Code, Severity
from referral.quality.freshness import add_months
from referral.quality.rules import check_entry
from tests.clock import TUESDAY
from tests.referral.quality.entries import GOOD, KNOWLEDGE, REMOTE, SITE, SPOT, TODAY, WRONG, at, open_at, with_hours

POSTCODES = """\
country code,postal code,place name,admin name1,admin code1,admin name2,admin code2,latitude,longitude
NL,8011 PK,Zwolle,Overijssel,15,Zwolle,0193,52.5116,6.0921
NL,8011 PL,Zwolle,Overijssel,15,Zwolle,0193,52.5118,6.0925
NL,7731 AA,Ommen,Overijssel,15,Ommen,0175,52.5208,6.4212
NL,5391 AA,Nuland,Noord-Brabant,06,'s-Hertogenbosch,0796,51.7233,5.4317
NL,5391 BB,Geffen,Noord-Brabant,06,Oss,0828,51.7383,5.4625
"""


@pytest.fixture(scope="module")
def with_postcodes(tmp_path_factory):
    file = tmp_path_factory.mktemp("postcodes") / "nl.csv"
    file.write_text(POSTCODES, encoding="utf-8")
    return replace(KNOWLEDGE, postcodes=load_postcodes(file))


def list_codes(entry, knowledge=KNOWLEDGE, now=TUESDAY):
    return {finding.code for finding in check_entry(entry, knowledge, now)}


# ── right ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "entry",
    [
        GOOD,
        replace(GOOD, sites=(REMOTE,)),
        replace(GOOD, sites=(SITE, REMOTE)),
        replace(GOOD, sites=(replace(REMOTE, is_callable=False, phone_hours=Hours()),)),
        replace(with_hours(), by_appointment=True),
        with_hours('"op afspraak"'),
        with_hours("24/7"),
        with_hours("Fr[-1] 10:00-12:00"),
        replace(GOOD, sites=(replace(SITE, hours=Hours(), phone_hours=open_at("Mo 09:00-10:00")),)),
        replace(GOOD, numbers=(), url="", email=""),
        replace(GOOD, numbers=(Number("0800 8020", is_trusted=True), Number("112", is_trusted=True))),
        replace(GOOD, numbers=(Number("+31 38 421 72 78", is_trusted=True), Number("14 038", is_trusted=True))),
        replace(GOOD, url="", website="http://bibliotheek.nl"),
        at(postcode="8011pk"),
        replace(GOOD, assured_date=TODAY, check_due=None),
        replace(GOOD, assured_date=TODAY, check_due=TODAY),
    ],
)
def test_nothing_is_found_in_a_service_that_is_right(entry, with_postcodes):
    assert check_entry(entry, KNOWLEDGE, TUESDAY) == ()
    assert check_entry(entry, with_postcodes, TUESDAY) == ()


@pytest.mark.parametrize("status", [Status.DEFUNCT, Status.INACTIVE])
def test_nothing_has_to_be_right_in_what_has_stopped(status):
    bare = Entry(service_id="s", name="", organization_id="o", organization_name="", status=status)
    assert check_entry(bare, KNOWLEDGE, TUESDAY) == ()


def test_of_what_has_moved_only_that_is_said():
    assert list_codes(replace(GOOD, status=Status.MOVED, kinds=frozenset())) == {Code.MOVED}


def test_what_is_closed_for_a_time_need_not_open_soon():
    assert list_codes(replace(with_hours("2028 Jan 10 10:00-12:00"), status=Status.TEMPORARILY_CLOSED)) == set()


# ── well-formed but wrong, malformed ──────────────────────────────────────────


@pytest.mark.parametrize(("entry", "code"), WRONG)
def test_one_thing_that_is_wrong_is_the_one_thing_that_is_found(entry, code):
    assert list_codes(entry) == {code}


def test_a_number_that_nobody_checked_is_no_way_to_reach_it():
    alone = replace(
        GOOD,
        numbers=(Number("038 421 72 78", is_trusted=False),),
        sites=(Site(None, Hours(), Hours()),),
        url="",
        email="",
    )
    assert list_codes(alone) == {Code.PHONE_UNVERIFIED, Code.ONLY_UNVERIFIED_PHONE}
    told_how = replace(alone, texts=(*GOOD.texts, Text("application_process", "Vraag het de balie.", "Ask the desk.")))
    assert list_codes(told_how) == {Code.PHONE_UNVERIFIED}


def test_a_kind_to_which_no_topic_leads_is_told():
    catalogue = KNOWLEDGE.catalogue
    topics = {
        topic_id: topic.model_copy(update={"partners": tuple(kind for kind in topic.partners if kind != "ido")})
        for topic_id, topic in catalogue.topics.items()
    }
    lonely = replace(KNOWLEDGE, catalogue=replace(catalogue, topics=topics))
    assert list_codes(GOOD, lonely) == {Code.NO_TOPICS}
    assert list_codes(replace(GOOD, kinds=frozenset({"ido", "taalhuis"})), lonely) == set()


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        (at(postcode="1234 AB"), Code.POSTCODE_UNKNOWN),
        (at(postcode="8011 ZZ"), Code.POSTCODE_LETTERS_UNKNOWN),
        (at(postcode="7731 AA", latitude=52.5208, longitude=6.4212), Code.POSTCODE_ELSEWHERE),
        (at(latitude=52.560), Code.COORDINATES_FAR),
    ],
)
def test_a_postcode_file_shows_more(entry, code, with_postcodes):
    assert list_codes(entry) == set()
    assert list_codes(entry, with_postcodes) == {code}


def test_a_point_of_somewhere_else_is_told_with_how_far(with_postcodes):
    (finding,) = check_entry(at(latitude=52.5208, longitude=6.4212), with_postcodes, TUESDAY)
    assert (finding.code, finding.location_id) == (Code.COORDINATES_FAR, "loc-1")
    assert finding.values["km"] == pytest.approx(22.3, abs=0.1)


@pytest.mark.parametrize(("postcode", "is_right"), [("5391 AA", True), ("5391 BB", False), ("5391 ZZ", True)])
def test_a_postcode_of_two_municipalities_is_right_in_either_unless_its_letters_tell(
    postcode, is_right, with_postcodes
):
    entry = at(postcode=postcode, city="Nuland", municipality="GM0796", latitude=51.73, longitude=5.44)
    assert (Code.POSTCODE_ELSEWHERE not in list_codes(entry, with_postcodes)) is is_right


def test_the_first_day_that_it_opens_is_told():
    (finding,) = check_entry(with_hours("Mar 1-Apr 15 Mo 13:30-15:30"), KNOWLEDGE, TUESDAY)
    assert finding.values == {"location": "Bibliotheek", "date": date(2027, 3, 1)}


@pytest.mark.parametrize(("days", "code"), [(13, set()), (14, {Code.CLOSED_TWO_WEEKS})])
def test_two_weeks_begin_today(days, code):
    day = TODAY + timedelta(days=days)
    assert list_codes(with_hours(f"{day:%Y %b %d} 10:00-12:00")) == code


def test_a_closure_counts():
    closed = HoursChange(TODAY, TODAY + timedelta(days=20), None, "verbouwing")
    assert list_codes(with_hours("Mo-Fr 10:00-17:00", changes=(closed,))) == {Code.CLOSED_TWO_WEEKS}


def test_unreadable_hours_are_told_once_and_each():
    twice = replace(SITE, hours=open_at("ma 10-12", "di 10-12"), phone_hours=open_at("ma 10-12"))
    found = check_entry(replace(GOOD, sites=(twice, twice)), KNOWLEDGE, TUESDAY)
    assert [finding.values["hours"] for finding in found] == ["ma 10-12", "di 10-12"]


def test_each_location_is_looked_at():
    other = replace(SITE, spot=replace(SPOT, location_id="loc-2", name="Zuid"), hours=Hours())
    (finding,) = check_entry(replace(GOOD, sites=(SITE, other)), KNOWLEDGE, TUESDAY)
    assert (finding.code, finding.location_id, finding.values) == (Code.NO_HOURS, "loc-2", {"location": "Zuid"})


def test_the_gravest_stands_first():
    bare = Entry(
        service_id="s", name="", organization_id="o", organization_name="", sites=(Site(SPOT, Hours(), Hours()),)
    )
    wrong = replace(bare, assured_date=date(2025, 1, 1), texts=(Text("description", "Bel indien nodig."),))
    severities = [finding.severity for finding in check_entry(wrong, KNOWLEDGE, TUESDAY)]
    assert severities == sorted(severities, key=list(Severity).index)
    assert set(severities) == set(Severity)


def test_the_day_is_that_of_the_netherlands():
    just_past_midnight = datetime(2026, 11, 25, 0, 30, tzinfo=AMSTERDAM)
    due = replace(GOOD, assured_date=date(2026, 6, 1), check_due=TODAY)
    assert list_codes(due) == set()
    assert list_codes(due, now=just_past_midnight) == {Code.CHECK_OVERDUE}


@pytest.mark.parametrize(
    ("day", "later"),
    [
        (date(2026, 10, 12), date(2027, 4, 12)),
        (date(2026, 8, 31), date(2027, 2, 28)),
        (date(2027, 8, 31), date(2028, 2, 29)),
        (date(2026, 6, 30), date(2026, 12, 30)),
    ],
)
def test_half_a_year_is_six_months(day, later):
    assert add_months(day, 6) == later
