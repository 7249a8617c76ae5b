"""A conversation goes to a person and comes back: once, to one colleague, and never to nobody."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from referral.conversations import service as conversations
from referral.errors import NotFound, RecordChanged
from referral.handover import service as handover
from referral.handover.service import GONE, PATIENCE, PRESENT
from referral.models.handover import End, Handover, HandoverLine, State
from tests.clock import TUESDAY
from tests.referral.conversations.conftest import LIBRARY, open_one

A_SECOND = timedelta(seconds=1)
LATER = TUESDAY + timedelta(seconds=30)


def find(database, conversation_id):
    with database.read() as session:
        return handover.find(session, conversation_id)


def take(database, conversation_id, person_id, now=LATER):
    with database.begin() as session:
        handover.take(session, conversation_id, person_id, now)


def say(database, conversation_id, person_id, text, turn_id):
    with database.begin() as session:
        handover.say(session, conversation_id, person_id, turn_id=turn_id, text=text, now=LATER)


def read_lines(database, conversation_id, after=0):
    with database.read() as session:
        return [
            (line.number, line.text or line.signal) for line in handover.list_lines(session, conversation_id, after)
        ]


def test_a_conversation_without_handover_is_with_the_assistant(database, conversation_id):
    assert not handover.is_open(find(database, conversation_id))


def test_who_asks_twice_waits_since_the_first_time(database, waiting):
    with database.begin() as session:
        handover.ask(session, conversations.get_conversation(session, waiting), LATER)
    assert find(database, waiting).asked_at == TUESDAY


def test_a_colleague_takes_what_waits_and_talks(database, waiting, staff):
    take(database, waiting, staff[0])
    say(database, waiting, staff[0], "Goedemorgen.", "turn-one")
    say(database, waiting, staff[0], "Wat is er?", "turn-two")
    assert find(database, waiting).state is State.TALKING
    assert read_lines(database, waiting) == [(1, "Goedemorgen."), (2, "Wat is er?")]
    assert read_lines(database, waiting, after=1) == [(2, "Wat is er?")]


def test_what_is_sent_twice_is_said_once(database, waiting, staff):
    take(database, waiting, staff[0])
    for _ in range(2):
        say(database, waiting, staff[0], "Goedemorgen.", "turn-one")
    assert read_lines(database, waiting) == [(1, "Goedemorgen.")]


def test_the_second_colleague_gets_nothing_and_the_first_may_press_again(database, waiting, staff):
    take(database, waiting, staff[0])
    with pytest.raises(RecordChanged):
        take(database, waiting, staff[1])
    take(database, waiting, staff[0])
    assert find(database, waiting).taken_by == staff[0]
    with pytest.raises(RecordChanged):
        say(database, waiting, staff[1], "Ik ook.", "turn-one")
    with database.begin() as session, pytest.raises(RecordChanged):
        handover.give_up(session, waiting, staff[1], End.CLOSED, LATER)


def test_of_two_who_take_it_at_once_one_has_it(database, waiting, staff):
    start, refused = threading.Barrier(2), []

    def try_it(person_id):
        start.wait()
        try:
            take(database, waiting, person_id)
        except RecordChanged:
            refused.append(person_id)

    threads = [threading.Thread(target=try_it, args=(person_id,)) for person_id in staff]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert {find(database, waiting).taken_by, *refused} == set(staff)


def test_nobody_says_anything_before_it_is_taken(database, waiting, staff):
    with pytest.raises(RecordChanged):
        say(database, waiting, staff[0], "Hallo.", "turn-one")
    assert read_lines(database, waiting) == []


@pytest.mark.parametrize(("waited", "ended"), [(PATIENCE - A_SECOND, 0), (PATIENCE, 1)])
def test_after_two_minutes_nobody_came(database, waiting, waited, ended):
    with database.begin() as session:
        assert handover.end_overdue(session, TUESDAY + waited) == ended
    assert find(database, waiting).ended_as == (End.NOBODY if ended else None)
    with database.begin() as session:
        assert handover.end_overdue(session, TUESDAY + waited) == 0


def test_after_two_minutes_nobody_takes_it_any_more(database, waiting, staff):
    with pytest.raises(RecordChanged):
        take(database, waiting, staff[0], TUESDAY + PATIENCE)


def test_what_is_taken_in_time_is_not_ended(database, waiting, staff):
    take(database, waiting, staff[0])
    with database.begin() as session:
        assert handover.end_overdue(session, TUESDAY + PATIENCE) == 0


def test_a_colleague_who_went_away_is_replaced_and_at_last_given_up(database, waiting, staff):
    take(database, waiting, staff[0])
    with pytest.raises(RecordChanged):
        take(database, waiting, staff[1], TUESDAY + PRESENT - A_SECOND)
    take(database, waiting, staff[1], LATER + PRESENT)
    assert find(database, waiting).taken_by == staff[1]
    with database.begin() as session:
        assert handover.end_overdue(session, LATER + PRESENT + GONE) == 1


def test_a_colleague_whose_inbox_is_open_keeps_it(database, waiting, staff):
    take(database, waiting, staff[0])
    later = LATER + GONE + A_SECOND
    with database.begin() as session:
        handover.note_presence(session, staff[0], LIBRARY, later - A_SECOND)
        assert handover.end_overdue(session, later) == 0


@pytest.mark.parametrize("how", [End.HANDED_BACK, End.CLOSED])
def test_a_colleague_gives_it_up(database, waiting, staff, how):
    take(database, waiting, staff[0])
    with database.begin() as session:
        handover.give_up(session, waiting, staff[0], how, LATER)
    assert (find(database, waiting).state, find(database, waiting).ended_as) == (State.ENDED, how)


def test_a_citizen_leaves_whoever_has_it(database, waiting, staff):
    take(database, waiting, staff[0])
    with database.begin() as session:
        handover.leave(session, waiting, LATER)
        handover.leave(session, waiting, LATER)
    assert find(database, waiting).ended_as is End.LEFT
    with pytest.raises(RecordChanged):
        say(database, waiting, staff[0], "Bent u er nog?", "turn-one")


def test_the_closing_is_said_once_and_again_after_a_second_time(database, waiting):
    with database.begin() as session:
        assert not handover.claim_closing(session, waiting, "close-1")
        handover.leave(session, waiting, LATER)
        assert handover.claim_closing(session, waiting, "close-1")
        assert not handover.claim_closing(session, waiting, "close-2")
        handover.ask(session, conversations.get_conversation(session, waiting), LATER)
        handover.leave(session, waiting, LATER)
        assert handover.claim_closing(session, waiting, "close-2")


def test_numbers_go_on_when_the_citizen_asks_again(database, waiting, staff):
    take(database, waiting, staff[0])
    say(database, waiting, staff[0], "Goedemorgen.", "turn-one")
    with database.begin() as session:
        handover.leave(session, waiting, LATER)
        handover.ask(session, conversations.get_conversation(session, waiting), LATER)
    take(database, waiting, staff[1])
    say(database, waiting, staff[1], "Daar bent u weer.", "turn-two")
    assert read_lines(database, waiting) == [(1, "Goedemorgen."), (2, "Daar bent u weer.")]


def test_staff_see_an_emergency_only_of_what_they_have(database, waiting):
    with database.begin() as session:
        other = open_one(session)
        for conversation_id in (waiting, other):
            for _ in range(2):
                handover.note_signal(session, conversation_id, turn_id="turn-one", signal="brand", now=LATER)
    assert read_lines(database, waiting) == [(1, "brand")]
    assert read_lines(database, other) == []


def test_the_longest_wait_stands_first_and_what_is_taken_last(database, waiting, staff):
    with database.begin() as session:
        taken, later, elsewhere = (open_one(session) for _ in range(3))
        for conversation_id, at in ((taken, TUESDAY - A_SECOND), (later, LATER), (elsewhere, TUESDAY)):
            conversation = conversations.get_conversation(session, conversation_id)
            conversation.library_id = "elsewhere" if conversation_id == elsewhere else LIBRARY
            handover.ask(session, conversation, at)
        handover.take(session, taken, staff[1], LATER)
    with database.read() as session:
        listed = [(one.conversation_id, person and person.name) for one, person in handover.list_open(session, LIBRARY)]
        with pytest.raises(NotFound):
            handover.get_of(session, elsewhere, LIBRARY)
    assert listed == [(waiting, None), (later, None), (taken, "bas")]


def test_somebody_is_there_while_an_inbox_is_open(database, staff):
    with database.read() as session:
        assert handover.is_somebody_present(session, LIBRARY, TUESDAY + PRESENT - A_SECOND)
        assert not handover.is_somebody_present(session, LIBRARY, TUESDAY + PRESENT)
        assert not handover.is_somebody_present(session, "elsewhere", TUESDAY)


def test_nothing_of_it_outlives_the_conversation(database, waiting, staff):
    take(database, waiting, staff[0])
    say(database, waiting, staff[0], "Goedemorgen.", "turn-one")
    with database.begin() as session:
        conversations.delete_conversation(session, waiting)
    with database.read() as session:
        assert [session.scalar(select(func.count()).select_from(kind)) for kind in (Handover, HandoverLine)] == [0, 0]
