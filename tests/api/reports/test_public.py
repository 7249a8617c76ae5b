"""Open data: only where the library says so, and always rounded."""

from datetime import UTC, datetime

import pytest

from referral.reports.sheets import Figure
from tests.api.reports.lives import LIBRARY, live

MARCH = datetime(2026, 3, 10, 10, tzinfo=UTC)
PATH = "/v1/reports"


@pytest.fixture
def open_door(make_door, rasa, tuesday):
    door = make_door(rasa_port=rasa.port, open_figures=True)
    live(door.database, MARCH, times=33)
    return door


def test_figures_are_not_for_everybody_unless_the_library_says_so(make_door, rasa, tuesday):
    answer = make_door(rasa_port=rasa.port).ask("GET", PATH)
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")


def test_whole_months_are_told_rounded(open_door):
    told = open_door.ask("GET", f"{PATH}?from=2026-01-01&to=2026-12-31&by=topic&by=month").json()
    assert (told["from"], told["to"], told["by"]) == ("2026-01-01", "2026-10-31", ["topic", "month"])
    assert {tuple(row["values"]) for row in told["rows"]} == {("boete", "2026-03"), ("lokale_belastingen", "2026-03")}
    assert {row["count"] for row in told["rows"]} <= {30, 35}
    assert {"column": "topic", "value": "boete", "label": "Boete"} in told["labels"]


def test_filters_narrow(open_door):
    told = open_door.ask("GET", f"{PATH}?organisation=cjib&library={LIBRARY}&helpGiven=practical&by=helpGiven").json()
    assert [row["values"] for row in told["rows"]] == [["practical"]]
    assert open_door.ask("GET", f"{PATH}?organisation=duo").json()["rows"] == []


@pytest.mark.parametrize("figure", list(Figure))
def test_every_other_figure_is_open_too_and_rounded(open_door, figure):
    told = open_door.ask("GET", f"{PATH}/{figure}?from=2026-01-01&to=2026-12-31").json()
    assert (told["from"], told["to"]) == ("2026-01-01", "2026-10-31")
    assert told["rows"]
    counts = [row["numbers"][0] for row in told["rows"]]
    assert all(count is None or count % 5 == 0 for count in counts)
    named = {(one["column"], one["value"]) for one in told["labels"]}
    assert {
        (column, row["values"][place]) for row in told["rows"] for place, column in enumerate(told["columns"])
    } <= named
    assert {(measure, "") for measure in told["measures"]} <= named


def test_the_flow_goes_from_topic_to_partner_to_outcome(open_door):
    told = open_door.ask("GET", f"{PATH}/flow?from=2026-01-01&to=2026-12-31&topic=boete").json()
    assert told["columns"] == ["topic", "serviceId", "outcome"]
    assert {row["values"][0] for row in told["rows"]} == {"boete"}
    assert {"helped", "not_helped"} <= {row["values"][2] for row in told["rows"]}
    assert {"column": "outcome", "value": "helped", "label": "Geholpen"} in told["labels"]


def test_no_figure_is_open_unless_the_library_says_so(make_door, rasa, tuesday):
    assert make_door(rasa_port=rasa.port).ask("GET", f"{PATH}/flow").status_code == 404


def test_what_is_no_figure_is_a_problem(open_door):
    answer = open_door.ask("GET", f"{PATH}/nix")
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")


@pytest.mark.parametrize(
    "query", ["by=nix", "from=gisteren", "from=2026-11-02&to=2026-11-01", "colour=red", "&".join(["by=topic"] * 6)]
)
def test_what_cannot_be_is_a_problem(open_door, query):
    answer = open_door.ask("GET", f"{PATH}?{query}")
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")
