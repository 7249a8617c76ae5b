"""Sheets on the command line: out, in again, a template, and what is no sheet."""

import json

import pytest

from referral.exchange.sheet.reference import load_reference
from referral.settings import ROOT


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_is_exported_can_be_imported_and_changes_nothing(omdehoek, tmp_path, form):
    exported = omdehoek("directory", "export", "--format", form, "--out", tmp_path / "uit")
    assert exported.code == 0
    path = tmp_path / "uit" / f"services.{form}"
    assert str(path) in exported.out
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    assert "er verandert niets" in omdehoek("directory", "import", path).out


def test_a_dry_run_tells_and_writes_nothing(omdehoek, tmp_path):
    path = tmp_path / "blad.csv"
    path.write_text("naam organisatie;naam dienst;soort hulp\nWelzijn;Taalhuis;taalhuis\n", encoding="utf-8")
    first, again = (omdehoek("directory", "import", path, "--dry-run") for _ in range(2))
    assert first.code == 0
    assert "Nieuw: dienst Taalhuis." in first.out
    assert again.out == first.out
    assert "Nieuw: dienst Taalhuis." in omdehoek("directory", "import", path).out
    assert "er verandert niets" in omdehoek("directory", "import", path).out


def test_a_wrong_row_is_told_by_its_number_and_nothing_comes_in(omdehoek, tmp_path):
    path = tmp_path / "blad.csv"
    path.write_text(
        "naam organisatie;naam dienst;soort hulp;tijden\nWelzijn;Taalhuis;taalhuis;di 10-12\nX;Y;taalhuis;soms\n",
        encoding="utf-8",
    )
    ended = omdehoek("directory", "import", path)
    assert ended.code != 0
    assert "rij 3: openingstijden" in ended.out
    assert "soms" in ended.out
    assert "Nieuw: dienst Taalhuis." not in ended.out


@pytest.mark.parametrize(("name", "content"), [("x.pdf", b"%PDF-1.7"), ("x.xls", b"\xd0\xcf\x11\xe0"), ("x.csv", b"")])
def test_what_is_no_sheet_is_refused_with_a_sentence(omdehoek, tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    ended = omdehoek("directory", "import", tmp_path / name)
    assert ended.code != 0
    assert "er is niets veranderd" in ended.out


def test_the_template_is_written(omdehoek, tmp_path):
    path = tmp_path / "sjabloon.xlsx"
    assert omdehoek("directory", "template", "--out", path).code == 0
    assert path.read_bytes().startswith(b"PK")
    assert omdehoek("directory", "template", "--out", tmp_path / "nergens" / "x.xlsx").code == 2


def test_libraries_of_overpass_come_in_by_the_same_door(omdehoek, tmp_path):
    path = tmp_path / "bibliotheken.json"
    node = {"type": "node", "id": 5, "lat": 52.5, "lon": 6.1, "tags": {"amenity": "library", "name": "Kleine Bieb"}}
    path.write_text(json.dumps({"osm3s": {}, "elements": [node]}), encoding="utf-8")
    assert "Nieuw: locatie Kleine Bieb." in omdehoek("directory", "import", path).out
    assert "er verandert niets" in omdehoek("directory", "import", path).out


def test_every_header_is_a_name_that_a_report_can_tell():
    assert not [header for header in load_reference(ROOT / "data").words.headers.values() if "." in header]
