"""A service in which nothing is wrong, and services in which one thing is."""

from dataclasses import replace
from datetime import date, timedelta

from referral.catalogue.service import load_catalogue
from referral.directory.openings import Hours, HoursChange, Timetable
from referral.places.table import load_places
from referral.quality.entry import Entry, Number, Site, Spot, Text
from referral.quality.findings import Code
from referral.referring.knowledge import Knowledge
from referral.settings import ROOT
from tests.clock import TUESDAY

KNOWLEDGE = Knowledge(load_catalogue(ROOT / "data"), load_places(ROOT / "data"), None)
TODAY = TUESDAY.date()


def open_at(*texts, **fields):
    return Hours(timetables=tuple(map(Timetable, texts)), **fields)


SPOT = Spot(
    "loc-1",
    name="Bibliotheek",
    street="Plein 1",
    postcode="8011 PK",
    city="Zwolle",
    municipality="GM0193",
    latitude=52.512,
    longitude=6.093,
)
SITE = Site(SPOT, open_at("Mo-Fr 10:00-17:00"), Hours())
REMOTE = Site(None, Hours(), open_at("Mo-Fr 09:00-12:00"), is_callable=True)
GOOD = Entry(
    service_id="ido",
    name="Informatiepunt",
    organization_id="bieb",
    organization_name="Bibliotheek",
    kinds=frozenset({"ido"}),
    has_target_group=True,
    has_cost=True,
    texts=(Text("description", "Helpt u met DigiD.", "Helps you with DigiD."),),
    numbers=(Number("038 421 72 78", is_trusted=True),),
    url="https://www.bibliotheek.nl/zwolle",
    email="info@bibliotheek.nl",
    sites=(SITE,),
    assured_date=date(2026, 10, 1),
    check_due=date(2027, 4, 1),
)


def at(**fields):
    """The good service at a changed spot."""
    return replace(GOOD, sites=(replace(SITE, spot=replace(SPOT, **fields)),))


def with_hours(*texts, **fields):
    return replace(GOOD, sites=(replace(SITE, hours=open_at(*texts, **fields)),))


def say(nl, en="words"):
    return replace(GOOD, texts=(Text("description", nl, en),))


WRONG = (
    # what it is
    (replace(GOOD, kinds=frozenset()), Code.NO_KINDS),
    (replace(GOOD, kinds=frozenset({"ido", "kapper"})), Code.KIND_UNKNOWN),
    (replace(GOOD, has_target_group=False), Code.NO_TARGET_GROUP),
    (replace(GOOD, has_cost=False), Code.NO_COST),
    (replace(GOOD, texts=()), Code.NO_DESCRIPTION),
    (say("Wij " + "helpen en " * 12 + "luisteren."), Code.LONG_SENTENCE),
    (say("Wij helpen u hier elke week met al uw brieven en al uw vragen."), Code.LONG_SENTENCES),
    (say("Bel ons indien u wilt."), Code.OFFICIALESE),
    (say("Wij helpen u.", en=""), Code.NO_ENGLISH),
    # how to reach it
    (replace(GOOD, sites=(), numbers=(), url="", email=""), Code.NO_CONTACT),
    (replace(GOOD, numbers=(Number("038 421 72 78", is_trusted=False),)), Code.PHONE_UNVERIFIED),
    (replace(GOOD, numbers=(Number("038 421", is_trusted=True),)), Code.PHONE_NOT_DUTCH),
    (replace(GOOD, numbers=(Number("+44 20 7946 0958", is_trusted=True),)), Code.PHONE_NOT_DUTCH),
    (replace(GOOD, numbers=(Number("bel de balie", is_trusted=True),)), Code.PHONE_NOT_DUTCH),
    (replace(GOOD, url="www.bibliotheek.nl"), Code.URL_UNREADABLE),
    (replace(GOOD, url="https://bibliotheek"), Code.URL_UNREADABLE),
    (replace(GOOD, url="https:///pad"), Code.URL_UNREADABLE),
    (replace(GOOD, url="javascript:alert(1)"), Code.URL_UNREADABLE),
    (replace(GOOD, url="http://[::1"), Code.URL_UNREADABLE),
    (replace(GOOD, url="", website="zie folder"), Code.URL_UNREADABLE),
    (replace(GOOD, email="info@bibliotheek"), Code.EMAIL_UNREADABLE),
    (replace(GOOD, email="info bibliotheek.nl"), Code.EMAIL_UNREADABLE),
    # when it is open
    (with_hours(), Code.NO_HOURS),
    (with_hours('"bel eerst"'), Code.NO_HOURS),
    (replace(GOOD, sites=(replace(REMOTE, phone_hours=Hours()),)), Code.NO_HOURS),
    (with_hours("ma-vr 10-17"), Code.HOURS_UNREADABLE),
    (with_hours("Mo 10:00-12:00", "Feb 30 10:00-12:00"), Code.HOURS_UNREADABLE),
    (replace(GOOD, sites=(replace(REMOTE, phone_hours=open_at("Mo 25:00")),)), Code.HOURS_UNREADABLE),
    (with_hours("Mo 10:00-12:00", changes=(HoursChange(TODAY, TODAY, "dicht"),)), Code.HOURS_UNREADABLE),
    (with_hours("Mar 1-Apr 15 Mo 13:30-15:30"), Code.CLOSED_TWO_WEEKS),
    (with_hours("2025 Jan 1-2025 Dec 31 Mo 10:00-12:00"), Code.NEVER_OPENS),
    # where it is
    (at(street=""), Code.NO_ADDRESS),
    (at(postcode="8011"), Code.POSTCODE_UNREADABLE),
    (at(postcode="0011 AA"), Code.POSTCODE_UNREADABLE),
    (at(city="Atlantis"), Code.CITY_UNKNOWN),
    (at(city="Ommen"), Code.CITY_ELSEWHERE),
    (at(latitude=None), Code.NO_COORDINATES),
    (at(latitude=6.093, longitude=52.512), Code.COORDINATES_SWAPPED),
    (at(latitude=48.85, longitude=2.35), Code.COORDINATES_ABROAD),
    # whether it still holds
    (replace(GOOD, assured_date=None), Code.NEVER_CHECKED),
    (replace(GOOD, assured_date=TODAY + timedelta(days=1)), Code.CHECKED_IN_FUTURE),
    (replace(GOOD, assured_date=date(2026, 4, 1), check_due=TODAY - timedelta(days=1)), Code.CHECK_OVERDUE),
    (replace(GOOD, assured_date=date(2026, 5, 23), check_due=None), Code.CHECK_OVERDUE),
    (replace(GOOD, assured_date=date(2026, 5, 23), check_due=date(2028, 1, 1)), Code.CHECK_OVERDUE),
    (replace(GOOD, check_due=date(2027, 4, 2)), Code.CHECK_TOO_LATE),
)
