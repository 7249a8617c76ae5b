"""What is put back is what there was, on either database, or nothing has changed."""

import gzip
import json
import stat
import threading

import pytest
from sqlalchemy import func, insert, select, text

from referral.backup.file import write_lines
from referral.backup.service import backup, restore
from referral.errors import InvalidInput
from referral.migrations.service import migrate
from referral.models.outgoing import Outgoing
from referral.models.person import Person
from referral.models.question import Question
from referral.models.referral import Referral, ReferralEvent
from tests.referral.backup.every_table import fill, make_value, read_all
from tests.referral.journal.conftest import refer_once
from tests.referral.journal.conftest import services as directory

BACKUPS = 8


@pytest.fixture
def filled(source):
    with source.engine.begin() as connection:
        fill(connection)
    return source


@pytest.fixture
def saved(make_database, tmp_path):
    """A backup of a full database."""
    database = make_database("sqlite")
    migrate(database.url)
    with database.engine.begin() as connection:
        fill(connection)
    backup(database, tmp_path / "saved.backup")
    return tmp_path / "saved.backup"


def read(database):
    with database.engine.connect() as connection:
        return read_all(connection)


def empty_reply(database):
    """Let a message have no reply at all, which is something else than the reply `null`."""
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE message SET reply = NULL WHERE id = (SELECT min(id) FROM message)"))


def count_empty_replies(database):
    with database.engine.connect() as connection:
        return connection.scalar(text("SELECT count(*) FROM message WHERE reply IS NULL"))


def test_every_row_of_every_table_comes_back_on_either_database(filled, target, tmp_path):
    empty_reply(filled)
    rows = backup(filled, tmp_path / "backup")
    content = read(filled)
    assert min(map(len, content.values())) == 2
    assert restore(target, tmp_path / "backup") == rows == sum(map(len, content.values()))
    assert read(target) == content
    assert count_empty_replies(target) == count_empty_replies(filled) == 1


def test_a_backup_of_what_was_put_back_is_the_same_file(saved, target, tmp_path):
    restore(target, saved)
    backup(target, tmp_path / "again")
    assert (tmp_path / "again").read_bytes() == saved.read_bytes()


def test_numbers_go_on_after_the_highest_that_came_back(saved, target):
    restore(target, saved)
    columns = Outgoing.__table__.columns
    row = {column.name: make_value(column, 2) for column in columns if column.name != "number"} | {"id": "another"}
    row |= {column.name: 9 for column in columns if column.name == "sequence"}
    with target.engine.begin() as connection:
        connection.execute(insert(Outgoing), row)
        assert connection.scalar(select(func.max(Outgoing.number))) == 3


def test_a_backup_is_of_one_moment_while_others_write(source, make_database, tmp_path):
    """The journal writes a question, its referral and its event in one transaction; they are tables apart."""
    directory.__wrapped__(source)
    stopped, written = threading.Event(), []

    def write():
        while not stopped.is_set():
            with source.begin() as session:
                refer_once(session, f"turn-{len(written)}")
            written.append(True)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        meanwhile = 0
        for number in range(BACKUPS):
            before = len(written)
            backup(source, tmp_path / str(number))
            meanwhile += len(written) - before
    finally:
        stopped.set()
        writer.join()
    assert meanwhile > 0, "nothing was written during a backup"
    last = 0
    for number in range(BACKUPS):
        put_back = make_database("sqlite")
        restore(put_back, tmp_path / str(number))
        with put_back.read() as session:
            questions, referrals, events = (
                session.scalar(select(func.count()).select_from(table)) for table in (Question, Referral, ReferralEvent)
            )
        assert questions == referrals == events >= last
        last = questions
    assert last > 0


def test_a_database_that_is_not_empty_is_left_alone_unless_it_may_be_replaced(source, saved):
    with source.engine.begin() as connection:
        row = {column.name: make_value(column, 1) for column in Person.__table__.columns} | {"id": "somebody"}
        connection.execute(insert(Person), row)
    before = read(source)
    with pytest.raises(InvalidInput, match="not empty"):
        restore(source, saved)
    assert read(source) == before
    restore(source, saved, replace=True)
    assert {len(rows) for rows in read(source).values()} == {2}
    assert "somebody" not in "".join(read(source)["person"])


def cut_off(content):
    return content[: len(content) // 2]


def lose_the_end(content):
    return gzip.compress(b"".join(gzip.decompress(content).splitlines(keepends=True)[:-3]))


def change_a_letter(content):
    return gzip.compress(gzip.decompress(content).replace(b"1name", b"1Name", 1))


def be_something_else(content):
    return b"no backup"


def be_empty(content):
    return b""


@pytest.mark.parametrize("damage", [cut_off, lose_the_end, change_a_letter, be_something_else, be_empty])
def test_a_damaged_file_is_refused_and_changes_nothing(filled, saved, damage):
    content = saved.read_bytes()
    saved.write_bytes(damage(content))
    before = read(filled)
    with pytest.raises(InvalidInput, match="saved"):
        restore(filled, saved, replace=True)
    assert read(filled) == before


def test_what_does_not_fit_halfway_changes_nothing(make_database, filled, tmp_path):
    """SQLite keeps what PostgreSQL has no room for: the last table to come back has a code that is too long."""
    other = make_database("sqlite")
    migrate(other.url)
    with other.engine.begin() as connection:
        fill(connection)
        connection.execute(text("UPDATE language SET code = code || :more"), {"more": "x" * 100})
    backup(other, tmp_path / "too_long")
    before = read(filled)
    if filled.engine.dialect.name == "sqlite":
        restore(filled, tmp_path / "too_long", replace=True)
        assert read(filled) == read(other)
        return
    with pytest.raises(InvalidInput, match="does not fit"):
        restore(filled, tmp_path / "too_long", replace=True)
    assert read(filled) == before


def test_another_shape_is_refused(filled, saved, tmp_path):
    before = read(filled)
    lines = gzip.decompress(saved.read_bytes()).splitlines(keepends=True)[:-1]
    first, *others = map(json.loads, lines)
    write_lines(saved, [first | {"revision": "0001"}, *others])
    with pytest.raises(InvalidInput, match="0001"):
        restore(filled, saved, replace=True)
    assert read(filled) == before
    with filled.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    with pytest.raises(InvalidInput, match="0001"):
        backup(filled, tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_only_the_owner_can_read_it_and_nothing_is_left_when_it_fails(filled, tmp_path):
    backup(filled, tmp_path / "backup")
    assert stat.S_IMODE((tmp_path / "backup").stat().st_mode) == 0o600
    with pytest.raises(InvalidInput, match="cannot write"):
        backup(filled, tmp_path / "no folder" / "backup")
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".part"] == []
