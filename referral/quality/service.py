"""What is found in the directory, service by service."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from referral.directory import service as directory
from referral.errors import NotFound
from referral.models.taxonomy_term import NATIONAL_KIND
from referral.quality import queries
from referral.quality.assembly import make_entries
from referral.quality.entry import Entry
from referral.quality.findings import Finding
from referral.quality.rules import check_entry
from referral.referring.knowledge import Knowledge

CHUNK = 500  # services at once: memory stays the same, however large the directory is


@dataclass(frozen=True, slots=True)
class Checked:
    """A service with what was found in it, the gravest first; often nothing."""

    entry: Entry
    findings: tuple[Finding, ...]


def check_directory(
    session: Session, knowledge: Knowledge, *, municipality: str | None, now: datetime
) -> Iterator[Checked]:
    """Yield every service that has not stopped, those of one organization together, for a municipality (GMxxxx) or all.

    The national organisations are left out: they come from the catalogue (`data/organisations.yml`), no library enters
    them.
    """
    ids = queries.list_service_ids(session, municipality)
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        entries = _load(session, chunk)
        for service_id in chunk:
            entry = entries[service_id]
            if NATIONAL_KIND not in entry.kinds:
                yield Checked(entry, check_entry(entry, knowledge, now))


def check_service(session: Session, service_id: str, knowledge: Knowledge, now: datetime) -> Checked:
    """Check one service, also a national one. Raises `NotFound`."""
    entries = _load(session, [service_id])
    if service_id not in entries:
        raise NotFound("no such service")
    entry = entries[service_id]
    return Checked(entry, check_entry(entry, knowledge, now))


def _load(session: Session, service_ids: list[str]) -> dict[str, Entry]:
    return make_entries(queries.load_rows(session, service_ids), directory.list_reach(session, service_ids))
