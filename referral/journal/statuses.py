"""The life of a referral: statuses of a FHIR Task, the steps between them, and the reasons for one.

Source: Gravity SDOH Clinical Care Implementation Guide, referral workflow (Task.status); the closed list of reasons is
DESIGN §5.
"""

from collections import deque
from enum import StrEnum

from referral.errors import IllegalTransition


class Status(StrEnum):
    REQUESTED = "requested"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    IN_PROGRESS = "in-progress"
    ON_HOLD = "on-hold"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"
    ENTERED_IN_ERROR = "entered-in-error"


class Reason(StrEnum):
    NO_CAPACITY = "no_capacity"
    WAITLIST = "waitlist"
    NOT_ELIGIBLE = "not_eligible"
    OUT_OF_AREA = "out_of_area"
    COULD_NOT_CONTACT = "could_not_contact"
    NO_SHOW = "no_show"
    CITIZEN_DECLINED = "citizen_declined"
    SOLVED_OTHERWISE = "solved_otherwise"
    NEEDS_CITIZEN_ACTION = "needs_citizen_action"
    MISSING_DOCUMENT = "missing_document"
    CLOSED_OR_MOVED = "closed_or_moved"
    WRONG_INFORMATION = "wrong_information"
    LANGUAGE_BARRIER = "language_barrier"
    COSTS = "costs"
    REFERRED_ELSEWHERE = "referred_elsewhere"
    EXPIRED = "expired"
    OTHER = "other"


class Actor(StrEnum):
    CITIZEN = "citizen"
    STAFF = "staff"
    PARTNER = "partner"
    SYSTEM = "system"


class Way(StrEnum):
    """Cold: the citizen goes alone. Warm: staff hand over. Appointment: a time is set."""

    COLD = "cold"
    WARM = "warm"
    APPOINTMENT = "appointment"


# Anything may turn out to be entered in error; nothing comes back from that.
STEPS: dict[Status, frozenset[Status]] = {
    Status.REQUESTED: frozenset({Status.ACCEPTED, Status.REJECTED, Status.CANCELLED, Status.FAILED}),
    Status.ACCEPTED: frozenset({Status.IN_PROGRESS, Status.ON_HOLD, Status.FAILED, Status.CANCELLED}),
    Status.IN_PROGRESS: frozenset({Status.ON_HOLD, Status.COMPLETED, Status.FAILED, Status.CANCELLED}),
    Status.ON_HOLD: frozenset({Status.IN_PROGRESS, Status.FAILED, Status.CANCELLED}),
    Status.REJECTED: frozenset(),
    Status.COMPLETED: frozenset(),
    Status.FAILED: frozenset(),
    Status.CANCELLED: frozenset(),
}


def can_go(start: Status, end: Status) -> bool:
    """Return whether a referral may go from `start` to `end`."""
    if end is Status.ENTERED_IN_ERROR:
        return start is not Status.ENTERED_IN_ERROR
    return end in STEPS.get(start, frozenset())


def check_step(start: Status, end: Status) -> None:
    """Raise `IllegalTransition` unless the step is allowed."""
    if not can_go(start, end):
        raise IllegalTransition(f"from {start} to {end}")


def find_path(start: Status, end: Status) -> tuple[Status, ...]:
    """Return the fewest legal steps that lead to `end`, which is the last of them; raise `IllegalTransition`.

    Who reports late reports several at once: that somebody was helped says that they came.
    """
    paths: deque[tuple[Status, ...]] = deque([()])
    seen: set[Status] = set()
    while paths:
        path = paths.popleft()
        here = path[-1] if path else start
        if path and here is end:
            return path
        if here not in seen:
            seen.add(here)
            paths.extend((*path, one) for one in Status if one in STEPS.get(here, ()) and one is not start)
    raise IllegalTransition(f"no way from {start} to {end}")
