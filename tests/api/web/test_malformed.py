"""Whatever stands in an address: a page, or 400, 404 or 409 as problem+json; never an error of ours."""

from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.api.door import read_problem

NAMES = (
    "page pageSize kind topic q municipality place postcode organization language wheelchair free targetGroup arrival"
    " evening when prefer".split()
)
HSDS_NAMES = (
    "search page per_page format taxonomy_term_id taxonomy_id organization_id modified_after minimal full full_service"
    " top_only parent_id postcode proximity".split()
)
HSDS = [f"/hsds/{name}" for name in "services service_at_locations organizations taxonomies taxonomy_terms".split()]
LISTS = ["/v1/services", "/v1/organizations", "/v1/locations", "/v1/matches", "/v1/places", "/v1/topics"]
ONES = ["/v1/services/", "/v1/organizations/", "/v1/locations/", "/v1/topics/", *(f"{path}/" for path in HSDS)]
REFUSALS = {400, 404, 409}
# Values that almost fit, and bytes that are no text at all.
ALMOST = ["1", "-1", "9" * 20, "1.5", "true", "GM0193", "GM9999", "Zwolle", "Elst", "8011 AB", "ido", "%", "'"]
VALUES = st.one_of(st.sampled_from(ALMOST), st.text(max_size=90)).map(
    lambda text: quote(text.encode("utf-8", "surrogatepass"), safe="")
) | st.binary(max_size=12).map(lambda raw: quote(raw, safe=""))
FEW = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def check(answer):
    if answer.status_code != 200:
        status, _ = read_problem(answer)
        assert status in REFUSALS, answer.url
    assert answer.headers["API-Version"]


@FEW
@given(st.sampled_from(LISTS), st.lists(st.tuples(st.sampled_from(NAMES), VALUES), max_size=4))
def test_malformed_filters_are_a_problem(door, path, filters):
    check(door.ask("GET", f"{path}?{'&'.join(f'{name}={value}' for name, value in filters)}"))


@FEW
@given(st.sampled_from(HSDS), st.lists(st.tuples(st.sampled_from(HSDS_NAMES), VALUES), max_size=4))
def test_malformed_questions_of_the_standard_are_a_problem(door, path, filters):
    check(door.ask("GET", f"{path}?{'&'.join(f'{name}={value}' for name, value in filters)}"))


@FEW
@given(st.sampled_from(ONES), VALUES.filter(lambda value: value not in {"", ".", ".."}))
def test_malformed_ids_are_a_problem(door, path, value):
    check(door.ask("GET", path + value))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("value", ["%00", "%FF", "%ED%A0%80", "", "x" * 5000])
def test_what_is_no_text_is_a_problem(door, name, value):
    check(door.ask("GET", f"/v1/services?{name}={value}"))
