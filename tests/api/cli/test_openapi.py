"""`omdehoek openapi` prints what the door gives."""

import json


def test_it_is_the_description_that_the_door_gives(omdehoek, door):
    ended = omdehoek("openapi")
    assert (ended.code, ended.err) == (0, "")
    assert json.loads(ended.out) == door.ask("GET", "/v1/openapi.json").json()
