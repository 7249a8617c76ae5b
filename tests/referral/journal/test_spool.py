"""Emergencies that could not be counted wait on disk."""

import json

from sqlalchemy import select

from referral.journal.spool import SpooledUrgent, UrgentSpool
from referral.models.urgent_count import UrgentCount

LINE = SpooledUrgent("c-1", "2026-11-24", "bieb", "zelfdoding")


def list_counts(database):
    with database.read() as session:
        return [(count.id, count.signal, count.day.isoformat()) for count in session.scalars(select(UrgentCount))]


def drain(database, spool):
    with database.begin() as session:
        return spool.drain(session)


def test_what_was_spooled_is_counted_once_on_its_own_day(database, tmp_path):
    spool = UrgentSpool(tmp_path)
    spool.append(LINE)
    drain(database, spool)
    spool.clear(drain(database, spool))  # again: killed before the file was emptied
    assert drain(database, spool) == 0
    assert list_counts(database) == [("c-1", "zelfdoding", "2026-11-24")]


def test_a_line_that_comes_while_the_spool_is_drained_is_kept(database, tmp_path):
    spool = UrgentSpool(tmp_path)
    spool.append(LINE)
    drained = drain(database, spool)
    spool.append(SpooledUrgent("c-2", LINE.day, "bieb", "geweld_thuis"))
    spool.clear(drained)
    drain(database, spool)
    assert {count[0] for count in list_counts(database)} == {"c-1", "c-2"}


def test_half_a_line_does_not_stop_the_others(database, tmp_path):
    spool = UrgentSpool(tmp_path)
    torn = json.dumps({"id": 1}) + "\n" + '{"id": "c-0", "day"'
    (tmp_path / "urgent.jsonl").write_text(torn, encoding="utf-8")
    spool.append(LINE)
    drain(database, spool)
    assert [count[0] for count in list_counts(database)] == ["c-1"]


def test_an_empty_spool_is_no_error(database, tmp_path):
    assert drain(database, UrgentSpool(tmp_path / "new")) == 0
