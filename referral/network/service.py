"""The week of a municipality's network, from the directory as it is now."""

from collections.abc import Collection
from datetime import date

from sqlalchemy.orm import Session

from referral.directory import service as directory
from referral.errors import InvalidInput
from referral.matching.rank import is_reachable
from referral.models.columns import Status
from referral.network.week import NetworkWeek, make_week

FIRST_YEAR, LAST_YEAR = 2000, 2100


def get_network_week(session: Session, municipality: str, kinds: Collection[str], start: date) -> NetworkWeek:
    """Return who of the partners that serve this municipality (GMxxxx) is open when, in seven days from `start`.

    `kinds` are ids of `data/partner_kinds.yml`, in the order in which they come back. What is closed or moved, or that
    nobody can reach, is left out; what is for the whole country is nobody's neighbour. Raises `InvalidInput` for a week
    that nobody can mean.
    """
    if not FIRST_YEAR <= start.year <= LAST_YEAR:
        raise InvalidInput(f"a week from {FIRST_YEAR} to {LAST_YEAR}")
    found = directory.search(session, kinds, municipality, ())
    active = [one for one in found.local if one.status is Status.ACTIVE and municipality in one.serves]
    reachable = [candidate for candidate in found.complete(session, active) if is_reachable(candidate)]
    return make_week(reachable, kinds, municipality, start)
