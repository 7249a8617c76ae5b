"""Which partners may be offered, and in which order. Pure: candidates and a need in, matches out.

The order: (1) a place that a wheelchair user cannot enter goes last; (2) the right kind of help, by the steps of
`score`: a second kind that is open soon goes before a first kind that is closed for more than a week, never before one
that is not; (3) the fewest minutes: waiting, appointment, travel, language, access, doubt about the facts; (4) name and
id, so that the same question always gets the same answer.
"""

from collections.abc import Sequence
from dataclasses import replace

from referral.directory.candidate import Candidate
from referral.directory.hours import HoursToday, Unsure, describe_today
from referral.matching.match import Match, Need, Reason, ReasonCode
from referral.matching.score import CLOSED_TOO_LONG, measure_wait, score_candidate
from referral.models.columns import Status
from referral.models.service_area import WHOLE_COUNTRY


def rank(candidates: Sequence[Candidate], need: Need) -> list[Match]:
    """Return the candidates that may be offered for this need, best first; each service once, at its best location."""
    matches = sorted((match for candidate in candidates if (match := _judge(candidate, need)) is not None), key=_order)
    best: dict[str, Match] = {}
    for match in matches:
        best.setdefault(match.candidate.service_id, match)
    return _mark_sooner(list(best.values()), need)


def is_reachable(candidate: Candidate) -> bool:
    return bool(candidate.channels)


def is_served(candidate: Candidate, municipality: str | None) -> bool:
    """Return whether the service is for people of this municipality, or for the whole country."""
    return WHOLE_COUNTRY in candidate.serves or (municipality is not None and municipality in candidate.serves)


def is_closed_too_long(today: HoursToday, need: Need) -> bool:
    """Return whether its hours are known and it does not open within four weeks."""
    if today.unsure is Unsure.NO_HOURS:
        return False
    wait = measure_wait(today, need.moment)
    return wait is None or wait > CLOSED_TOO_LONG


def _judge(candidate: Candidate, need: Need) -> Match | None:
    may_be_offered = (
        candidate.status is Status.ACTIVE
        and is_reachable(candidate)
        and is_served(candidate, need.municipality)
        and candidate.service_id not in need.declined
        and any(kind in candidate.kinds for kind in need.kinds)
    )
    if not may_be_offered:
        return None
    today = describe_today(candidate.hours, need.moment)
    if is_closed_too_long(today, need):
        return None
    reasons: list[Reason] = []
    score = score_candidate(candidate, need, today, reasons.append)
    return Match(candidate=candidate, score=score, reasons=tuple(reasons))


def _order(match: Match) -> tuple[bool, float, float, str, str, str]:
    candidate = match.candidate
    return (
        match.score.barred,
        match.score.tier,
        round(match.score.minutes, 3),
        candidate.name,
        candidate.service_id,
        candidate.location_id or "",
    )


def _mark_sooner(matches: list[Match], need: Need) -> list[Match]:
    """Say of a later kind that stands before the right kind that it does so because it is open sooner."""
    last_right = max((n for n, match in enumerate(matches) if _is_waited_for(match)), default=-1)
    return [
        replace(match, reasons=(*match.reasons, Reason(ReasonCode.SOONER_THAN_RIGHT_KIND)))
        if number < last_right and need.kinds[0] not in match.candidate.kinds
        else match
        for number, match in enumerate(matches)
    ]


def _is_waited_for(match: Match) -> bool:
    return {ReasonCode.RIGHT_KIND, ReasonCode.CLOSED_LONG} <= match.codes and not match.score.barred
