"""What people would like, and what they cannot do without."""

from datetime import datetime

import pytest

from referral.clock import AMSTERDAM
from referral.directory.candidate import Channel
from referral.matching.match import ReasonCode
from referral.matching.rank import judge, rank
from referral.matching.wishes import Arrival, Wanted, When, Wish
from referral.models.columns import Wheelchair
from tests.referral.matching.candidates import TUESDAY, make_candidate, make_need

SATURDAY = datetime(2026, 11, 28, 12, 0, tzinfo=AMSTERDAM)
SUNDAY = datetime(2026, 11, 29, 12, 0, tzinfo=AMSTERDAM)
BY_PHONE = {"channels": frozenset({Channel.PHONE}), "location_id": None, "latitude": None, "longitude": None}


def lacks(wanted, hours="Mo-Su 09:00-17:00", moment=TUESDAY, **fields):
    """Return what a partner lacks that is required; None: it is offered."""
    verdict = judge(make_candidate("a", hours, **fields), make_need(required=wanted, moment=moment))
    return verdict if isinstance(verdict, Wish) else None


FACTS = [
    (Wanted(language="ar"), {"languages": frozenset({"ar"})}, None),
    (Wanted(language="ar"), {"languages": frozenset({"en"})}, Wish.LANGUAGE),
    (Wanted(language="nl"), {}, None),
    (Wanted(wheelchair=True), {"wheelchair": Wheelchair.YES}, None),
    (Wanted(wheelchair=True), {"wheelchair": Wheelchair.LIMITED}, None),
    (Wanted(wheelchair=True), {"wheelchair": Wheelchair.NO}, Wish.WHEELCHAIR),
    (Wanted(wheelchair=True), {"wheelchair": None}, Wish.WHEELCHAIR),
    (Wanted(wheelchair=True), BY_PHONE, None),
    (Wanted(free=True), {"is_free": True}, None),
    (Wanted(free=True), {"is_free": False}, Wish.FREE),
    (Wanted(free=True), {"is_free": None}, Wish.FREE),
    (Wanted(target_group="jongeren"), {"target_groups": frozenset({"jongeren", "ouderen"})}, None),
    (Wanted(target_group="jongeren"), {"target_groups": frozenset({"ouderen"})}, Wish.TARGET_GROUP),
    (Wanted(target_group="jongeren"), {"target_groups": frozenset()}, None),
    (Wanted(arrival=Arrival.WALK_IN), {}, None),
    (Wanted(arrival=Arrival.WALK_IN), {"by_appointment": True}, Wish.WALK_IN),
    (Wanted(arrival=Arrival.WALK_IN), BY_PHONE, Wish.WALK_IN),
    (Wanted(arrival=Arrival.APPOINTMENT), {"by_appointment": True}, None),
    (Wanted(arrival=Arrival.APPOINTMENT), {}, Wish.APPOINTMENT),
]


@pytest.mark.parametrize(("wanted", "fields", "lack"), FACTS)
def test_what_is_required_is_there_or_the_partner_is_left_out(wanted, fields, lack):
    assert lacks(wanted, **fields) == lack


HOURS = [
    (Wanted(arrival=Arrival.WALK_IN), 'Mo-Fr 09:00-17:00 "op afspraak"', TUESDAY, Wish.WALK_IN),
    (Wanted(arrival=Arrival.APPOINTMENT), 'Mo-Fr 09:00-17:00 "op afspraak"', TUESDAY, None),
    (Wanted(evening=True), "Mo-Fr 09:00-18:00", TUESDAY, Wish.EVENING),  # at six the door closes
    (Wanted(evening=True), "Mo-Fr 09:00-18:01", TUESDAY, None),
    (Wanted(evening=True), "Mo 18:30-20:00", TUESDAY, None),  # in six days
    (Wanted(evening=True), "Tu 18:30-20:00", TUESDAY.replace(hour=20), Wish.EVENING),  # just over
    (Wanted(evening=True), "24/7", TUESDAY, None),
    (Wanted(evening=True), "Mo-Fr 22:00-02:00", TUESDAY, None),
    (Wanted(evening=True), None, TUESDAY, Wish.EVENING),
    (Wanted(when=When.NOW), "Tu 09:00-11:00", TUESDAY, None),
    (Wanted(when=When.NOW), "Tu 10:01-11:00", TUESDAY, Wish.OPEN_NOW),
    (Wanted(when=When.NOW), None, TUESDAY, Wish.OPEN_NOW),
    (Wanted(when=When.TODAY), "Tu 23:00-23:30", TUESDAY, None),
    (Wanted(when=When.TODAY), "We 00:00-10:00", TUESDAY, Wish.TODAY),
    (Wanted(when=When.TODAY), "Tu 08:00-09:00", TUESDAY, Wish.TODAY),
    (Wanted(when=When.THIS_WEEK), "Su 23:00-23:30", TUESDAY, None),
    (Wanted(when=When.THIS_WEEK), "Mo 00:00-10:00", TUESDAY, Wish.THIS_WEEK),
    (Wanted(when=When.THIS_WEEK), "Mo-Fr 09:00-17:00", SATURDAY, Wish.THIS_WEEK),
    (Wanted(when=When.THIS_WEEK), "Su 11:00-13:00", SUNDAY, None),
    (Wanted(when=When.THIS_WEEK), "Mo 11:00-13:00", SUNDAY, Wish.THIS_WEEK),
]


@pytest.mark.parametrize(("wanted", "hours", "moment", "lack"), HOURS)
def test_the_hours_decide_about_evenings_and_about_time(wanted, hours, moment, lack):
    assert lacks(wanted, hours, moment) == lack


def test_a_holiday_that_has_to_be_asked_about_is_not_open_today():
    good_friday = datetime(2027, 3, 26, 10, 0, tzinfo=AMSTERDAM)
    assert lacks(Wanted(when=When.TODAY), "Mo-Fr 09:00-17:00", good_friday) is Wish.TODAY


def test_a_clinic_whose_season_is_over_is_not_offered_whatever_is_wished():
    assert rank([make_candidate("a", "2026 Jan 1-2026 Apr 30 Mo 10:00-12:00")], make_need()) == []


PREFERRED = [
    (Wanted(free=True), {"is_free": True}, {"is_free": None}, ReasonCode.FREE),
    (Wanted(evening=True), {"hours": "Mo-Su 09:00-20:00"}, {"hours": "Mo-Su 09:00-17:00"}, ReasonCode.IN_EVENING),
    (Wanted(when=When.THIS_WEEK), {"hours": "We 10:00-12:00"}, {"hours": "Mo 10:00-12:00"}, ReasonCode.OPENS_THIS_WEEK),
    (Wanted(when=When.NOW), {}, {"hours": "Tu 11:00-17:00"}, ReasonCode.OPEN_NOW),
    (Wanted(arrival=Arrival.WALK_IN), {}, {"by_appointment": True}, ReasonCode.WALK_IN),
    (Wanted(arrival=Arrival.APPOINTMENT), {"by_appointment": True}, {}, ReasonCode.BY_APPOINTMENT),
    (
        Wanted(target_group="ouderen"),
        {"target_groups": frozenset({"ouderen"})},
        {"target_groups": frozenset({"jongeren"})},
        ReasonCode.FOR_GROUP,
    ),
]


@pytest.mark.parametrize(("wanted", "has", "has_not", "code"), PREFERRED)
def test_who_has_what_is_preferred_goes_first_and_says_so_and_the_other_stays(wanted, has, has_not, code):
    first, last = rank([make_candidate("a", **has_not), make_candidate("b", **has)], make_need(preferred=wanted))
    assert [first.candidate.service_id, last.candidate.service_id] == ["b", "a"]
    assert code in first.codes


def test_what_nobody_asked_for_is_not_said():
    (match,) = rank([make_candidate("a", "Mo-Su 09:00-20:00", is_free=True)], make_need())
    assert not match.codes & {ReasonCode.FREE, ReasonCode.IN_EVENING, ReasonCode.WALK_IN, ReasonCode.OPENS_THIS_WEEK}


def test_a_service_for_one_group_goes_after_one_for_everybody_until_the_group_is_known():
    young = make_candidate("a", target_groups=frozenset({"jongeren"}))
    everybody = make_candidate("b")
    for wanted, order in ((Wanted(), ["b", "a"]), (Wanted(target_group="jongeren"), ["a", "b"])):
        matches = rank([everybody, young], make_need(preferred=wanted))
        assert [match.candidate.service_id for match in matches] == order


def test_what_is_required_counts_before_what_is_preferred():
    need = make_need(preferred=Wanted(language="ar", free=True), required=Wanted(language="tr"))
    assert need.wishes == Wanted(language="tr", free=True)
