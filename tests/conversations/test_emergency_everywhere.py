"""An emergency gets its fixed text and nothing else: at every point of every goal, whatever is down (DESIGN §6.3)."""

import sqlite3
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import httpx
import pytest
from sqlalchemy import func, select

from api.worker.jobs import drain_spool
from referral.db import Database
from referral.journal.spool import UrgentSpool
from referral.models.conversation import Conversation
from referral.models.gap import Gap
from referral.models.question import Question
from referral.models.referral import Referral
from referral.models.urgent_count import UrgentCount
from tests.citizen import Citizen
from tests.conversations.breakable import PARTS
from tests.conversations.emergencies import EMERGENCIES, check_fixed_text, send_emergency
from tests.conversations.goals import Goal, load_goals
from tests.conversations.journal import make_keys, wait_for
from tests.conversations.visitor import Visitor
from tests.processes import Assistant

AT_ONCE = 4
# The text of an emergency does not wait for anything; a busy machine takes a moment all the same.
PROMPT = 2.0


@dataclass(frozen=True)
class Point:
    """A conversation that stands after so many turns of a goal."""

    goal: Goal
    turns: int
    conversation_id: str


@pytest.fixture(scope="module")
def points(breakable) -> list[Point]:
    """A conversation for every point of every goal, from before the first turn to after the last."""
    breakable.break_only()
    wanted = [(goal, turns) for goal in load_goals() for turns in range(len(goal.turns) + 1)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return [point for point in pool.map(lambda one: walk_to(breakable.url, *one), wanted) if point]


def walk_to(url: str, goal: Goal, turns: int) -> Point | None:
    """Walk there; None where the goal itself breaks off on the way, which its own test tells."""
    visitor = Visitor(url, goal)
    try:
        visitor.walk(goal.turns[:turns])
    except AssertionError:
        return None
    finally:
        visitor.close()
    return Point(goal, turns, visitor.conversation_id)


@pytest.fixture
def http(breakable):
    with httpx.Client(base_url=breakable.url, timeout=30) as client:
        yield client


@pytest.fixture
def database(breakable):
    made = Database(breakable.database_url)
    yield made
    made.dispose()


def send_at_every_point(http: httpx.Client, points: Sequence[Point], start: int) -> list[str]:
    """Send an emergency in each conversation and return the keys of these turns."""
    keys = []
    for number, point in enumerate(points, start):
        try:
            turn_id = send_emergency(http, point.conversation_id, number)
        except AssertionError as error:
            pytest.fail(f"{point.goal}, after {point.turns} turns: {error}", pytrace=False)
        keys += make_keys(point.conversation_id, [turn_id])
    return keys


def count_urgent(session, keys: Sequence[str]) -> int:
    return session.scalar(select(func.count()).where(UrgentCount.id.in_(keys)))


def assert_counted(database: Database, keys: Sequence[str]) -> None:
    assert wait_for(database, lambda session: count_urgent(session, keys) == len(keys))


def assert_nothing_else_written(database: Database, keys: Sequence[str]) -> None:
    with database.read() as session:
        for table in (Question, Referral, Gap):
            assert not session.scalars(select(table).where(table.turn_id.in_(keys))).all()


def count_open_questions(database: Database, points: Sequence[Point]) -> int:
    wanted = [point.conversation_id for point in points]
    with database.read() as session:
        conversations = session.scalars(select(Conversation).where(Conversation.id.in_(wanted)))
        return sum(conversation.awaiting is not None for conversation in conversations)


def test_nearly_every_point_of_the_goals_is_reached(points):
    assert len(points) > 0.9 * sum(len(goal.turns) + 1 for goal in load_goals())


def test_at_every_point_of_every_goal(http, database, points):
    assert count_open_questions(database, points) > len(points) / 4
    keys = send_at_every_point(http, points, start=0)
    assert_counted(database, keys)
    assert_nothing_else_written(database, keys)
    assert count_open_questions(database, points) == 0


def test_while_the_message_before_it_is_still_being_answered(breakable):
    breakable.break_only()
    citizen = Citizen(breakable.url)
    with breakable.hanging("rasa"), httpx.Client(base_url=breakable.url, timeout=30) as http:
        slow = threading.Thread(target=citizen.say, args=["ik wil huurtoeslag aanvragen"])
        slow.start()
        time.sleep(0.5)
        started = time.monotonic()
        send_emergency(http, citizen.conversation_id, 0)
        assert time.monotonic() - started < PROMPT
        slow.join()
    citizen.close()


@pytest.mark.parametrize("part", ["actions", "rasa"])
def test_at_every_point_with_that_part_down(http, database, breakable, points, part):
    breakable.break_only(part)
    keys = send_at_every_point(http, points, start=PARTS.index(part))
    assert_counted(database, keys)
    assert_nothing_else_written(database, keys)


@pytest.mark.parametrize("parts", [PARTS, ("rasa", "database")], ids=" ".join)
def test_at_every_point_with_the_database_down_and_counted_when_it_is_back(breakable, points, parts):
    breakable.break_only(*parts)
    with httpx.Client(base_url=breakable.url, timeout=30) as http:
        keys = send_at_every_point(http, points, start=len(parts))
    wait_for_spool(breakable, len(keys))
    breakable.break_only("rasa")
    database = Database(breakable.database_url)
    assert drain_spool(database, UrgentSpool(breakable.folder / "spool")) >= len(keys)
    assert_counted(database, keys)
    assert drain_spool(database, UrgentSpool(breakable.folder / "spool")) == 0
    database.dispose()


def wait_for_spool(assistant: Assistant, count: int) -> None:
    spool = assistant.folder / "spool" / "urgent.jsonl"
    deadline = time.monotonic() + 10
    while not (spool.exists() and spool.read_text().count('"signal"') >= count):
        assert time.monotonic() < deadline, f"fewer than {count} in the spool"
        time.sleep(0.05)


def test_while_another_program_holds_the_database(http, database, breakable, points):
    lock = sqlite3.connect(breakable.folder / "omdehoek.db", isolation_level=None)
    lock.execute("BEGIN EXCLUSIVE")
    started = time.monotonic()
    turn_id = send_emergency(http, points[0].conversation_id, 0)
    took = time.monotonic() - started
    wait_for_spool(breakable, 1)
    lock.execute("ROLLBACK")
    lock.close()
    assert took < PROMPT
    assert drain_spool(database, UrgentSpool(breakable.folder / "spool")) > 0
    assert_counted(database, make_keys(points[0].conversation_id, [turn_id]))


@pytest.mark.parametrize(
    "url",
    ["sqlite:////nowhere/at/all/omdehoek.db", "postgresql+psycopg://nobody@127.0.0.1:1/nothing"],
    ids=["no such folder", "no such server"],
)
def test_a_database_that_was_never_there(tmp_path, url):
    lonely = Assistant(tmp_path, OMDEHOEK_DATABASE_URL=url, OMDEHOEK_TURNS_PER_MINUTE="1")
    try:
        lonely.start("api")
        with httpx.Client(base_url=lonely.url, timeout=30) as http:
            for number in range(len(EMERGENCIES)):
                send_emergency(http, "never-opened", number)
        wait_for_spool(lonely, len(EMERGENCIES))
    finally:
        lonely.stop()


def test_before_every_limit_on_number_and_length(assistant):
    with httpx.Client(base_url=assistant.url, timeout=30) as http:
        text = "help " + EMERGENCIES[0][2] + " ." * 40_000
        body = {"turnId": "long-emergency", "text": text}
        answer = http.post("/v1/conversations/never-opened/messages", json=body)
        assert answer.status_code == httpx.codes.OK
        check_fixed_text(answer.json(), "zelfdoding", "nl")
