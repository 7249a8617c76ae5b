"""The way to the database: what was acknowledged is kept, reading never waits, and "down" is one error."""

import threading
import time

import pytest
from sqlalchemy import event, select, text
from sqlalchemy.exc import IntegrityError, InternalError, OperationalError

from referral.db import BUSY_TIMEOUT_MS, Database
from referral.errors import DatabaseUnavailable
from referral.models.conversation import Conversation, Message
from referral.models.urgent_count import UrgentCount
from referral.models.visit import Visit
from tests.clock import TUESDAY
from tests.postgres import find_free_port


@pytest.fixture
def sqlite(tmp_path):
    made = Database(f"sqlite:///{tmp_path / 'test.db'}")
    with made.begin() as session:
        session.execute(text("CREATE TABLE note (id INTEGER PRIMARY KEY)"))
        session.execute(text("CREATE TABLE page (note_id INTEGER REFERENCES note (id))"))
    yield made
    made.dispose()


def make_count(count_id):
    return UrgentCount(id=count_id, day=TUESDAY.date(), library_id="bieb", signal="zelfdoding")


def list_counts(database):
    with database.read() as session:
        return [count.id for count in session.query(UrgentCount).order_by(UrgentCount.id)]


# synchronous: 2 is FULL (https://www.sqlite.org/pragma.html#pragma_synchronous)
@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", BUSY_TIMEOUT_MS)],
)
def test_sqlite_survives_power_loss_and_keeps_its_rules(sqlite, pragma, value):
    for way in (sqlite.begin, sqlite.read):
        with way() as session:
            assert session.scalar(text(f"PRAGMA {pragma}")) == value


def test_every_connection_of_the_pool_is_prepared(sqlite):
    with sqlite.read() as first, sqlite.read() as second, sqlite.read() as third:
        assert [session.scalar(text("PRAGMA foreign_keys")) for session in (first, second, third)] == [1, 1, 1]


def test_a_row_that_refers_to_nothing_is_refused(sqlite):
    with pytest.raises(IntegrityError), sqlite.begin() as session:
        session.execute(text("INSERT INTO page VALUES (7)"))


def test_a_run_that_writes_takes_the_lock_at_once_and_a_reader_takes_none(sqlite):
    said = []
    event.listen(sqlite.engine, "before_cursor_execute", lambda *call: said.append(call[2]))
    with sqlite.begin() as session:
        session.execute(text("SELECT 1"))
    with sqlite.read() as session:
        session.execute(text("SELECT 1"))
    said = [one for one in said if not one.startswith("PRAGMA")]
    assert said == ["BEGIN IMMEDIATE", "SELECT 1", "BEGIN", "SELECT 1"]


def test_reading_does_not_wait_for_a_writer_and_sees_nothing_half_done(database):
    with database.begin() as writing:
        writing.add(make_count("c-1"))
        writing.flush()
        started = time.monotonic()
        assert list_counts(database) == []
        assert time.monotonic() - started < BUSY_TIMEOUT_MS / 1000
    assert list_counts(database) == ["c-1"]


def test_a_second_writer_waits_for_the_first(sqlite):
    has_begun, order = threading.Event(), []

    def write_first():
        with sqlite.begin() as session:
            session.execute(text("SELECT 1"))  # the lock is taken here, though nothing is written yet
            has_begun.set()
            time.sleep(0.2)
            session.execute(text("INSERT INTO note VALUES (1)"))
            order.append("first")

    first = threading.Thread(target=write_first)
    first.start()
    has_begun.wait()
    with sqlite.begin() as session:
        session.execute(text("INSERT INTO note VALUES (2)"))
        order.append("second")
    first.join()
    assert order == ["first", "second"]


def test_a_run_is_committed_at_its_end(database):
    with database.begin() as session:
        session.add(make_count("c-1"))
    assert list_counts(database) == ["c-1"]


def test_an_error_rolls_everything_back_and_stays_what_it_is(database):
    def fail_half_way():
        with database.begin() as session:
            session.add(make_count("c-1"))
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_half_way()
    assert list_counts(database) == []


def test_who_only_reads_cannot_write(database):
    with pytest.raises((DatabaseUnavailable, InternalError)), database.read() as session:  # noqa: PT012
        session.add(make_count("c-1"))
        session.flush()
    assert list_counts(database) == []


def test_what_is_changed_in_memory_while_reading_stays_there(database):
    with database.begin() as session:
        session.add(make_count("c-1"))
    with database.read() as session:
        (count,) = session.scalars(select(UrgentCount))
        count.library_id = "another"
    with database.read() as session:
        assert [one.library_id for one in session.scalars(select(UrgentCount))] == [make_count("c-1").library_id]


def test_breaking_a_rule_of_the_database_is_a_bug_and_not_a_database_that_is_down(database):
    with database.begin() as session:
        session.add(make_count("c-1"))
    with pytest.raises(IntegrityError), database.begin() as session:
        session.add(make_count("c-1"))


def test_an_error_of_the_database_does_not_tell_what_was_to_be_written(database):
    said = "mijn bsn is 111222333"
    visit = Visit(id="v-1", day=TUESDAY.date(), channel="web", library_id="bieb", language="nl")
    with database.begin() as session:
        session.add(visit)
        session.flush()
        times = {"created_at": TUESDAY, "last_turn_at": TUESDAY}
        session.add(Conversation(id="c-1", visit_id="v-1", library_id="bieb", channel="web", language="nl", **times))
    with pytest.raises(IntegrityError) as raised, database.begin() as session:
        session.add_all([Message(conversation_id="c-1", turn_id="t-1", text=said, created_at=TUESDAY) for _ in "ab"])
    assert "message" in str(raised.value)
    assert "[parameters" not in str(raised.value)
    assert said not in str(raised.value)


@pytest.mark.parametrize("way", ["begin", "read"])
def test_a_database_that_cannot_be_reached_is_unavailable(tmp_path, way):
    urls = [
        f"sqlite:///{tmp_path / 'no' / 'such' / 'folder.db'}",
        f"postgresql+psycopg://omdehoek@127.0.0.1:{find_free_port()}/omdehoek",
    ]
    for url in urls:
        lost = Database(url)
        with pytest.raises(DatabaseUnavailable) as raised, getattr(lost, way)() as session:
            session.execute(text("SELECT 1"))
        assert str(raised.value) == "OperationalError"
        assert isinstance(raised.value.__cause__, OperationalError)
        lost.dispose()


def test_a_database_that_stays_locked_is_unavailable(sqlite):
    impatient = Database(sqlite.url)

    @event.listens_for(impatient.engine, "connect")
    def lose_patience(connection, record):
        connection.execute("PRAGMA busy_timeout=10")

    with sqlite.begin() as first:
        first.execute(text("INSERT INTO note VALUES (1)"))
        with pytest.raises(DatabaseUnavailable), impatient.begin() as second:
            second.execute(text("INSERT INTO note VALUES (2)"))
    impatient.dispose()


def test_a_file_that_is_no_database_is_unavailable(tmp_path):
    path = tmp_path / "test.db"
    path.write_bytes(b"this is no database" * 100)
    broken = Database(f"sqlite:///{path}")
    with pytest.raises(DatabaseUnavailable), broken.read() as session:
        session.execute(text("SELECT 1"))
    broken.dispose()


def test_a_query_that_was_read_often_stays_planned(postgres, postgres_template):
    database = Database(postgres.url + postgres_template)
    for _ in range(10):
        list_counts(database)
    with database.read() as session:
        prepared = session.scalars(text("SELECT statement FROM pg_prepared_statements")).all()
    database.dispose()
    assert any("urgent_count" in statement for statement in prepared)


def test_a_connection_that_the_server_dropped_is_replaced(postgres, postgres_template):
    database = Database(postgres.url + "postgres")
    with database.read() as session:
        session.execute(text("SELECT 1"))
    other = Database(postgres.url + "postgres")
    with other.read() as session:
        session.execute(text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"))
    other.dispose()
    with database.read() as session:
        assert session.scalar(text("SELECT 1")) == 1
    database.dispose()


def test_a_run_that_only_reads_locks_nothing_on_any_database(database):
    locked = select(UrgentCount).with_for_update()
    with database.begin() as session:
        assert session.scalars(locked).all() == []
    with pytest.raises(RuntimeError, match="locks nothing"), database.read() as session:
        session.scalars(locked).all()
