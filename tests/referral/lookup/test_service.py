"""At the desk: what the triage is sure of goes first, plain search fills up, and partners are found by name."""

from referral.catalogue.service import load_catalogue
from referral.lookup.index import load_index
from referral.lookup.service import MOST_TOPICS, Ranked, look_up
from referral.settings import ROOT

CATALOGUE = load_catalogue(ROOT / "data")
INDEX = load_index(ROOT / "data")


def find(session, text, *ranked):
    found = look_up(session, text, ranked=ranked, catalogue=CATALOGUE, index=INDEX)
    return [topic.id for topic in found.topics], [partner.name for partner in found.partners]


def test_what_the_triage_is_sure_of_goes_before_plain_search(example_session):
    topics, _ = find(example_session, "boete", Ranked("verblijf_inburgering", 0.8), Ranked("greet", 0.6))
    assert topics[:2] == ["verblijf_inburgering", "boete"]
    assert len(topics) <= MOST_TOPICS


def test_a_guess_of_the_triage_is_left_out(example_session):
    topics, _ = find(example_session, "boete", Ranked("verblijf_inburgering", 0.09))
    assert "verblijf_inburgering" not in topics


def test_without_triage_plain_search_finds_topics(example_session):
    assert find(example_session, "boete")[0][0] == "boete"


def test_a_partner_is_found_by_a_part_of_its_name_or_of_its_organization(example_session):
    _, partners = find(example_session, "bibl zwolle")
    assert partners
    assert find(example_session, "zwolle qqqq")[1] == []


def test_signs_that_sql_knows_are_only_signs(example_session):
    assert find(example_session, "%")[1] == []
    assert find(example_session, "_ '")[1] == []
