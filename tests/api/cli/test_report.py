"""`omdehoek report`: the figures as a table and as files."""

import json

import pytest

from referral.clock import read_clock, to_local
from referral.db import Database
from referral.reports.sheets import Figure
from referral.settings import get_settings
from tests.api.reports.lives import live

TABLE = ["Onderwerp", "Aantal"]


@pytest.fixture
def busy(omdehoek):
    """A command whose library had 24 questions this week."""
    assert omdehoek("report").code == 0  # makes the database
    database = Database(get_settings().get_database_url())
    live(database, read_clock())
    database.dispose()
    return omdehoek


def test_questions_are_shown_by_topic(busy):
    ended = busy("report")
    assert (ended.code, ended.err) == (0, "")
    period, header, *rows = ended.out.splitlines()
    assert period.endswith(to_local(read_clock()).date().isoformat())
    assert header.split() == TABLE
    assert sorted(row.split()[-1] for row in rows) == ["12", "12"]


def test_the_tallies_can_be_made_anew_and_tell_the_same(busy):
    before = busy("report", "--by", "month,organisation").out
    ended = busy("report", "rebuild")
    assert ended.code == 0
    assert busy("report", "--by", "month,organisation").out == before


def test_a_file_is_written_whole(busy, tmp_path):
    path = tmp_path / "here" / "cijfers.json"
    path.parent.mkdir()
    ended = busy("report", "--where", "topic=boete", "--format", "json", "--out", str(path))
    assert ended.out.strip() == str(path)
    assert json.loads(path.read_text(encoding="utf-8"))["rows"] == [["boete", 12]]
    assert list(path.parent.iterdir()) == [path]


def test_figures_of_everywhere_are_rounded(busy):
    assert "rounded to fives" in busy("report", "--everywhere").out


@pytest.mark.parametrize("figure", list(Figure))
def test_every_figure_is_shown_and_written(busy, tmp_path, figure):
    _, header, *rows = busy("report", "--by", figure).out.splitlines()
    path = tmp_path / "cijfers.json"
    assert busy("report", "--by", figure, "--format", "json", "--out", str(path)).code == 0
    told = json.loads(path.read_text(encoding="utf-8"))
    assert len(told["rows"]) == len(rows) > 0
    labels = {(one["column"], one["code"]): one["label"] for one in told["codeBook"]}
    assert rows[0].startswith(labels[told["columns"][0], told["rows"][0][0]])
    assert header.split()


@pytest.mark.parametrize(
    "arguments",
    [
        ("--by", "nix"),
        ("--by", "flow,topic"),
        ("--from", "gisteren"),
        ("--where", "topic"),
        ("--where", "nix=1"),
        ("--format", "csv", "--out", "/nowhere/at/all.csv"),
        ("--by", "topic,kind,cause,resolved,channel,outcome"),
    ],
)
def test_what_cannot_be_is_said(busy, arguments):
    ended = busy("report", *arguments)
    assert ended.code == 2
    assert ended.err.startswith("invalid_input: ")
