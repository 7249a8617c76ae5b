"""How much is masked in many voices: the goals that masking holds on the tables of messages that were labelled unseen.

Not every message must succeed, as in `messages.yml`: a postcode that is dictated in words is still missed.
"""

import pytest

from benchmarks.evaluate_masking import Tally
from referral.privacy.mask import mask
from tests.referral.privacy.messages import read_messages

TABLES = ("voices.yml", "second_voices.yml")


@pytest.fixture(scope="module", params=TABLES)
def tally(request: pytest.FixtureRequest) -> Tally:
    tally = Tally()
    for block in ("right", "wrong"):
        for text, spans in read_messages(block, request.param):
            tally.add(spans, mask(text).spans)
    return tally


def test_nearly_all_numbers_dates_and_addresses_are_found_to_the_letter(tally: Tally) -> None:
    exact, labelled = (counts.total() - counts["NAME"] for counts in (tally.exact, tally.labelled))
    assert exact >= 0.99 * labelled


def test_nearly_all_names_are_found_to_the_letter(tally: Tally) -> None:
    assert tally.exact["NAME"] >= 0.94 * tally.labelled["NAME"]


def test_what_is_masked_is_personal(tally: Tally) -> None:
    assert tally.exact.total() >= 0.98 * tally.found.total()


def test_what_is_nobodys_stays(tally: Tally) -> None:
    assert tally.unchanged >= 0.98 * tally.empty
