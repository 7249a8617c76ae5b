"""The name of a campaign is short and plain, for it stands on posters."""

import re

import pytest

from referral.campaigns import MAX_LENGTH, check_campaign, find_campaign
from referral.errors import InvalidInput

TELEGRAM = r"[A-Za-z0-9_-]{1,64}"


@pytest.mark.parametrize(
    "name", ["a", "7les", "poster-2026", "2026-najaar", "2026poster", "les-", "les-1-2", "a" * MAX_LENGTH]
)
def test_a_name_is_taken_as_it_is_and_fits_in_a_link_of_telegram(name):
    assert check_campaign(name) == find_campaign(name) == name
    assert re.fullmatch(TELEGRAM, name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "-a",
        "A",
        "één",
        "a b",
        "a_b",
        "a\n",
        "a" * (MAX_LENGTH + 1),
        "<script>",
        "a/b",
        "7",
        "2026",
        "0612345678",
        "111222333",
        "12-03-1961",
        "bsn111222333",
    ],
)
def test_what_is_no_name_is_none(name):
    assert find_campaign(name) is None
    with pytest.raises(InvalidInput):
        check_campaign(name)
