"""A path that comes from outside leads to a page of ours, or nowhere."""

import pytest

from api.web.origin import is_local


@pytest.mark.parametrize("path", ["/", "/account", "/account/people?x=1", "/desk#a", "/a//b", "/é"])
def test_a_path_on_this_site_is_local(path):
    assert is_local(path)


@pytest.mark.parametrize(
    "path",
    ["", "account", "//evil.example", "/\\evil.example", "https://evil.example", "javascript:x", "/\t/x", "/a\r\nb"],
)
def test_anything_that_a_browser_could_read_as_another_site_is_not(path):
    assert not is_local(path)


def test_an_address_that_we_tell_is_the_public_one_whatever_the_host(make_door):
    door = make_door(public_url="https://hulp.example.nl")
    told = door.ask("GET", "/hsds", headers={"Host": "evil.example"}).json()["openapi_url"]
    assert told == "https://hulp.example.nl/hsds/openapi.json"
