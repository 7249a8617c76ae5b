"""Whatever stands in a file comes in or is told; nothing in it makes the reading or the comparing fall over."""

import copy
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from referral.exchange.apply import apply_plan
from referral.exchange.hsds.files import Delivery, Found
from referral.exchange.hsds.read import read_delivery
from referral.exchange.hsds.write import write_all_services
from referral.exchange.plan import make_plan
from referral.exchange.report import list_lines, load_words, make_sentence
from referral.settings import ROOT
from tests.referral.exchange.batches import NOW
from tests.referral.exchange.hsds.deliveries import move_to_the_netherlands

CHARACTERS = 'a0é{}"\\\x00\n\ud800'  # braces, quotes, and what a database does not take
ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.sampled_from(CHARACTERS), max_size=8),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["id", "name", "x"]), inner, max_size=2)
    ),
    max_leaves=4,
)


def list_places(content, place=()):
    """Every place in an object where another value could stand."""
    if place:
        yield place
    inner = content.items() if isinstance(content, dict) else enumerate(content) if isinstance(content, list) else ()
    for key, value in inner:
        yield from list_places(value, (*place, key))


def put(content, place, value):
    changed = copy.deepcopy(content)
    within = changed
    for key in place[:-1]:
        within = within[key]
    within[place[-1]] = value
    return changed


@pytest.fixture(scope="session")
def get_example(standards):
    """Gives the standard's own full example of a service or of an organization."""
    folder = standards / "hsds-3.1" / "examples"
    texts = {what: (folder / f"{what}_full.json").read_text(encoding="utf-8") for what in ("service", "organization")}
    return lambda what: move_to_the_netherlands(json.loads(texts[what]))


@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    what=st.sampled_from(["service", "organization"]),
    changes=st.lists(st.tuples(st.integers(0), ANYTHING), min_size=1, max_size=3),
)
def test_a_file_with_anything_anywhere_is_taken_or_told(empty, get_example, what, changes):
    content = get_example(what)
    for number, value in changes:
        places = list(list_places(content))
        content = put(content, places[number % len(places)], value)
    words = load_words(ROOT / "data")
    with empty.begin() as session:
        plan = make_plan(session, read_delivery(Delivery([Found("", content)]), "feed", {}))
        assert all(make_sentence(line, words) for line in list_lines(plan))
        if not plan.is_refused:
            apply_plan(session, plan, by="test", now=NOW)
            assert make_plan(session, read_delivery(Delivery([Found("", content)]), "feed", {})).is_empty
            json.dumps(list(write_all_services(session, public=False)))
        session.rollback()
