"""The worker tells what waits, what was given up, and the gaps of today; and that the database is away."""

from datetime import timedelta

import pytest

from api.worker.figures import WorkerFigures
from referral.db import Database
from referral.journal.spool import SpooledUrgent, UrgentSpool
from referral.models.gap import Gap
from referral.models.outgoing import Delivery, Outgoing
from referral.models.question import Question
from tests.clock import TUESDAY
from tests.postgres import find_free_port


@pytest.fixture
def figures(make_settings, tmp_path):
    settings = make_settings(events_file=tmp_path / "events")
    database = Database(settings.get_database_url())
    spool = UrgentSpool(settings.state_dir / "spool")
    yield WorkerFigures(settings, database, spool, lambda: TUESDAY), database, spool
    database.dispose()


def collect(figures):
    """Return {name with labels: value}."""
    return {
        " ".join([sample.name.removeprefix("omdehoek_"), *sample.labels.values()]): sample.value
        for metric in figures.collect()
        for sample in metric.samples
    }


def test_where_nothing_waits_all_is_nought(figures):
    told = collect(figures[0])
    assert told.pop("database_up") == 1
    assert told == {
        "spooled_emergencies": 0,
        "outbox_waiting file": 0,
        "outbox_lag_seconds file": 0,
        "outbox_given_up": 0,
    }


def test_what_waits_and_what_is_lacking_is_told(figures):
    collector, database, spool = figures
    spool.append(SpooledUrgent("u-1", "2026-11-24", "b", "suicide"))
    with database.begin() as session:
        for minutes in (9, 5, 30):
            session.add(
                Outgoing(id=f"e-{minutes}", type="t", subject="s", data={}, at=TUESDAY - timedelta(minutes=minutes))
            )
        session.flush()
        session.add(Delivery(sink="file", event_id="e-30", is_dead=True, refusals=1))
        add_gaps(session)
    assert collect(collector) == {
        "spooled_emergencies": 1,
        "database_up": 1,
        "outbox_waiting file": 2,
        "outbox_lag_seconds file": 9 * 60,
        "gaps_today not_in_directory": 2,
        "outbox_given_up": 1,
    }


def add_gaps(session):
    """Two that count, one of another day, one of the example."""
    today = TUESDAY.date()
    days = [(today, False), (today, False), (today - timedelta(days=1), False), (today, True)]
    for number, (day, is_example) in enumerate(days):
        question = Question(
            turn_id=f"t-{number}", library_id="b", day=day, kind="anders", topic="digid", day_only=False
        )
        session.add(question)
        session.flush()
        session.add(
            Gap(
                turn_id=question.turn_id,
                question_id=question.id,
                kind="not_in_directory",
                topic="digid",
                partner_kind="ido",
                municipality="GM0193",
                library_id="b",
                day=day,
                is_example=is_example,
            )
        )


def test_without_a_database_it_says_so_and_nothing_else(make_settings):
    settings = make_settings(database_url=f"postgresql+psycopg://x@127.0.0.1:{find_free_port()}/x")
    database = Database(settings.get_database_url())
    told = collect(WorkerFigures(settings, database, UrgentSpool(settings.state_dir / "spool"), lambda: TUESDAY))
    assert told == {"spooled_emergencies": 0, "database_up": 0}
    database.dispose()
