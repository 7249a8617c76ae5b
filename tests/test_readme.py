"""The README tells every setting, and names nothing that is not there."""

import re

import pytest

from referral.settings import ROOT, Settings

README = ROOT / "README.md"
# What is made on the way, so not there in a fresh checkout.
MADE = ("var", ".venv", "bot/.venv", "bot/models", ".env")
# A path is what stands between backticks (or as a link) and has a slash or a known ending.
QUOTED = re.compile(r"`([^`\s]+)`|\]\(([^)\s]+)\)")
PATH = re.compile(r"\.?[\w.-]+(/[\w.*<>-]+)+/?|[\w-]+\.(md|yml|toml|lock|ini|py)|Makefile|LICENSE")


def list_paths(text):
    """Return the paths that a text names; addresses, routes and globs with `<…>` are none."""
    found = {first or second for first, second in QUOTED.findall(text)}
    return sorted(path for path in found if PATH.fullmatch(path) and "<" not in path and "://" not in path)


def is_there(path):
    bare = path.rstrip("/")
    if any(bare == made or bare.startswith(f"{made}/") for made in MADE):
        return True
    return any(ROOT.glob(bare)) if "*" in bare else (ROOT / bare).exists()


@pytest.fixture(scope="module")
def readme():
    return README.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_in_the_readme(readme, name):
    assert f"OMDEHOEK_{name.upper()}" in readme


def test_the_defaults_in_the_readme_are_those_of_the_code(readme):
    told = dict(re.findall(r"^\| `OMDEHOEK_([A-Z_]+)` \| `([^`]+)` \|", readme, re.MULTILINE))
    assert len(told) >= 10
    for name, default in told.items():
        real = Settings.model_fields[name.lower()].default
        assert default in (str(real), f"{real:g}" if isinstance(real, float) else str(real).removeprefix(f"{ROOT}/"))


def test_every_setting_in_the_readme_exists(readme):
    told = set(re.findall(r"OMDEHOEK_([A-Z_]+[A-Z])", readme))
    assert told <= {name.upper() for name in Settings.model_fields}


def test_every_path_that_the_readme_names_exists(readme):
    paths = list_paths(readme)
    assert paths
    assert [path for path in paths if not is_there(path)] == []


def test_every_make_command_that_the_readme_names_exists(readme):
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    told = set(re.findall(r"`make ([a-z]+)", readme))
    assert told
    assert told <= targets


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("see `docs/decisions/` and [this](docs/glossary.md)", ["docs/decisions/", "docs/glossary.md"]),
        ("`data/topics/*/card.nl.yml`", ["data/topics/*/card.nl.yml"]),
        ("`Makefile` and `config.yml`", ["Makefile", "config.yml"]),
        ("`data/topics/<id>/` `https://example.nl/a/b` `make run` `/v1/conversations` `OMDEHOEK_PORT`", []),
        ("[a page](https://example.nl/docs/page.md)", []),
    ],
)
def test_a_path_is_told_from_what_is_none(text, paths):
    assert list_paths(text) == paths
