"""A list as one parameter, on both kinds of database."""

import pytest
from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from referral.directory.membership import is_one_of
from referral.models.service import Service

QUERY = select(Service.id).where(is_one_of(Service.id, "ids")).order_by(Service.id)
KNOWN = ["ido-ommen-voorbeeld", "taalpunt-ommen-voorbeeld"]


@pytest.mark.parametrize("ids", [KNOWN, set(KNOWN), [*KNOWN, *KNOWN], [*KNOWN, "gone"]])
def test_what_is_in_the_collection_is_found_once(example_session, ids):
    assert example_session.scalars(QUERY, {"ids": ids}).all() == KNOWN


@pytest.mark.parametrize("ids", [[], ["gone"], ['"', "'", "\\", "{}", ","], ["ido-ommen-voorbeeld,taalpunt"]])
def test_signs_of_the_notation_of_lists_are_signs(example_session, ids):
    assert example_session.scalars(QUERY, {"ids": ids}).all() == []


def test_more_items_than_a_database_takes_parameters(example_session):
    assert example_session.scalars(QUERY, {"ids": [*KNOWN, *map(str, range(70_000))]}).all() == KNOWN


@pytest.mark.parametrize("example_database", ["sqlite"], indirect=True)  # PostgreSQL reads so small a table whole
def test_the_index_is_used_on_sqlite(example_session):
    connection = example_session.connection()
    written = QUERY.compile(dialect=sqlite.dialect())
    plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {written}", ("[]",)).all()
    assert any("SEARCH service USING" in row.detail for row in plan)
    assert not any("SCAN service" in row.detail for row in plan)


def test_postgresql_plans_without_counting_the_list():
    assert "ANY (ARRAY(SELECT unnest(" in str(QUERY.compile(dialect=postgresql.dialect()))
