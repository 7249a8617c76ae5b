"""The library's own desk, as the directory has it: who speaks for the library itself."""

from datetime import datetime

from sqlalchemy.orm import Session

from referral.directory import service as directory
from referral.directory.card import ServiceCard

# Kinds of partner that speak for the library itself, the nearest first.
LIBRARY_KINDS = ("bibliotheek", "ido")


def find_library(session: Session, library_id: str, now: datetime) -> ServiceCard | None:
    """Return the library's desk, or None when the directory has none."""
    for kind in LIBRARY_KINDS:
        if found := directory.find_service_of(session, library_id, kind):
            return directory.get_service(session, found, now=now)
    return None
