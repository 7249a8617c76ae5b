"""The week of the example network."""

from datetime import date

from referral.models.service import Service
from referral.network.service import get_network_week

MONDAY = date(2026, 11, 23)


def list_services(week):
    return {partner.service_id for kind in week.kinds for partner in kind.partners}


def test_the_week_of_a_municipality_has_its_partners_and_names_the_kinds_that_are_missing(example_session):
    week = get_network_week(example_session, "GM0175", ["ido", "huurteam"], MONDAY)
    assert list_services(week) == {"ido-ommen-voorbeeld"}
    assert week.missing == ("huurteam",)


def test_what_is_closed_is_not_there(example_session):
    example_session.get_one(Service, "ido-ommen-voorbeeld").status = "temporarily closed"
    example_session.flush()
    assert get_network_week(example_session, "GM0175", ["ido"], MONDAY).missing == ("ido",)


def test_two_counters_of_one_kind_at_the_same_time_are_seen(example_session):
    (ido,) = get_network_week(example_session, "GM0193", ["ido"], MONDAY).kinds
    together = ("ido-zwolle-centrum-voorbeeld", "ido-zwolle-zuid-voorbeeld")
    assert together in [overlap.service_ids for overlap in ido.overlaps]
    assert {hole.daypart for hole in ido.holes} == {"morning", "evening"}
