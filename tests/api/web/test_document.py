"""The description of `/v1`: it keeps the NLGov REST API Design Rules, and it is what the command prints."""

import json
import subprocess

import pytest

from referral.settings import ROOT
from tests.api.door import read_problem
from tests.npm import get_installed

RULES = ROOT.parent / "shared" / "standards" / "adr" / "linter.yaml"


@pytest.fixture(scope="module")
def document(door):
    return door.ask("GET", "/v1/openapi.json").json()


@pytest.fixture
def lint(tmp_path):
    """Return the codes of the rules that a description breaks."""
    if not RULES.exists():
        pytest.skip(f"no rules to hold it against: {RULES}")
    spectral = get_installed(".bin/spectral")

    def run(document):
        path = tmp_path / "openapi.json"
        path.write_text(json.dumps(document), encoding="utf-8")
        command = [spectral, "lint", "--quiet", "--format", "json", "--fail-severity", "hint", "-r", RULES, path]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return [found["code"] for found in json.loads(done.stdout)]

    return run


def test_it_keeps_every_design_rule(lint, document):
    assert lint(document) == []


@pytest.mark.parametrize(
    ("break_it", "code"),
    [
        (lambda document: document["info"].pop("contact"), "info-contact"),
        (lambda document: document.update(servers=[{"url": "/api"}]), "nlgov:include-major-version-in-uri"),
        (
            lambda document: document["paths"]["/topics"]["get"]["responses"]["200"].pop("headers"),
            "nlgov:missing-header",
        ),
        (lambda document: document["paths"]["/services"]["get"]["responses"].pop("400"), "nlgov:problem-invalid-input"),
    ],
)
def test_a_broken_rule_is_seen(lint, document, break_it, code):
    broken = json.loads(json.dumps(document))
    break_it(broken)
    assert code in lint(broken)


def test_every_public_route_is_described_and_nothing_else(document):
    assert document["servers"] == [{"url": "/v1"}]
    assert set(document["paths"]) == {
        "/conversations",
        "/conversations/{conversationId}",
        "/conversations/{conversationId}/helped",
        "/conversations/{conversationId}/language",
        "/conversations/{conversationId}/messages",
        "/conversations/{conversationId}/person",
        "/locations",
        "/locations/{locationId}",
        "/matches",
        "/organizations",
        "/organizations/{organizationId}",
        "/partner-kinds",
        "/places",
        "/reports",
        "/reports/{figure}",
        "/services",
        "/services/{serviceId}",
        "/target-groups",
        "/topics",
        "/topics/{topicId}",
        "/widgets/{libraryId}",
    }


def test_every_operation_says_what_it_does_and_has_a_name_of_its_own(document):
    operations = [operation for item in document["paths"].values() for operation in item.values()]
    assert all(operation["description"] for operation in operations)
    names = [operation["operationId"] for operation in operations]
    assert len(set(names)) == len(names)
    assert {"listServices", "getService", "openConversation"} <= set(names)


@pytest.mark.parametrize("path", ["/v1/topics/", "/v1/services/", "/v1/topics/digid/", "/v1/services/%2F"])
def test_an_address_with_a_slash_at_its_end_does_not_exist(door, path):
    assert read_problem(door.ask("GET", path)) == (404, "not_found")


def test_who_runs_it_is_who_to_ask(make_door):
    door = make_door(contact_name="Bibliotheek Waterbeek", contact_email="api@waterbeek.example")
    contact = door.ask("GET", "/v1/openapi.json").json()["info"]["contact"]
    assert (contact["name"], contact["email"]) == ("Bibliotheek Waterbeek", "api@waterbeek.example")


def test_the_version_is_that_of_the_header_and_of_the_address(door, document):
    version = document["info"]["version"]
    assert door.ask("GET", "/v1/topics").headers["API-Version"] == version
    assert version.split(".")[0] == document["servers"][0]["url"].removeprefix("/v")
