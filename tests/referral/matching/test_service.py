"""From a need to partners in one call, on the example directory."""

from datetime import date, datetime

import pytest
import yaml

from referral.clock import AMSTERDAM
from referral.directory.service import get_service
from referral.matching.gaps import GapKind
from referral.matching.match import ReasonCode
from referral.matching.service import find_partner
from referral.models.absence import Absence
from referral.models.location import Location
from referral.models.organization import Organization
from referral.models.service import Service
from referral.settings import ROOT

TUESDAY = datetime(2026, 11, 24, 10, 30, tzinfo=AMSTERDAM)
ZWOLLE, OMMEN = "GM0193", "GM0175"
IN_ZWOLLE, IN_OMMEN = (52.5116, 6.0921), (52.5237, 6.4215)
DEBTS = {"partners": ["schuldhulpverlening", "geldmaatje", "sociaal_raadslieden"], "national": ["geldfit", "nibud"]}


def find(session, **fields):
    return find_partner(session, **({"partners": [], "national": [], "now": TUESDAY} | fields))


def list_ids(matches) -> list[str]:
    return [match.candidate.service_id for match in matches]


def test_local_partners_come_first_and_national_ones_after_them(example_session):
    outcome = find(example_session, **DEBTS, municipality=ZWOLLE, point=IN_ZWOLLE)
    assert outcome.gap is None
    assert "schuldhulp-zwolle-voorbeeld" in list_ids(outcome.local)[:2]
    assert list_ids(outcome.national) == ["nationaal-geldfit", "nationaal-nibud"]
    assert outcome.matches == outcome.local + outcome.national


def test_a_partner_that_moved_is_not_among_them(example_session):
    outcome = find(example_session, **DEBTS, municipality=ZWOLLE)
    assert "jongerenpunt-geld-zwolle-voorbeeld" not in list_ids(outcome.matches)


def test_another_one_is_really_another_one(example_session):
    seen = []
    while outcome := find(example_session, **DEBTS, municipality=ZWOLLE, declined=seen).matches:
        assert outcome[0].candidate.service_id not in seen
        seen.append(outcome[0].candidate.service_id)
    assert len(seen) == 9
    assert seen[-2:] == ["nationaal-geldfit", "nationaal-nibud"]


def test_declining_everything_makes_no_gap(example_session):
    everything = list_ids(find(example_session, partners=["ido"], municipality=OMMEN).local)
    assert find(example_session, partners=["ido"], municipality=OMMEN, declined=everything).gap is None


def test_without_a_place_only_national_organisations_are_left(example_session):
    outcome = find(example_session, **DEBTS)
    assert (outcome.local, outcome.gap) == ((), None)
    assert list_ids(outcome.national) == ["nationaal-geldfit", "nationaal-nibud"]


def test_national_organisations_say_that_they_are_national_and_not_that_they_are_the_right_kind(example_session):
    (match,) = find(example_session, national=["geldfit"]).matches
    assert ReasonCode.NATIONAL in match.codes
    assert ReasonCode.RIGHT_KIND not in match.codes


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("ido", None),
        ("maatschappelijke_opvang", None),
        ("belastinghulp", GapKind.CLOSED_TOO_LONG),
        ("geldmaatje", GapKind.NOT_REACHABLE),
        ("huurteam", GapKind.NOT_IN_DIRECTORY),
        ("buurtbemiddeling", GapKind.NOT_IN_DIRECTORY),
    ],
)
def test_gaps_of_a_small_municipality(example_session, kind, expected):
    outcome = find(example_session, partners=[kind], national=["juridisch_loket"], municipality=OMMEN, point=IN_OMMEN)
    assert (outcome.gap and outcome.gap.kind) == expected
    assert bool(outcome.local) == (expected is None)
    assert list_ids(outcome.national) == ["nationaal-juridisch_loket"]


def test_one_in_the_next_municipality_is_out_of_area(example_session):
    half_way = (52.515, 6.25)
    outcome = find(example_session, partners=["mantelzorgsteunpunt"], municipality=OMMEN, point=half_way)
    assert outcome.gap.kind is GapKind.OUT_OF_AREA
    outcome = find(example_session, partners=["mantelzorgsteunpunt"], municipality=OMMEN, point=IN_OMMEN)
    assert outcome.gap.kind is GapKind.NOT_IN_DIRECTORY  # 22 km is not nearby


def test_a_confirmed_absence_makes_none_exists(example_session):
    example_session.add(
        Absence(
            municipality=OMMEN, partner_kind="huurteam", assured_date=date(2026, 11, 20), assurer_name="A. de Vries"
        )
    )
    example_session.flush()
    assert find(example_session, partners=["huurteam"], municipality=OMMEN).gap.kind is GapKind.NONE_EXISTS


def test_a_tax_clinic_is_offered_in_its_season(example_session):
    in_march = datetime(2027, 3, 15, 9, 0, tzinfo=AMSTERDAM)
    outcome = find(example_session, partners=["belastinghulp"], municipality=OMMEN, now=in_march)
    assert list_ids(outcome.local) == ["belastingspreekuur-ommen-voorbeeld"]
    assert ReasonCode.OPENS_TODAY in outcome.local[0].codes


def test_every_match_has_a_card(example_session):
    rows = yaml.safe_load((ROOT / "data" / "partner_kinds.yml").read_text(encoding="utf-8"))["partner_kinds"]
    for municipality in (ZWOLLE, OMMEN):
        outcome = find(example_session, partners=[row["id"] for row in rows], municipality=municipality)
        for match in outcome.matches:
            candidate = match.candidate
            place = candidate.location_id
            card = get_service(example_session, candidate.service_id, now=TUESDAY, location_id=place)
            assert card.is_offered
            assert card.phones or card.website or card.address_lines or card.email or card.how


def test_a_building_that_closed_closes_what_is_in_it(example_session):
    example_session.get_one(Location, "bibliotheek-ommen-voorbeeld-hoofdstraat").status = "defunct"
    example_session.flush()
    assert find(example_session, partners=["ido"], municipality=OMMEN).local == ()


def test_a_service_of_an_unknown_kind_of_policy_is_a_fault_and_not_silence(example_session):
    example_session.get_one(Organization, "bibliotheek-ommen-voorbeeld").holiday_policy = {"sinterklaas": "open"}
    example_session.flush()
    with pytest.raises(Exception, match="sinterklaas"):
        find(example_session, partners=["ido"], municipality=OMMEN)


def test_a_service_that_closes_is_gone_at_the_next_question(example_session):
    example_session.get_one(Service, "ido-ommen-voorbeeld").status = "temporarily closed"
    example_session.flush()
    assert find(example_session, partners=["ido"], municipality=OMMEN).gap.kind is GapKind.CLOSED_TOO_LONG
