"""All that is found in one service, the gravest first. Pure, for the editor while somebody types as well."""

from datetime import datetime

from referral.clock import to_local
from referral.models.columns import Status
from referral.quality.contact import find_in_contact
from referral.quality.entry import Entry
from referral.quality.findings import Code, Finding, Severity
from referral.quality.freshness import find_in_freshness
from referral.quality.opening import find_in_opening
from referral.quality.subject import find_in_subject
from referral.quality.whereabouts import find_in_whereabouts
from referral.referring.knowledge import Knowledge

# Never offered again, so nothing has to be right.
_OVER = (Status.DEFUNCT, Status.INACTIVE)
_GRAVEST_FIRST = list(Severity)


def check_entry(entry: Entry, knowledge: Knowledge, now: datetime) -> tuple[Finding, ...]:
    """Return what is found, in a stable order; nothing in a service that has stopped. `now` is aware."""
    if entry.status in _OVER:
        return ()
    if entry.status is Status.MOVED:
        return (Finding(Code.MOVED, "service.status"),)
    found = [
        *find_in_subject(entry, knowledge.catalogue),
        *find_in_contact(entry),
        *find_in_opening(entry, now),
        *find_in_whereabouts(entry, knowledge.places, knowledge.postcodes),
        *find_in_freshness(entry, to_local(now).date()),
    ]
    return tuple(sorted(found, key=lambda finding: _GRAVEST_FIRST.index(finding.severity)))
