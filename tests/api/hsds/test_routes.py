"""The directory as HSDS 3.1's own API: every answer is what the standard's schemas and description want."""

import json
import os
from datetime import UTC, datetime

import pytest

from referral.models.contact import Contact
from referral.models.phone import Phone
from referral.models.service import Service
from referral.referring.knowledge import load_knowledge
from referral.settings import ROOT, get_settings
from tests.api.door import read_problem

STANDARD = ROOT.parent / "shared" / "standards" / "hsds-3.1"
IDO = "ido-zwolle-centrum-voorbeeld"
LISTS = ["services", "service_at_locations", "organizations", "taxonomies", "taxonomy_terms"]


def get(door, path):
    answer = door.ask("GET", f"/hsds{path}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def get_all(door, path):
    """Return every object of a list, one a line."""
    answer = door.ask("GET", f"/hsds/{path}{'&' if '?' in path else '?'}format=ndjson")
    assert answer.headers["content-type"].startswith("application/x-ndjson")
    return [json.loads(line) for line in answer.text.splitlines()]


def find_id(door, name):
    """Return the id that we give out for the only service of this name."""
    (found,) = [one for one in get_all(door, "services") if one["name"] == name]
    return found["id"]


@pytest.fixture(scope="module")
def description():
    if not STANDARD.is_dir():
        pytest.skip(f"no standard to hold it against: {STANDARD}")
    return json.loads((STANDARD / "openapi.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def jsonschema():
    """The library that reads the schemas; without it the test is skipped, or fails where `CI=true`."""
    try:
        import jsonschema  # noqa: PLC0415
    except ModuleNotFoundError:
        if os.environ.get("CI") == "true":
            pytest.fail("no jsonschema")
        pytest.skip("no jsonschema")
    return jsonschema


@pytest.fixture
def make_validator(description, jsonschema):
    """Makes a validator for one kind of object."""

    def make(kind):
        schema = json.loads((STANDARD / "compiled" / f"{kind}.json").read_text(encoding="utf-8"))
        return jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker(["uuid", "date"]))

    return make


@pytest.mark.parametrize("kind", ["service", "organization", "service_at_location"])
def test_every_object_is_valid_in_a_list_and_alone(door, make_validator, kind):
    validator = make_validator(kind)
    whole = get_all(door, f"{kind}s?full=true")
    short = get_all(door, f"{kind}s")
    assert [one["id"] for one in whole] == [one["id"] for one in short]
    assert len(whole) > 30
    for one in (*whole, *short):
        assert list(validator.iter_errors(one)) == []
    for one in whole[:5]:
        assert get(door, f"/{kind}s/{one['id']}") == one


def test_a_broken_object_is_not_valid(door, make_validator):
    service = get_all(door, "services")[0] | {"status": "verhuisd"}
    assert list(make_validator("service").iter_errors(service))


def test_terms_and_taxonomies_are_valid(door, make_validator):
    validator = make_validator("service")
    term = validator.schema["properties"]["attributes"]["items"]["properties"]["taxonomy_term"]
    for one in get_all(door, "taxonomy_terms"):
        assert list(validator.evolve(schema=term).iter_errors(one)) == []
        assert get(door, f"/taxonomy_terms/{one['id']}") == one
    for one in get_all(door, "taxonomies"):
        assert list(validator.evolve(schema=term["properties"]["taxonomy_detail"]).iter_errors(one)) == []
        assert get(door, f"/taxonomies/{one['id']}") == one


def test_every_path_and_parameter_of_the_standard_is_there(door, description):
    ours = get(door, "/openapi.json")["paths"]
    for path, item in description["paths"].items():
        own = ours[f"/hsds{path}".rstrip("/")]["get"]
        asked = (*item.get("parameters", ()), *item["get"].get("parameters", ()))
        wanted = {one["name"] if "name" in one else one["$ref"].rsplit("/", 1)[1] for one in asked}
        assert wanted <= {one["name"] for one in own.get("parameters", ())}, path


def test_every_list_may_be_asked_with_post_too(door, description):
    asked = [path for path, item in description["paths"].items() if "post" in item]
    assert {path.strip("/") for path in asked} == set(LISTS)
    for path in asked:
        answer = door.ask("POST", f"/hsds{path}?per_page=2")
        assert answer.json() == get(door, f"{path}?per_page=2")
        assert "ETag" not in answer.headers


def test_the_root_tells_the_version_and_where_it_is_described(door):
    root = get(door, "/")
    assert root == get(door, "")
    assert root["version"] == "3.1"
    assert door.ask("GET", root["openapi_url"].removeprefix("http://library")).json()["openapi"].startswith("3.")


@pytest.mark.parametrize("path", LISTS)
def test_pages_hold_everything_once_and_tell_where_they_are(door, path):
    whole = get_all(door, path)
    pages = [get(door, f"/{path}?per_page=7")]
    while not pages[-1]["last_page"]:
        pages.append(get(door, f"/{path}?per_page=7&page={len(pages) + 1}"))
    assert [one for page in pages for one in page["contents"]] == whole
    assert [page["first_page"] for page in pages] == [True, *[False] * (len(pages) - 1)]
    for number, page in enumerate(pages, start=1):
        assert (page["page_number"], page["total_items"], page["total_pages"]) == (number, len(whole), len(pages))
        assert (page["size"], page["empty"]) == (len(page["contents"]), False)
    after = get(door, f"/{path}?per_page=7&page=900")
    assert (after["contents"], after["empty"], after["last_page"]) == ([], True, True)


def test_a_list_has_no_lists_in_it_unless_it_is_asked_for(door):
    short, whole = get_all(door, "services"), get_all(door, "services?full=true")
    assert not any(isinstance(value, list) for one in short for value in one.values())
    assert any("service_at_locations" in one for one in whole)
    assert all("organization" in one for one in short)


def test_minimal_is_every_id_on_one_page(door):
    page = get(door, "/services?minimal=true&per_page=1")
    assert page["last_page"] is True
    assert [one["id"] for one in page["contents"]] == [one["id"] for one in get_all(door, "services")]
    assert all(set(one) <= {"id", "last_modified"} for one in page["contents"])


def test_what_is_closed_is_told_to_whoever_keeps_a_copy(door):
    statuses = {one["name"]: one["status"] for one in get_all(door, "services")}
    assert statuses["Bemiddeling tussen buren (voorbeeld)"] == "defunct"


def test_services_are_found_by_term_taxonomy_organization_and_words(door):
    (ido,) = [one for one in get_all(door, "taxonomy_terms") if one["code"] == "ido"]
    found = get_all(door, f"services?taxonomy_term_id={ido['id']}&full=true")
    assert len(found) > 1
    codes = [{one["taxonomy_term"]["code"] for one in service["attributes"]} for service in found]
    assert all("ido" in one for one in codes)
    assert get_all(door, f"services?taxonomy_id={ido['taxonomy_id']}") == get_all(door, "services")
    own = get_all(door, f"services?organization_id={found[0]['organization_id']}")
    assert {one["organization_id"] for one in own} == {found[0]["organization_id"]}
    assert get_all(door, "services?search=digitale%20ommen")
    assert get_all(door, "services?search=xyzzy") == []
    assert get_all(door, "services?taxonomy_term_id=gone") == []


def test_only_what_has_changed_since_can_be_asked(make_door):
    door = make_door()
    with door.database.begin() as session:
        session.get(Service, IDO).last_modified = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
    (changed,) = get_all(door, "services?modified_after=2026-11-20T12:00:00Z")
    assert changed["last_modified"] == "2026-11-20T12:00:00Z"
    assert get_all(door, "services?modified_after=2026-11-20") == [changed]
    assert get_all(door, "services?modified_after=2026-11-20T12:00:01Z") == []
    assert get_all(door, "service_at_locations?modified_after=2026-11-20T12:00:01%2B02:00")


@pytest.fixture
def postcodes(tmp_path, monkeypatch):
    """A postcode file with Ommen and Zwolle, named by the setting."""
    file = tmp_path / "postcodes.csv"
    file.write_text(
        "pc4,woonplaats,gemeentecode,gemeente,provincie,lat,lon\n"
        "7731,Ommen,GM0175,Ommen,Overijssel,52.5208,6.4212\n"
        "8011,Zwolle,GM0193,Zwolle,Overijssel,52.5122,6.0935\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("OMDEHOEK_POSTCODE_FILE", str(file))
    get_settings.cache_clear()
    load_knowledge.cache_clear()
    yield
    monkeypatch.delenv("OMDEHOEK_POSTCODE_FILE")
    get_settings.cache_clear()
    load_knowledge.cache_clear()


@pytest.mark.usefixtures("postcodes")
def test_places_serve_a_postcode_or_lie_near_it(door):
    served = get_all(door, "service_at_locations?postcode=7731%20ZZ&full=true")
    assert served
    for one in served:
        assert {area["extent"] for area in one["service"]["service_areas"]} & {"GM0175", "NL"}
    near = get_all(door, "service_at_locations?postcode=7731&proximity=500")
    names = [one["location"]["name"] for one in near]
    assert names[0] == "Bibliotheek Ommen (voorbeeld)"
    assert set(names) <= {"Bibliotheek Ommen (voorbeeld)", "Gemeentehuis (voorbeeld)"}
    assert len(get_all(door, "service_at_locations?postcode=7731&proximity=40000")) > len(near)
    assert get_all(door, "service_at_locations?postcode=8011&proximity=0") != near


def test_an_organization_names_its_services_or_holds_them_whole(door):
    (library,) = [one for one in get_all(door, "organizations") if one["name"] == "Bibliotheek Ommen (voorbeeld)"]
    named = get(door, f"/organizations/{library['id']}")
    whole = get(door, f"/organizations/{library['id']}?full_service=true")
    assert {one["name"] for one in named["services"]} >= {"Taalpunt (voorbeeld)"}
    assert all(set(one) == {"id", "name", "status"} for one in named["services"])
    assert [one["id"] for one in whole["services"]] == [one["id"] for one in named["services"]]
    assert all("service_at_locations" in one for one in whole["services"])
    assert [one["name"] for one in named["locations"]] == ["Bibliotheek Ommen (voorbeeld)"]


def test_no_person_and_no_unverified_number_is_told(make_door):
    door = make_door()
    with door.database.begin() as session:
        session.add(Contact(service_id=IDO, name="Wilma Waterbeek", email="wilma@example.nl"))
        unverified = [one.number for one in session.query(Phone).filter_by(evidence="unverified")]
    assert unverified
    for path in ("services", "service_at_locations", "organizations"):
        told = door.ask("GET", f"/hsds/{path}?format=ndjson&full=true&full_service=true").text
        assert "Waterbeek" not in told
        assert "wilma@" not in told
        assert not any(number in told for number in unverified)


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("/services/gone", (404, "not_found")),
        ("/services/00000000-0000-4000-8000-000000000000", (404, "not_found")),
        ("/organizations/gone", (404, "not_found")),
        ("/service_at_locations/gone", (404, "not_found")),
        ("/taxonomies/gone", (404, "not_found")),
        ("/taxonomy_terms/gone", (404, "not_found")),
        ("/services?taxonomy_id=gone", (404, "not_found")),
        ("/services?page=0", (400, "invalid_input")),
        ("/services?per_page=-1", (400, "invalid_input")),
        ("/services?format=xml", (400, "invalid_input")),
        ("/services?full=perhaps", (400, "invalid_input")),
        ("/services?modified_after=yesterday", (400, "invalid_input")),
        ("/services?modified_after=0001-01-01T00:00:00%2B14:00", (400, "invalid_input")),
        ("/services?search=%00", (400, "invalid_input")),
        ("/services/%00", (400, "invalid_input")),
        ("/service_at_locations?proximity=100", (400, "invalid_input")),
        ("/service_at_locations?postcode=8011&proximity=-1", (400, "invalid_input")),
        ("/service_at_locations?postcode=8011&proximity=nan", (400, "invalid_input")),
        ("/service_at_locations?postcode=8011", (404, "unknown_place")),  # no postcode file here
        ("/service_at_locations?postcode=Elst", (409, "ambiguous_place")),
    ],
)
def test_what_cannot_be_answered_is_a_problem(door, path, problem):
    assert read_problem(door.ask("GET", f"/hsds{path}")) == problem


def test_nothing_can_be_written(door):
    service_id = find_id(door, "Informatiepunt Digitale Overheid Centrum (voorbeeld)")
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        assert read_problem(door.ask(method, f"/hsds/services/{service_id}")) == (405, "method_not_allowed")


def test_the_description_of_v1_stays_that_of_v1(door):
    assert not any("hsds" in path for path in door.ask("GET", "/v1/openapi.json").json()["paths"])


@pytest.mark.parametrize("moment", ["14923", "0.5", "1e9", "-1"])
def test_a_moment_is_written_out_and_not_counted_in_seconds(door, moment):
    assert read_problem(door.ask("GET", f"/hsds/services?modified_after={moment}")) == (400, "invalid_input")
    assert door.ask("GET", "/hsds/services?modified_after=2026-01-01T00:00:00Z").status_code == 200
