"""What an action hears, and what it told, in the fewest words."""

from collections import Counter

from sqlalchemy import func, select

from actions.base import Heard
from referral.models.feedback import Feedback
from referral.models.gap import Gap
from referral.models.question import Question
from referral.models.referral import Referral

LIBRARY = "bibliotheek-zwolle-voorbeeld"


def hear(*, intent="", ranking=(), **slots):
    """Return a turn with these slots; `ranking` are names, the surest first."""
    known = {"turn_id": "turn-0001", "library_id": LIBRARY, "visit_id": None, "language": "nl"}
    ranked = tuple((name, 0.5 / (place + 1)) for place, name in enumerate(ranking))
    return Heard({**known, **slots}, intent, ranked)


def list_said(told):
    """Return of each payload its text key, or else its kind: `["recognise", "refer", "card", "is_this_it"]`."""
    return [payload.get("say") or next(iter(payload)) for payload in told.payloads]


def count_rows(session):
    """Return how much of what the journal holds."""
    kinds = {"questions": Question, "referrals": Referral, "gaps": Gap, "answers": Feedback}
    counts = {name: session.scalar(select(func.count()).select_from(kind)) for name, kind in kinds.items()}
    return Counter({name: count for name, count in counts.items() if count})
