"""What the directory answers, on the example data: candidates and cards."""

from datetime import date, datetime

import pytest
from sqlalchemy import select

from referral.clock import AMSTERDAM
from referral.directory.candidate import Channel
from referral.directory.hours import is_open_at
from referral.directory.service import find_candidates, get_service, search
from referral.errors import NotFound
from referral.models.columns import Status, Wheelchair
from referral.models.location import Location
from referral.models.phone import Phone

TUESDAY = datetime(2026, 11, 24, 10, 30, tzinfo=AMSTERDAM)


@pytest.fixture
def session(example_session):
    return example_session


def test_candidates_are_of_the_kind_and_for_the_municipality(session):
    found = find_candidates(session, ["ido"], "GM0175")
    assert [candidate.service_id for candidate in found] == ["ido-ommen-voorbeeld"]
    assert found[0].serves == {"GM0175"}
    assert found[0].kinds == {"ido", "digicursus"}
    assert found[0].is_example


def test_a_regional_partner_is_found_from_both_municipalities(session):
    for municipality in ("GM0193", "GM0175"):
        ids = {
            candidate.service_id for candidate in find_candidates(session, ["maatschappelijke_opvang"], municipality)
        }
        assert "nachtopvang-zwolle-voorbeeld" in ids


@pytest.mark.parametrize(
    ("kinds", "municipality"), [([], "GM0193"), (["ido"], "GM9999"), (["ido"], None), (["x"], "GM0193")]
)
def test_nothing_asked_or_nothing_there_gives_nothing(session, kinds, municipality):
    assert find_candidates(session, kinds, municipality) == []


def test_a_service_at_three_locations_is_three_candidates_with_hours_of_each(session):
    found = {candidate.location_id: candidate for candidate in find_candidates(session, ["bibliotheek"], "GM0193")}
    assert len(found) == 3
    is_open = {location_id.rsplit("-", 1)[1]: is_open_at(c.hours, TUESDAY) for location_id, c in found.items()}
    assert is_open == {"centrum": True, "zuid": True, "stadshagen": False}


def test_a_location_that_closed_is_left_out_and_the_others_stay(session):
    session.get_one(Location, "bibliotheek-zwolle-voorbeeld-zuid").status = Status.MOVED
    session.flush()
    found = find_candidates(session, ["bibliotheek"], "GM0193")
    assert [candidate.status for candidate in found] == [Status.ACTIVE, Status.ACTIVE]
    card = get_service(session, "balie-zwolle-voorbeeld", now=TUESDAY)
    assert card.location_id == "bibliotheek-zwolle-voorbeeld-centrum"


def test_hours_at_one_location_do_not_hold_at_the_other(session):
    saturday = datetime(2027, 3, 13, 11, 0, tzinfo=AMSTERDAM)
    found = {
        c.location_id: is_open_at(c.hours, saturday) for c in find_candidates(session, ["belastinghulp"], "GM0193")
    }
    assert found["bibliotheek-zwolle-voorbeeld-stadshagen"]
    assert not found["bibliotheek-zwolle-voorbeeld-centrum"]


def test_a_clinic_in_the_library_is_closed_when_the_library_is(session):
    found = next(c for c in find_candidates(session, ["werkcentrum"], "GM0193") if c.service_id.startswith("cv-"))
    assert is_open_at(found.hours, datetime(2027, 1, 7, 10, 30, tzinfo=AMSTERDAM))
    assert not is_open_at(found.hours, datetime(2027, 1, 14, 10, 30, tzinfo=AMSTERDAM))  # the library's study day


def test_an_unverified_number_is_no_way_to_reach_a_partner(session):
    (found,) = find_candidates(session, ["geldmaatje"], "GM0175")
    assert found.channels == frozenset()


def test_national_organisations_keep_the_order_of_the_topic(session):
    searched = search(session, [], None, ["juridisch_loket", "bestaat_niet", "geldfit"])
    found = searched.complete(session, searched.national)
    assert [candidate.name for candidate in found] == ["Het Juridisch Loket", "Geldfit"]
    assert found[0].serves == {"NL"}
    assert Channel.PHONE in found[0].channels


def test_an_organisation_without_number_or_website_says_how_to_reach_it(session):
    found = search(session, [], None, ["eigen_bank"])
    (found,) = found.complete(session, found.national)
    assert found.channels == {Channel.INSTRUCTION}
    card = get_service(session, found.service_id, now=TUESDAY)
    assert card.how["nl"] == "gebruik het nummer op uw pas of in uw app"


# ── cards ─────────────────────────────────────────────────────────────────────


def test_a_card_has_everything_that_is_shown(session):
    card = get_service(session, "schuldhulp-zwolle-voorbeeld", now=TUESDAY)
    assert card.name == "Schuldhulp van de gemeente (voorbeeld)"
    assert card.organization_name == "Gemeente Zwolle (voorbeeld)"
    assert card.does["nl"].startswith("Maakt met u een plan")
    assert card.does["en"].startswith("Makes a plan")
    assert card.address_lines == ("Bedachte Kade 1", "8011 ZX Zwolle")
    assert card.today.open_now
    assert f"{card.today.open_until:%H:%M}" == "12:30"
    assert card.by_appointment
    assert card.today.by_appointment
    assert [phone.number for phone in card.phones] == ["038 000 02 20"]
    assert card.is_free is True
    assert card.required_documents[0] == {"nl": "uw brieven van schuldeisers", "en": "your letters from creditors"}
    assert card.wheelchair is Wheelchair.YES
    assert card.is_government
    assert card.is_example
    assert card.is_offered
    assert card.assured_date == date(2026, 10, 1)
    assert not card.is_check_overdue


@pytest.mark.parametrize(
    "service_id", ["nationaal-duo", "nationaal-rdw", "nationaal-cjib", "geldmaatje-ommen-voorbeeld"]
)
def test_an_unverified_number_is_never_on_a_card(session, service_id):
    numbers = session.scalars(select(Phone.number).where(Phone.service_id == service_id)).all()
    assert numbers
    assert get_service(session, service_id, now=TUESDAY).phones == ()


def test_a_number_that_a_library_confirmed_is_on_the_card(session):
    phone = session.scalars(select(Phone).where(Phone.service_id == "nationaal-duo")).one()
    phone.assured_date = date(2026, 11, 20)
    session.flush()
    assert [line.number for line in get_service(session, "nationaal-duo", now=TUESDAY).phones] == ["050 599 77 55"]


def test_hours_to_come_by_and_hours_to_call_are_told_apart(session):
    card = get_service(session, "mantelzorgpunt-zwolle-voorbeeld", now=datetime(2026, 11, 25, 15, 0, tzinfo=AMSTERDAM))
    assert not card.today.open_now
    assert card.phone_today.open_now


def test_a_partner_by_phone_only_has_no_address_and_no_hours_to_come_by(session):
    card = get_service(session, "sociaal-loket-zwolle-voorbeeld", now=TUESDAY)
    assert (card.address_lines, card.hours, card.location_id) == ((), None, None)
    assert card.phone_today.open_now


def test_the_card_is_of_the_location_that_was_matched(session):
    place = "bibliotheek-zwolle-voorbeeld-stadshagen"
    card = get_service(session, "balie-zwolle-voorbeeld", now=TUESDAY, location_id=place)
    assert card.location_name == "Bibliotheek Stadshagen (voorbeeld)"
    assert card.wheelchair is Wheelchair.LIMITED


def test_a_service_without_a_number_of_its_own_shows_that_of_its_organization(session):
    card = get_service(session, "raadslieden-zwolle-voorbeeld", now=TUESDAY)
    assert [(phone.number, phone.description) for phone in card.phones] == [("038 000 03 00", "Algemeen nummer")]


@pytest.mark.parametrize("service_id", ["jongerenpunt-geld-zwolle-voorbeeld", "wijkteam-west-zwolle-voorbeeld"])
def test_the_card_of_a_closed_partner_says_that_it_is_not_offered(session, service_id):
    card = get_service(session, service_id, now=TUESDAY)
    assert not card.is_offered
    assert card.status is not Status.ACTIVE
    assert card.alert["en"]


def test_an_overdue_check_is_on_the_card(session):
    assert get_service(session, "buurtbemiddeling-zwolle-voorbeeld", now=TUESDAY).is_check_overdue


def test_a_card_of_nothing_is_not_found(session):
    with pytest.raises(NotFound):
        get_service(session, "bestaat-niet", now=TUESDAY)
    with pytest.raises(NotFound):
        get_service(session, "ido-ommen-voorbeeld", now=TUESDAY, location_id="gemeentehuis-ommen-voorbeeld")


def test_a_daily_line_is_open_at_christmas_and_an_office_is_not(session):
    christmas = datetime(2026, 12, 25, 12, 0, tzinfo=AMSTERDAM)
    assert get_service(session, "nationaal-kindertelefoon", now=christmas).phone_today.open_now
    assert get_service(session, "nationaal-noodnummer", now=christmas).phone_today.always_open
    assert not get_service(session, "nationaal-belastingdienst", now=christmas).phone_today.open_now
