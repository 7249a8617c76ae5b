"""`omdehoek directory`: a file comes in with a report, whole or not at all, and the directory goes out."""

import json
import sqlite3

import pytest

SERVICE = {
    "id": "5f2b4a4e-6c0f-4e3e-9d5e-2f6d7c1f0a01",
    "name": "Taalhuis Dalfsen",
    "status": "active",
    "organization": {"id": "5f2b4a4e-6c0f-4e3e-9d5e-2f6d7c1f0a02", "name": "Welzijn Dalfsen", "description": ""},
}


@pytest.fixture
def file(tmp_path):
    return write(tmp_path / "feed.json", [SERVICE])


def write(path, content):
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def dump(tmp_path):
    connection = sqlite3.connect(tmp_path / "omdehoek.db")
    rows = list(connection.iterdump())
    connection.close()
    return rows


def test_a_file_comes_in_with_a_report(omdehoek, file):
    ended = omdehoek("directory", "import", file)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.splitlines() == [
        "Diensten: 1 nieuw, 0 gewijzigd, 0 hetzelfde, 0 sluiten.",
        "Organisaties: 1 nieuw, 0 gewijzigd, 0 hetzelfde, 0 sluiten.",
        "[0].organization: Nieuw: organisatie Welzijn Dalfsen.",
        "[0]: Nieuw: dienst Taalhuis Dalfsen.",
    ]


def test_a_dry_run_says_the_same_and_writes_nothing(omdehoek, file, tmp_path):
    before = omdehoek("directory", "export", "--out", tmp_path / "before") and dump(tmp_path)
    dry = omdehoek("directory", "import", file, "--dry-run")
    assert dump(tmp_path) == before
    assert omdehoek("directory", "import", file) == dry
    assert dump(tmp_path) != before


def test_the_same_file_twice_changes_nothing(omdehoek, file, tmp_path):
    omdehoek("directory", "import", file)
    before = dump(tmp_path)
    again = omdehoek("directory", "import", file)
    assert (again.code, again.out.splitlines()[0]) == (0, "feed.json: er verandert niets.")
    assert dump(tmp_path) == before


def test_a_file_with_a_mistake_is_told_and_nothing_comes_in(omdehoek, tmp_path):
    omdehoek("directory", "export", "--out", tmp_path / "before")
    before = dump(tmp_path)
    ended = omdehoek("directory", "import", write(tmp_path / "feed.json", [SERVICE | {"assured_date": "1 mei"}]))
    assert ended.code == 2
    assert ended.err == "plan_refused: feed.json: nothing was changed\n"
    assert ended.out.splitlines() == [
        "feed.json: er is niets veranderd. Los eerst dit op (1).",
        "  [0]: datum van controle: Dit is geen datum: 1 mei. Schrijf 2026-12-24.",
    ]
    assert dump(tmp_path) == before


@pytest.mark.parametrize("arguments", [["feed.doc"], ["feed"]])
def test_a_sort_of_file_that_we_do_not_know_is_an_error(omdehoek, arguments):
    ended = omdehoek("directory", "import", *arguments)
    assert (ended.code, ended.out) == (2, "")
    assert ".json" in ended.err


def test_a_source_keeps_its_name_when_its_file_has_another(omdehoek, file, tmp_path):
    omdehoek("directory", "import", file, "--source", "dalfsen")
    other = write(tmp_path / "november.json", [SERVICE | {"id": SERVICE["id"][:-2] + "09", "name": "Taalpunt"}])
    assert "Sluiten: dienst Taalhuis Dalfsen." in omdehoek("directory", "import", other, "--source", "dalfsen").out


def test_the_directory_goes_out_and_comes_home_unchanged(omdehoek, tmp_path):
    ended = omdehoek("directory", "export", "--format", "hsds-json", "--out", tmp_path / "out")
    assert ended.code == 0
    assert ended.out.splitlines() == [
        f"{tmp_path / 'out' / 'services.json'}: 99",
        f"{tmp_path / 'out' / 'organizations.json'}: 63",
    ]
    for name in ("services.json", "organizations.json"):
        assert f"{name}: er verandert niets." in omdehoek("directory", "import", tmp_path / "out" / name).out


def test_a_folder_that_cannot_be_written_is_an_error(omdehoek, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    ended = omdehoek("directory", "export", "--out", tmp_path / "file")
    assert (ended.code, ended.out, ended.err.count("\n")) == (2, "", 1)
