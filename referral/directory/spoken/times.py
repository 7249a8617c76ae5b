"""From times as they were said to minutes of the day: "2-4 's middags", "9 tot 12 en 1 tot 5". Pure."""

from collections.abc import Iterable

from referral.directory.spoken.phrases import MisreadError, MisreadReason
from referral.directory.spoken.tokens import MIDNIGHT, NOON, Clock, Token

Spans = tuple[tuple[int, int], ...]
"""From … to in minutes after midnight; an end beyond 24 hours is in the next day."""

EVENING = 18 * 60
DAWN = 6 * 60


def read_spans(tokens: Iterable[Token], part: int | None) -> Spans:
    """Return the spans of times in their order; `part` is that of the days, for times that name none themselves.

    Raises `MisreadError` where two times of the day are possible ("dinsdag 1 tot 3") or none.
    """
    spans: list[tuple[int, int]] = []
    for token in tokens:
        if token.times is None:
            raise MisreadError(token.text, MisreadReason.UNSURE_TIME)
        limit = token.part if token.part is not None else part
        after = spans[-1][1] if spans else None
        span = _read_span(token.times, limit, after)
        if span is None or (after is not None and span[0] < after):
            raise MisreadError(token.text, MisreadReason.UNSURE_TIME)
        spans.append(span)
    return tuple(spans)


def _read_span(times: tuple[Clock, Clock], limit: int | None, after: int | None) -> tuple[int, int] | None:
    start, end = times[0].minutes, times[1].minutes
    if limit is not None:
        start, end = _shift(times[0], limit), _shift(times[1], limit)
    elif times[0].is_short and after is not None and start < after:
        start += NOON  # "9 tot 12 en 1 tot 5"
    elif times[0].is_short and start < DAWN:
        return None
    if end <= start and times[1].is_short and end + NOON > start:
        end += NOON  # "9 tot 5"
    if end == 0:
        end = MIDNIGHT
    if end <= start and start >= EVENING and end <= DAWN:
        end += MIDNIGHT  # "22:00-02:00"
    return (start, end) if start < end and start < MIDNIGHT else None


def _shift(clock: Clock, limit: int) -> int:
    is_shifted = clock.is_short and 0 < clock.minutes < (limit + 1) * 60
    return clock.minutes + NOON if is_shifted else clock.minutes
