"""`omdehoek find`: who can help with a topic, there and then."""

import json
from datetime import datetime, timedelta

import pytest

from api.cli.find import SHOWN, parse_moment
from referral.clock import AMSTERDAM, read_clock
from referral.errors import InvalidInput

TUESDAY, SUNDAY = "2026-11-24T10:15", "2026-11-22T10:15"


def find(omdehoek, *arguments):
    ended = omdehoek("find", *arguments, "--json")
    assert (ended.code, ended.err) == (0, "")
    return json.loads(ended.out)


def test_the_best_partner_stands_first_with_the_reasons(omdehoek):
    found = find(omdehoek, "--topic", "digid", "--place", "Zwolle", "--at", TUESDAY)
    best = found["matches"][0]
    assert found["at"].startswith("2026-11-24T10:15:00+01:00")
    assert found["gap"] is None
    assert best["serviceId"] == "ido-zwolle-centrum-voorbeeld"
    assert (best["openNow"], best["hours"]) == (True, "Nu open, tot 12.30 uur.")
    assert best["phones"] == ["038 000 01 01"]
    assert {"right_kind", "open_now"} <= set(best["reasons"])
    assert best["isExample"] is True


def test_the_moment_decides_what_is_open(omdehoek):
    matches = find(omdehoek, "--topic", "digid", "--place", "Zwolle", "--at", SUNDAY)["matches"]
    assert not any(match["openNow"] for match in matches if match["serviceId"].startswith("ido-"))


def test_where_there_is_no_local_partner_the_gap_is_told(omdehoek):
    found = find(omdehoek, "--topic", "digid", "--place", "Assen", "--at", TUESDAY)
    assert found["gap"] == {"kind": "not_in_directory", "partnerKind": "ido"}
    assert [match["serviceId"] for match in found["matches"]] == ["nationaal-digid"]


def test_without_a_place_there_are_national_organisations_only(omdehoek):
    matches = find(omdehoek, "--topic", "schulden", "--at", TUESDAY)["matches"]
    assert [match["serviceId"] for match in matches] == ["nationaal-geldfit", "nationaal-nibud"]


def test_an_unverified_number_is_not_told(omdehoek):
    (duo,) = find(omdehoek, "--topic", "studie", "--at", TUESDAY)["matches"]
    assert (duo["serviceId"], duo["phones"]) == ("nationaal-duo", [])


def test_for_people_it_is_a_short_list(omdehoek):
    ended = omdehoek("find", "--topic", "huurtoeslag", "--place", "Zwolle", "--at", TUESDAY)
    assert ended.code == 0
    assert "1. Formulierenhulp Zuid (voorbeeld)" in ended.out
    assert ended.out.count("because: ") == SHOWN


def test_nobody_is_said_in_words(omdehoek):
    ended = omdehoek("find", "--topic", "bibliotheek", "--place", "Assen", "--at", TUESDAY)
    assert "nobody found" in ended.out
    assert "gap: not_in_directory (bibliotheek)" in ended.out


def test_what_is_required_leaves_out_and_says_whom(omdehoek):
    asked = ("--topic", "digid", "--place", "Zwolle", "--at", TUESDAY)
    everybody, some = find(omdehoek, *asked), find(omdehoek, *asked, "--language", "tr", "--evening")
    assert everybody["leftOut"] == {}
    local = [match["serviceId"] for match in some["matches"] if match["isExample"]]
    assert local == ["ido-zwolle-stadshagen-voorbeeld"]
    assert {"speaks_language", "in_evening"} <= set(some["matches"][0]["reasons"])
    assert sum(some["leftOut"].values()) == len(everybody["matches"]) - len(some["matches"])


def test_what_is_preferred_leaves_nobody_out(omdehoek):
    asked = ("--topic", "digid", "--place", "Zwolle", "--at", TUESDAY)
    preferred = find(omdehoek, *asked, "--language", "tr", "--prefer")
    speaking = [match["serviceId"] for match in preferred["matches"] if "speaks_language" in match["reasons"]]
    assert speaking == ["ido-zwolle-stadshagen-voorbeeld"]
    assert len(preferred["matches"]) == len(find(omdehoek, *asked)["matches"])
    assert preferred["leftOut"] == {}


def test_for_people_the_reasons_and_what_is_left_out_are_said_in_words(omdehoek):
    ended = omdehoek("find", "--topic", "digid", "--place", "Zwolle", "--at", TUESDAY, "--language", "tr")
    assert "because: Past bij uw vraag; Is er voor mensen uit Zwolle; " in ended.out
    assert "adressen vallen af: spreekt de taal niet." in ended.out


def test_a_group_that_does_not_exist_is_an_error_that_names_those_that_do(omdehoek):
    ended = omdehoek("find", "--topic", "digid", "--group", "kinderen")
    assert ended.code == 2
    assert "jongeren, ouderen, anderstaligen, ondernemers" in ended.err


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("2026-11-24T10:15", datetime(2026, 11, 24, 10, 15, tzinfo=AMSTERDAM)),
        ("2026-07-01T10:15", datetime(2026, 7, 1, 10, 15, tzinfo=AMSTERDAM)),
        ("2026-11-24", datetime(2026, 11, 24, 0, 0, tzinfo=AMSTERDAM)),
        ("2026-11-24T09:15Z", datetime(2026, 11, 24, 10, 15, tzinfo=AMSTERDAM)),
    ],
)
def test_a_time_without_zone_is_on_the_dutch_clock(typed, moment):
    assert parse_moment(typed) == moment


def test_no_time_is_now():
    assert abs(parse_moment(None) - read_clock()) < timedelta(seconds=5)


@pytest.mark.parametrize("typed", ["", "morgen", "24-11-2026", "2026-13-01T10:00", "10:15"])
def test_what_is_no_time_is_an_error_that_shows_how_to_write_it(typed):
    with pytest.raises(InvalidInput, match="2026-12-24T16:00"):
        parse_moment(typed)
