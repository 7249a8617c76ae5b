"""The handover of a conversation to a person of the library, and back: who waits, who has it, what staff said.

Nothing here commits and no timer runs: that nobody came in time is found by whoever looks (the citizen's client, the
inbox, the worker), and of all who look at once one ends it. Times: issue 7; the others are our own choice.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from referral.errors import NotFound, RecordChanged
from referral.handover import queries
from referral.models.conversation import Conversation
from referral.models.handover import End, Handover, HandoverLine, Presence, State
from referral.models.person import Person

# So long a citizen waits for somebody.
PATIENCE = timedelta(minutes=2)
# A minute, and what a browser adds that looks once a minute in a tab that lies behind another.
PRESENT = timedelta(seconds=90)
# So long a conversation stays with a colleague whose inbox is closed.
GONE = timedelta(minutes=5)
# A presence that is younger than this is not written again.
FRESH = timedelta(seconds=20)


def ask(session: Session, conversation: Conversation, now: datetime) -> Handover:
    """Let the conversation wait for a person; the caller runs its turn, so nobody else asks at the same time."""
    handover = find(session, conversation.id)
    if handover is None:
        handover = Handover(conversation_id=conversation.id, library_id=conversation.library_id, last_number=0)
        session.add(handover)
    elif handover.state in queries.OPEN:
        return handover
    handover.state, handover.asked_at = State.WAITING, now
    handover.taken_by = handover.taken_at = handover.ended_at = handover.ended_as = handover.closing_turn = None
    session.flush()
    return handover


def find(session: Session, conversation_id: str) -> Handover | None:
    """Return the handover of a conversation as it is in the database now, if there ever was one."""
    return session.get(Handover, conversation_id, populate_existing=True)


def get_of(session: Session, conversation_id: str, library_id: str) -> Handover:
    """Return the handover, or raise `NotFound` when this library has none of this conversation."""
    handover = find(session, conversation_id)
    if handover is None or handover.library_id != library_id:
        raise NotFound("no such handover")
    return handover


def is_open(handover: Handover | None) -> bool:
    """Return whether the assistant is silent."""
    return handover is not None and handover.state in queries.OPEN


def take(session: Session, conversation_id: str, person_id: str, now: datetime) -> None:
    """Let this colleague have it: while it waits, and when whoever had it went away; again is as good as once.

    Raises `RecordChanged` when a colleague was first, or it is over.
    """
    waits = (Handover.state == State.WAITING) & (Handover.asked_at > now - PATIENCE)
    free = waits | queries.is_alone(now - PRESENT)
    taken = {"state": State.TALKING, "taken_by": person_id, "taken_at": now}
    if not queries.step(session, conversation_id, free, **taken) and not _is_with(session, conversation_id, person_id):
        raise RecordChanged("a colleague was first, or it is over")


def say(session: Session, conversation_id: str, person_id: str, *, turn_id: str, text: str, now: datetime) -> None:
    """Say this masked text to the citizen, once a turn; raise `RecordChanged` when it is not this colleague's now."""
    if queries.find_line(session, conversation_id, turn_id) is None:
        claim_line(session, conversation_id, person_id)
        add_line(session, conversation_id, turn_id=turn_id, text=text, now=now)


def claim_line(session: Session, conversation_id: str, person_id: str) -> None:
    """Hold the handover for a line of this colleague until the commit; raise `RecordChanged` when it is not theirs."""
    mine = queries.is_with(person_id)
    if not queries.step(session, conversation_id, mine, last_number=Handover.last_number + 1):
        raise RecordChanged("not with this colleague now")


def add_line(
    session: Session,
    conversation_id: str,
    *,
    turn_id: str,
    now: datetime,
    text: str | None = None,
    referral_id: str | None = None,
    signal: str | None = None,
) -> None:
    """Write a line under the number that was claimed for it in this transaction."""
    handover = find(session, conversation_id)
    if handover is None:
        raise NotFound("no such handover")
    session.add(
        HandoverLine(
            conversation_id=conversation_id,
            turn_id=turn_id,
            number=handover.last_number,
            text=text,
            referral_id=referral_id,
            signal=signal,
            created_at=now,
        )
    )
    session.flush()


def note_signal(session: Session, conversation_id: str, *, turn_id: str, signal: str, now: datetime) -> None:
    """Tell staff, if they have the conversation, that the assistant answered an emergency; the text itself is gone."""
    if queries.find_line(session, conversation_id, turn_id) is not None:
        return
    is_open_now = Handover.state.in_(queries.OPEN)
    if queries.step(session, conversation_id, is_open_now, last_number=Handover.last_number + 1):
        add_line(session, conversation_id, turn_id=turn_id, signal=signal, now=now)


def find_line(session: Session, conversation_id: str, turn_id: str) -> HandoverLine | None:
    return queries.find_line(session, conversation_id, turn_id)


def list_lines(session: Session, conversation_id: str, after: int = 0) -> Sequence[HandoverLine]:
    return queries.list_lines(session, conversation_id, after)


def give_up(session: Session, conversation_id: str, person_id: str, how: End, now: datetime) -> None:
    """End it as this colleague wants; raise `RecordChanged` when it is not theirs (any more)."""
    over = {"state": State.ENDED, "ended_as": how, "ended_at": now}
    if not queries.step(session, conversation_id, queries.is_with(person_id), **over):
        raise RecordChanged("not with this colleague now")


def leave(session: Session, conversation_id: str, now: datetime) -> None:
    """Let the citizen go back to the assistant; nothing happens when they are there."""
    over = {"state": State.ENDED, "ended_as": End.LEFT, "ended_at": now}
    queries.step(session, conversation_id, Handover.state.in_(queries.OPEN), **over)


def end_overdue(session: Session, now: datetime, conversation_ids: Sequence[str] | None = None) -> int:
    """End what nobody came for within two minutes, and what was left alone; of these, or of all. Return how many."""
    ids = list_overdue(session, now) if conversation_ids is None else conversation_ids
    is_overdue = queries.is_overdue(asked=now - PATIENCE, alone=now - GONE)
    over = {"state": State.ENDED, "ended_as": End.NOBODY, "ended_at": now}
    return sum(queries.step(session, one, is_overdue, **over) for one in ids)


def list_overdue(session: Session, now: datetime) -> Sequence[str]:
    """Return the conversations that `end_overdue` would end."""
    return queries.list_overdue(session, asked=now - PATIENCE, alone=now - GONE)


def is_unsettled(session: Session, handover: Handover, now: datetime) -> bool:
    """Return whether it has to end, or has ended and nobody said so yet."""
    if handover.state is State.ENDED:
        return handover.closing_turn is None
    return handover.conversation_id in list_overdue(session, now)


def claim_closing(session: Session, conversation_id: str, turn_id: str) -> bool:
    """Return whether the caller is the one to say that the assistant is back, in this turn."""
    unsaid = (Handover.state == State.ENDED) & Handover.closing_turn.is_(None)
    return queries.step(session, conversation_id, unsaid, closing_turn=turn_id)


def list_open(session: Session, library_id: str) -> Sequence[tuple[Handover, Person | None]]:
    """Return what waits for staff of a library, the longest first, then what they have in hand, with who has it."""
    return queries.list_open(session, library_id)


def note_presence(session: Session, person_id: str, library_id: str, now: datetime) -> None:
    queries.write_presence(session, person_id, library_id, now)


def is_presence_fresh(session: Session, person_id: str, library_id: str, now: datetime) -> bool:
    """Return whether it was noted a moment ago that this colleague is here."""
    presence = session.get(Presence, person_id)
    return presence is not None and presence.library_id == library_id and presence.seen_at > now - FRESH


def is_somebody_present(session: Session, library_id: str, now: datetime) -> bool:
    """Return whether somebody of the library would see a question come in."""
    return queries.was_seen(session, library_id, now - PRESENT)


def _is_with(session: Session, conversation_id: str, person_id: str) -> bool:
    handover = find(session, conversation_id)
    return handover is not None and handover.state is State.TALKING and handover.taken_by == person_id
