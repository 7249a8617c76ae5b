"""What the descriptions promise is what the application does, whatever is asked: schemathesis on the real door.

No operation of either description asks who is signed in (tests/api/web/test_access.py), so all is asked as a citizen.
"""

import pytest
from fastapi import FastAPI
from fastapi.responses import JSONResponse

from tests.api.contract.probing import probe
from tests.api.door import Door
from tests.clock import TUESDAY, set_clock

WIDE = 1_000_000
DESCRIPTIONS = ["/v1/openapi.json", "/hsds/openapi.json"]


@pytest.fixture(scope="module")
def wide_door(make_settings):
    """A door with everything that is optional, and no limit in the way."""
    limits = ("turns_per_minute", "news_per_minute", "conversations_per_hour", "reads_per_minute")
    made = Door(make_settings(open_figures=True, live_person=True, **dict.fromkeys(limits, WIDE)))
    yield made
    made.close()


@pytest.mark.slow
@pytest.mark.parametrize("path", DESCRIPTIONS)
def test_every_answer_is_as_the_description_says(wide_door, path):
    with set_clock(TUESDAY):
        found = probe(wide_door.app, path)
    assert not found.failures, "\n\n".join(sorted(found.failures))
    operations = {
        f"{method.upper()} {address}"
        for address, item in wide_door.ask("GET", path).json()["paths"].items()
        for method in item
    }
    assert set(found.statuses) == operations
    # Something was found at most addresses, not only that it was wrong to ask.
    answered = [label for label, statuses in found.statuses.items() if {200, 201, 204} & set(statuses)]
    assert len(answered) > len(operations) / 2
    assert found.steps > 10


@pytest.mark.parametrize(
    ("answer", "wrong"),
    [
        ({"items": "none"}, "response_schema_conformance"),
        (None, "not_a_server_error"),
    ],
)
def test_a_description_that_lies_is_found(answer, wrong):
    app = FastAPI()

    @app.get("/lies", responses={200: {"description": "A list", "model": dict[str, list[str]]}})
    def lie() -> JSONResponse:
        return JSONResponse(answer, 500 if answer is None else 200)

    assert wrong in {failure.partition(":")[0] for failure in probe(app, "/openapi.json").failures}
