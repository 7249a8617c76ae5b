"""The table of what is kept: each kind has a term and a shelf, and each table of the database a place in it."""

from datetime import timedelta

import pytest

import referral.models  # noqa: F401  (fills the metadata)
from referral.errors import InvalidContent
from referral.models.base import Base
from referral.retention.queries import SHELVES
from referral.retention.schedule import Term, load_retention, load_terms
from referral.settings import ROOT, Settings

RETENTION = load_retention(ROOT / "data")


def write(folder, length):
    kind = f"kept: {{a: {{for: {length}, tables: [a], reason: r, source: s}}}}\nstays: {{}}\n"
    (folder / "retention.yml").write_text(kind, encoding="utf-8")
    return Settings(data_dir=folder)


def test_every_kind_of_the_file_is_removed_and_nothing_else_is():
    assert set(RETENTION.kept) == set(SHELVES)


def test_every_table_has_a_place_in_the_file():
    told = {table for one in (*RETENTION.kept.values(), *RETENTION.stays.values()) for table in one.tables}
    assert told == set(Base.metadata.tables)


@pytest.mark.parametrize("kind", SHELVES)
def test_the_file_says_where_the_rows_of_a_kind_are(kind):
    assert SHELVES[kind].since.class_.__tablename__ in RETENTION.kept[kind].tables


def test_the_terms_are_those_of_the_file_and_of_the_settings():
    terms = load_terms(Settings(conversation_hours=5, learning_days=6, slip_days=7))
    assert (terms["conversation"], terms["conversation"].length) == (Term(5, "hours"), timedelta(hours=5))
    assert (terms["unrecognised"], terms["slip"]) == (Term(6, "days"), Term(7, "days"))
    assert (terms["discarded"], terms["session"]) == (Term(10, "minutes"), Term(7, "days"))


@pytest.mark.parametrize(
    "length",
    [
        "{}",
        "{days: 0}",
        "{days: -1}",
        "{weeks: 2}",
        "{days: 1, hours: 2}",
        "{setting: port}",
        "{setting: no_days}",
        "{setting: turn_deadline}",
        "3",
    ],
)
def test_a_term_that_is_none_stops_the_start(tmp_path, length):
    with pytest.raises(InvalidContent):
        load_terms(write(tmp_path, length))


def test_a_term_of_the_file_is_read(tmp_path):
    assert load_terms(write(tmp_path, "{days: 3}")) == {"a": Term(3, "days")}
