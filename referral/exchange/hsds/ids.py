"""HSDS wants UUIDs; ours are words where a person wrote them (`ido-ommen-voorbeeld`)."""

import uuid
from collections.abc import Mapping

from sqlalchemy.orm import Session

from referral.directory.rows import make_child_id
from referral.exchange import queries
from referral.exchange.records import HEADS, Key

TERM = "taxonomy_term"


def to_uuid(table: str, row_id: str) -> str:
    """Return the id itself if it is a UUID, else one that is always the same for the same row."""
    return row_id if is_uuid(row_id) else make_child_id("hsds", table, row_id)


def is_uuid(text: str) -> bool:
    try:
        return str(uuid.UUID(text)) == text.lower()
    except ValueError:
        return False


def map_own_ids(session: Session) -> Mapping[Key, str]:
    """Return our id for each UUID that stands for one, so that what we gave out comes home."""
    return {
        (table, to_uuid(table, row_id)): row_id
        for table in (*HEADS, TERM)
        for row_id in queries.list_short_ids(session, table)
    }
