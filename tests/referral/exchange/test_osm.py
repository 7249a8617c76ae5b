"""Libraries as Overpass gives them: nodes and buildings, with and without what we need."""

import json

import pytest

from referral.exchange import osm
from referral.exchange.apply import apply_plan
from referral.exchange.plan import make_plan
from referral.places.table import load_places
from referral.settings import ROOT
from tests.referral.exchange.batches import NOW

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
NODE = {
    "type": "node",
    "id": 123,
    "lat": 52.52,
    "lon": 6.42,
    "tags": {
        "amenity": "library",
        "name": "Bibliotheek Ommen",
        "addr:street": "Brink",
        "addr:housenumber": "2",
        "addr:postcode": "7731AB",
        "addr:city": "Ommen",
        "opening_hours": "Mo-Fr 10:00-17:00; PH off",
        "phone": "+31 529 43 12 34",
        "website": "https://www.example.nl",
        "wheelchair": "limited",
    },
}
WAY = {"type": "way", "id": 7, "center": {"lat": 52.51, "lon": 6.09}, "tags": {"amenity": "library", "name": "Zwolle"}}


@pytest.fixture
def read(database, tmp_path):
    def read_content(content):
        path = tmp_path / "overpass.json"
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        with database.read() as session:
            return make_plan(session, osm.read_file(path, "osm", load_places(ROOT / "data")))

    return read_content


def answer(*elements, **more):
    return {"version": 0.6, "generator": "Overpass API", "osm3s": {}, "elements": list(elements), **more}


def get_rows(plan, table):
    return {record.id: record.values for record in plan.inserts if record.table == table}


def test_a_library_comes_in_with_its_address_hours_and_number(read):
    plan = read(answer(NODE, WAY))
    assert plan.problems == ()
    locations = get_rows(plan, "location")
    assert locations["osm:node/123"]["url"] == "https://www.example.nl"
    assert (locations["osm:way/7"]["latitude"], locations["osm:way/7"]["longitude"]) == (52.51, 6.09)
    (address,) = get_rows(plan, "address").values()
    assert (address["address_1"], address["postal_code"], address["municipality"]) == ("Brink 2", "7731 AB", "GM0175")
    assert [row["opening_hours"] for row in get_rows(plan, "schedule").values()] == ["Mo-Fr 10:00-17:00; PH off"]
    assert [row["number"] for row in get_rows(plan, "phone").values()] == ["+31 529 43 12 34"]


def test_libraries_of_one_operator_are_one_organization(read):
    tags = {"amenity": "library", "operator": "Stadkamer"}
    plan = read(answer({**NODE, "tags": {**tags, "name": "Centrum"}}, {**WAY, "tags": {**tags, "name": "Zuid"}}))
    assert [row["name"] for row in get_rows(plan, "organization").values()] == ["Stadkamer"]
    assert len(get_rows(plan, "location")) == 2


def test_the_same_answer_twice_changes_nothing(database, read):
    plan = read(answer(NODE, WAY))
    with database.begin() as session:
        apply_plan(session, plan, by="test", now=NOW)
    assert read(answer(NODE, WAY)).is_empty


@pytest.mark.parametrize(
    ("tag", "text", "code"),
    [("opening_hours", "Mo-Fr 09:00+", "hours_unreadable"), ("phone", "bel ons", "no_phone")],
)
def test_what_a_mapper_wrote_otherwise_is_told_and_left_out(read, tag, text, code):
    plan = read(answer({**NODE, "tags": {**NODE["tags"], tag: text}}))
    assert [(problem.code, problem.field, problem.path) for problem in plan.problems] == [(code, tag, "elements[0]")]
    assert len(get_rows(plan, "location")) == 1


@pytest.mark.parametrize(
    ("content", "codes"),
    [
        ("{", ["broken_overpass"]),
        ("[]", ["broken_overpass"]),
        ("[" * 100_000, ["broken_overpass"]),
        (answer(), ["no_libraries"]),
        (answer({"type": "node", "tags": {"amenity": "pub"}}, 3), ["no_libraries"]),
        (answer(NODE, remark="runtime error: Query timed out"), ["overpass_cut_off"]),
    ],
)
def test_what_is_no_whole_answer_is_refused(read, content, codes):
    plan = read(content)
    assert [problem.code for problem in plan.problems] == codes
    assert plan.is_empty


def test_a_library_without_a_name_is_left_out(read):
    plan = read(answer(NODE, {**WAY, "tags": {"amenity": "library"}}))
    assert [(problem.code, problem.blocks) for problem in plan.problems] == [("no_name", False)]
    assert set(get_rows(plan, "location")) == {"osm:node/123"}


def test_an_answer_of_overpass_is_told_from_other_json(tmp_path, database):
    path = tmp_path / "x.json"
    path.write_text(json.dumps(answer(NODE)), encoding="utf-8")
    assert osm.is_overpass(path)
    path.write_text(json.dumps({"contents": []}), encoding="utf-8")
    assert not osm.is_overpass(path)
