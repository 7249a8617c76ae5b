"""A library's own colours and logo: checked at the start, served without a weaker policy."""

import re

import pytest
import yaml

from api.web.theme import HOUSE, PAIRS, load_theme, measure_contrast
from referral.errors import InvalidContent
from referral.settings import ROOT
from tests.api.door import Door

LIBRARY = "bibliotheek-zwolle-voorbeeld"
TOP, ON_TOP = "basis.color.accent-1-inverse.bg-default", "basis.color.accent-1-inverse.color-default"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30"><rect width="90" height="30" fill="#5b1a8b"/></svg>'
PURPLE = {"light": {TOP: "#5B1A8B"}, "logo": {"file": "zwolle.svg", "alt": "Bibliotheek Zwolle"}}


@pytest.fixture
def dress(tmp_path):
    """A function that writes a theme for the library into a data folder that is otherwise ours; returns the folder."""

    def dress(theme, logo="zwolle.svg"):
        for path in (ROOT / "data").iterdir():
            if path.name != "themes":
                (tmp_path / path.name).symlink_to(path)
        folder = tmp_path / "themes"
        folder.mkdir()
        (folder / f"{HOUSE}.yml").write_bytes((ROOT / "data" / "themes" / f"{HOUSE}.yml").read_bytes())
        (folder / f"{LIBRARY}.yml").write_text(yaml.safe_dump(theme), encoding="utf-8")
        if logo:
            (folder / logo).write_text(SVG, encoding="utf-8")
        return tmp_path

    return dress


@pytest.mark.parametrize(
    ("one", "other", "ratio"), [("#000000", "#ffffff", 21), ("#ffffff", "#ffffff", 1), ("#767676", "#ffffff", 4.54)]
)
def test_contrast_is_that_of_wcag(one, other, ratio):
    assert measure_contrast(one, other) == measure_contrast(other, one) == pytest.approx(ratio, abs=0.01)


def test_a_library_without_a_theme_has_that_of_the_house():
    theme = load_theme(ROOT / "data", "no-such-library")
    assert theme.logo_file is None
    assert "--basis-color-default-bg-subtle: #faf6ef;" in theme.dress(":root")
    assert "prefers-color-scheme: dark" in theme.dress(":root")


def test_the_pages_use_no_token_that_the_house_does_not_have():
    tokens = set(re.findall(r"--basis[\w-]+(?=:)", load_theme(ROOT / "data", HOUSE).dress(":root")))
    used = set(re.findall(r"var\((--basis[\w-]+)", (ROOT / "api/pages/static/tokens.css").read_text(encoding="utf-8")))
    assert used == tokens
    assert {f"--{token.replace('.', '-')}" for pair in PAIRS for token in pair[:2]} <= tokens


def test_a_theme_names_what_differs_and_the_rest_is_the_houses(dress):
    theme = load_theme(dress(PURPLE), LIBRARY)
    assert theme.dress(":root").count("#5b1a8b") == 1
    house = load_theme(ROOT / "data", HOUSE).dress(":root").splitlines()
    assert len(set(theme.dress(":root").splitlines()) ^ set(house)) == 2


@pytest.mark.parametrize(
    ("theme", "told"),
    [
        (
            {"light": {ON_TOP: "#777777"}},
            r"light: .*#777777.* on .*#0a4540.* has a contrast of 2\.\d+:1; at least 4\.5",
        ),
        ({"dark": {TOP: "#eeeeee"}}, r"dark: .*contrast of 1\.\d+:1; at least 4\.5:1 is needed"),
        ({"light": {"basis.color.rainbow": "#ffffff"}}, r"basis\.color\.rainbow: no such token"),
        ({"light": {TOP: "red; } body { display: none"}}, "light"),
        ({"light": {TOP: "#fff"}}, "light"),
        ({"colours": {}}, "colours"),
        ({"logo": {"file": "../../etc/passwd.svg", "alt": "x"}}, "logo"),
        ({"logo": {"file": "weg.svg", "alt": "x"}}, r"there is no weg\.svg"),
    ],
)
def test_a_theme_with_a_fault_stops_the_start_and_says_what_is_wrong(dress, theme, told):
    with pytest.raises(InvalidContent, match=told) as fault:
        load_theme(dress(theme), LIBRARY)
    assert f"{LIBRARY}.yml" in str(fault.value)


def test_staff_and_citizens_see_the_librarys_colours_and_logo(dress, make_settings):
    door = Door(make_settings(data_dir=dress(PURPLE)))
    style = door.ask("GET", "/static/theme.css")
    assert style.headers["content-type"] == "text/css; charset=utf-8"
    assert "--basis-color-accent-1-inverse-bg-default: #5b1a8b;" in style.text
    logo = door.ask("GET", "/static/theme/logo")
    assert (logo.headers["content-type"], logo.text) == ("image/svg+xml", SVG)
    for path in ("/", "/zoek", "/account/sign-in", "/klopt-niet/ido-ommen-voorbeeld"):
        page = door.ask("GET", path).text
        assert '<img class="own" src="/static/theme/logo" alt="Bibliotheek Zwolle">' in page
        assert page.index("/static/theme.css") < page.index("/static/page.css")
    door.close()


def test_without_a_logo_of_its_own_there_is_that_of_the_house(door):
    assert door.ask("GET", "/static/theme/logo").status_code == 404
    assert 'src="/static/logo.svg"' in door.ask("GET", "/zoek").text
