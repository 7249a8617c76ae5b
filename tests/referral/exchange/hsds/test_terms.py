"""Terms of our own taxonomies come in as what they are, and go out again; those of others are kept as they came."""

import pytest

from referral.directory.load import load_catalogue
from referral.directory.service import load_candidates
from referral.settings import ROOT
from tests.loading import LOADED
from tests.referral.exchange.hsds.deliveries import SERVICE_ID, bring_in, bring_out, make_service, write_json


@pytest.fixture
def receive(database, tmp_path):
    """Bring in a service with one term; return it as a candidate."""
    with database.begin() as session:
        load_catalogue(session, ROOT / "data", now=LOADED)

    def run(taxonomy, code):
        attribute = {"id": "a-1", "taxonomy_term": {"id": "t-1", "name": code, "taxonomy": taxonomy, "code": code}}
        bring_in(database, write_json(tmp_path / "services.json", [make_service(attributes=[attribute])]))
        with database.read() as session:
            (candidate,) = load_candidates(session, [SERVICE_ID])
        return candidate

    return run


def test_a_kind_of_partner_and_a_target_group_are_read_as_such(receive):
    assert receive("partner_kinds", "taalhuis").kinds == {"taalhuis"}
    assert receive("target_groups", "jongeren").target_groups == {"jongeren"}


@pytest.mark.parametrize(("taxonomy", "code"), [("target_groups", "jongeren"), ("eurovoc", "jongeren")])
def test_a_term_goes_out_as_it_came_in(database, receive, taxonomy, code):
    receive(taxonomy, code)
    (service,) = [one for one in bring_out(database)[0] if one["id"] == SERVICE_ID]
    (attribute,) = service["attributes"]
    assert (attribute["taxonomy_term"]["taxonomy"], attribute["taxonomy_term"]["code"]) == (taxonomy, code)


def test_a_term_of_somebody_else_says_nothing_to_us(receive):
    candidate = receive("eurovoc", "jongeren")
    assert (candidate.kinds, candidate.target_groups) == (frozenset(), frozenset())
