"""What was not recognised: kept for some weeks, masked, until staff say what it was about (docs/decisions/0014).

Nothing here commits; the edge does. What concerns an emergency or somebody's health never comes here.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from referral.catalogue.service import OUT_OF_SCOPE, Catalogue
from referral.clock import to_local
from referral.conversations import service as conversations
from referral.errors import AlreadyDecided, InvalidInput, NotFound
from referral.learning import queries
from referral.models.unrecognised import Heard, Unrecognised
from referral.privacy.mask import mask
from referral.privacy.spans import REPLACEMENTS

DISCARDED = "discarded"
OTHER_DECISIONS = frozenset({OUT_OF_SCOPE, DISCARDED})
BLANK = REPLACEMENTS["NAME"]


@dataclass(frozen=True, slots=True)
class Missed:
    """A look-up at the desk: the masked text, the topics of the triage, and the one that staff opened instead."""

    library_id: str
    text: str
    likely: Sequence[str]
    chosen: str


@dataclass(frozen=True, slots=True)
class Review:
    """The oldest that nobody has looked at, and how many there are in all."""

    entries: Sequence[Unrecognised]
    total: int


def keep_unclear(session: Session, conversation_ids: Collection[str]) -> int:
    """Take over what was not understood in these conversations, which end now; return how many.

    Run it in the transaction that deletes them, so that nothing is kept twice, and nothing of a conversation that its
    citizen has erased.
    """
    kept = 0
    for library_id, message in conversations.list_unclear(session, conversation_ids):
        day = to_local(message.created_at).date()
        kept += _note(session, library_id, Heard.CHAT, message.text or "", message.unclear or (), day=day)
    return kept


def note_missed(session: Session, missed: Missed, catalogue: Catalogue, now: datetime) -> bool:
    """Keep a look-up that the triage had no answer to, once a day; return whether it is kept.

    Raises `UnknownTopic`.
    """
    if missed.chosen in missed.likely or is_private(catalogue, (missed.chosen, *missed.likely)):
        return False
    day = to_local(now).date()
    return _note(session, missed.library_id, Heard.DESK, missed.text, missed.likely, chosen=missed.chosen, day=day)


def is_private(catalogue: Catalogue, topics: Collection[str]) -> bool:
    """Return whether one of the topics is an emergency or somebody's health."""
    return any(catalogue.is_sensitive(topic) for topic in topics)


def list_review(session: Session, library_id: str, limit: int) -> Review:
    return Review(queries.list_open(session, library_id, limit), queries.count_open(session, library_id))


def list_all(session: Session) -> Sequence[Unrecognised]:
    """Return everything that is kept, of all libraries, the oldest first."""
    return queries.list_all(session)


def show_words(entry: Unrecognised) -> list[str]:
    """Return the words of a text as staff see them: masked once more, for the masker may have learnt since."""
    return mask(entry.text).masked.split()


def decide(
    session: Session,
    entry_id: str,
    decision: str,
    *,
    blanked: Collection[int],
    catalogue: Catalogue,
    library_id: str,
    now: datetime,
) -> None:
    """Say what a text was about: a topic, or one of `OTHER_DECISIONS`.

    `blanked` are the places of the words (`show_words`) that nobody should keep. Raises `InvalidInput` for a word or a
    decision that there is not, `NotFound`, and `AlreadyDecided` when a colleague was first.
    """
    if decision not in OTHER_DECISIONS and (decision not in catalogue.topics or is_private(catalogue, (decision,))):
        raise InvalidInput("no such decision")
    entry = _get(session, entry_id, library_id)
    if entry.decision:
        raise AlreadyDecided("somebody has looked at it")
    words = show_words(entry)
    if not set(blanked) <= set(range(len(words))):
        raise InvalidInput("no such word")
    entry.text = blank_words(words, blanked)
    entry.decision, entry.decided_at = decision, now
    session.flush()


def undo(session: Session, entry_id: str, *, library_id: str) -> None:
    """Take a decision back; the words that were blanked stay away. Raises `NotFound`."""
    entry = _get(session, entry_id, library_id)
    entry.decision = entry.decided_at = None
    session.flush()


def blank_words(words: Sequence[str], blanked: Collection[int]) -> str:
    """Return the text with a plain word in the place of those that are blanked, one for several in a row."""
    kept: list[str] = []
    for place, word in enumerate(words):
        if place not in blanked:
            kept.append(word)
        elif place - 1 not in blanked:
            kept.append(BLANK)
    return " ".join(kept)


def _get(session: Session, entry_id: str, library_id: str) -> Unrecognised:
    entry = queries.find_locked(session, entry_id)
    if entry is None or entry.library_id != library_id:
        raise NotFound("no such entry")
    return entry


def _note(
    session: Session,
    library_id: str,
    heard: Heard,
    text: str,
    likely: Sequence[str],
    *,
    day: date,
    chosen: str | None = None,
) -> bool:
    entry = Unrecognised(
        library_id=library_id, heard=heard, text=mask(text).masked, likely=list(likely), chosen=chosen, day=day
    )
    if queries.is_noted(session, entry):
        return False
    session.add(entry)
    session.flush()
    return True
