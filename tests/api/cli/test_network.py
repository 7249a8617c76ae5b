"""`omdehoek network`: the week of a municipality's partners."""

import json
from datetime import date, timedelta

import pytest

from api.cli.network import parse_day
from referral.clock import read_clock, to_local
from referral.errors import InvalidInput


def test_a_week_tells_who_is_open_when_where_nobody_is_and_who_is_missing(omdehoek):
    ended = omdehoek("network", "Ommen", "--week", "2026-11-23", "--json")
    assert (ended.code, ended.err) == (0, "")
    week = json.loads(ended.out)
    assert (week["municipality"], week["days"][0], week["days"][-1]) == ("GM0175", "2026-11-23", "2026-11-29")
    assert "huurteam" in week["missing"]
    ido = next(kind for kind in week["kinds"] if kind["kind"] == "ido")
    (partner,) = ido["partners"]
    assert partner["open"]["2026-11-24"] == [["2026-11-24T09:30:00+01:00", "2026-11-24T11:30:00+01:00"]]
    assert {"day": "2026-11-25", "daypart": "morning"} in ido["holes"]
    assert {"day": "2026-11-24", "daypart": "morning"} not in ido["holes"]


def test_a_holiday_and_an_exception_are_in_it(omdehoek):
    week = json.loads(omdehoek("network", "Ommen", "--week", "2026-12-21", "--json").out)
    assert week["holidays"] == {"2026-12-25": "eerste_kerstdag", "2026-12-26": "tweede_kerstdag"}
    desk = next(kind for kind in week["kinds"] if kind["kind"] == "bibliotheek")["partners"][0]
    opens = {day: bool(times) for day, times in desk["open"].items()}
    assert (opens["2026-12-22"], opens["2026-12-23"]) == (True, True)
    assert opens["2026-12-24"] is False  # only in the morning, and the usual hours are in the afternoon
    assert opens["2026-12-25"] is False


def test_for_people_it_is_a_table(omdehoek):
    ended = omdehoek("network", "Zwolle", "--week", "2026-11-23")
    assert ended.code == 0
    assert "Zwolle, 2026-11-23 to 2026-11-29" in ended.out
    table = ended.out.split("Informatiepunt Digitale Overheid\n")[1].splitlines()
    assert table[0].split() == "Mon 23 Nov Tue 24 Nov Wed 25 Nov Thu 26 Nov Fri 27 Nov Sat 28 Nov Sun 29 Nov".split()
    south = next(line for line in table if line.startswith("Informatiepunt Digitale Overheid Zuid"))
    assert south.split()[-1] == "10.00-12.00"
    assert "  nobody: Mon 23 Nov, morning" in table
    assert any(line.startswith("  together: Tue 24 Nov 10.00-12.00: ") for line in table)
    assert "no hours known" in ended.out


def test_without_a_week_it_is_this_one():
    today = to_local(read_clock()).date()
    assert parse_day(None) in {today - timedelta(today.weekday()), today - timedelta(today.weekday() + 7)}
    assert parse_day("2026-12-24") == date(2026, 12, 24)


@pytest.mark.parametrize("typed", ["", "morgen", "24-12-2026", "2026-13-01", "2026-W52-9"])
def test_what_is_no_day_is_an_error_that_shows_how_to_write_it(typed):
    with pytest.raises(InvalidInput, match="2026-12-21"):
        parse_day(typed)


def test_a_place_that_does_not_exist_is_an_error(omdehoek):
    assert omdehoek("network", "Nergenshuizen").code == 2
