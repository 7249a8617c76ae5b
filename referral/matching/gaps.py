"""Why there is no local partner: a gap is a fact with a kind, not a missing row. Pure."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from referral.directory.candidate import Candidate
from referral.directory.hours import describe_today
from referral.matching.match import Need
from referral.matching.rank import could_be_offered, is_closed_too_long, is_reachable
from referral.models.columns import Status

# A partner of a neighbouring municipality within this distance, who does not serve this one: about what people cycle
# or take a bus for; no source, a choice.
NEARBY_KM = 20.0


class GapKind(StrEnum):
    """DESIGN §5. Only `none_exists` and `out_of_area` say something about the world; the rest is work for a library."""

    NONE_EXISTS = "none_exists"
    NOT_IN_DIRECTORY = "not_in_directory"
    CLOSED_TOO_LONG = "closed_too_long"
    OUT_OF_AREA = "out_of_area"
    NOT_REACHABLE = "not_reachable"


@dataclass(frozen=True, slots=True)
class Gap:
    """No local partner of `partner_kind` (the best kind for the question) could be offered in `municipality`."""

    kind: GapKind
    partner_kind: str
    municipality: str


def find_gap(
    listed: Sequence[Candidate], need: Need, *, absent_kinds: Collection[str], is_one_nearby: bool
) -> Gap | None:
    """Return the gap, or None when a local partner could be offered (also when the citizen has declined it).

    `listed` are all listed services of the wanted kinds for the municipality, closed ones too; `absent_kinds` are the
    kinds that an editor confirmed not to exist there; `is_one_nearby`: an active one that does not serve it is near.
    """
    if need.municipality is None or not need.kinds:
        return None
    if is_any_offered(listed, need):
        return None
    local = [candidate for candidate in listed if need.municipality in candidate.serves]
    kind = _classify(local, need, absent_kinds=absent_kinds, is_one_nearby=is_one_nearby)
    return Gap(kind, need.kinds[0], need.municipality)


def is_any_offered(listed: Iterable[Candidate], need: Need) -> bool:
    """Return whether a partner of the municipality could be offered to somebody with no wishes, who declined nobody."""
    return any(need.municipality in candidate.serves and could_be_offered(candidate, need) for candidate in listed)


def _classify(local: Sequence[Candidate], need: Need, *, absent_kinds: Collection[str], is_one_nearby: bool) -> GapKind:
    if any(_will_open_again(candidate, need) for candidate in local):
        return GapKind.CLOSED_TOO_LONG
    if any(candidate.status is Status.ACTIVE for candidate in local):
        return GapKind.NOT_REACHABLE
    if all(kind in absent_kinds for kind in need.kinds):
        return GapKind.NONE_EXISTS
    # What has moved or stopped is as good as not entered: the new address has to be found.
    return GapKind.OUT_OF_AREA if is_one_nearby else GapKind.NOT_IN_DIRECTORY


def _will_open_again(candidate: Candidate, need: Need) -> bool:
    if candidate.status is Status.TEMPORARILY_CLOSED:
        return True
    is_active = candidate.status is Status.ACTIVE and is_reachable(candidate)
    return is_active and is_closed_too_long(describe_today(candidate.hours, need.moment), need)
