"""Masks personal data in what people write, before anything is stored, logged or learnt from.

Masking is total (any text at all, in time that grows with its length) and idempotent: a masked text comes back as it
is. A word may become a cue by what was masked beside it, so the recognisers read the masked text again until nothing
is found; a text that never comes to rest is made to deceive and is masked whole.
"""

from collections.abc import Callable, Iterable, Iterator

from referral.privacy.accounts import find_accounts
from referral.privacy.amounts import find_amounts
from referral.privacy.births import find_births
from referral.privacy.emails import find_emails
from referral.privacy.folding import blank, fold
from referral.privacy.names import find_names
from referral.privacy.numbers import find_bsns, find_long_numbers, find_v_numbers
from referral.privacy.phones import find_phones, find_public_numbers
from referral.privacy.plates import find_plates
from referral.privacy.postcodes import find_postcodes
from referral.privacy.secrets import find_secrets
from referral.privacy.spans import PLACEHOLDERS, Masked, Span, apply_spans, replace
from referral.privacy.streets import find_streets

__all__ = ["PLACEHOLDERS", "Masked", "Span", "mask"]

_MAX_READINGS = 12

# The surest first: what one has found, the next do not see.
_RECOGNISERS: tuple[Callable[[str], Iterable[Span]], ...] = (
    find_emails,
    find_accounts,
    find_v_numbers,
    find_long_numbers,
    find_births,
    find_phones,
    find_bsns,
    find_secrets,
    find_postcodes,
    find_streets,
    find_plates,
    find_names,
)


def mask(text: str) -> Masked:
    """Return `text` with all personal data replaced by plain words (`PLACEHOLDERS`), and where it stood in `text`.

    Of a postcode the four digits stay. Numbers of services and organisations, dates that are no date of birth, names
    of organisations and places, amounts, years and times stay as they are.
    """
    spans: tuple[Span, ...] = ()
    masked = text
    for _ in range(_MAX_READINGS):
        found = _find_all(masked)
        grown = _merge(text, spans, found)
        again = apply_spans(text, grown)
        if again == masked:
            return Masked(masked, spans)
        spans, masked = grown, again
    whole = Span(0, len(text), "NAME")
    return Masked(replace(text, whole), (whole,))


def _find_all(text: str) -> list[Span]:
    """Return what all recognisers find in `text`, in order and without overlaps."""
    folded = fold(text)
    unread = blank(folded, (*find_public_numbers(folded), *find_amounts(folded)))
    spans: list[Span] = []
    for find in _RECOGNISERS:
        found = [span for span in _without_overlaps(find(unread)) if not _is_masked(text[span.start : span.end])]
        unread = blank(unread, ((span.start, span.end) for span in found))
        spans += found
    return sorted(spans)


def _without_overlaps(spans: Iterable[Span]) -> Iterator[Span]:
    """Yield the spans in order; of two that overlap the first, and of two that begin together the longer."""
    end = 0
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if span.start >= end:
            yield span
            end = span.end


def _is_masked(part: str) -> bool:
    return all(word.strip(".,") in PLACEHOLDERS for word in part.split())


def _merge(text: str, spans: tuple[Span, ...], found: list[Span]) -> tuple[Span, ...]:
    """Return `spans` together with those `found` in the masked text, all as offsets in `text`.

    One that is found around a placeholder takes the place of what the placeholder stood for.
    """
    starts, ends, shift = [], [], 0
    for old in spans:
        starts.append(old.start + shift)
        ends.append(starts[-1] + len(replace(text, old)))
        shift = ends[-1] - old.end
    merged: list[Span] = []
    at, shift = 0, 0
    for new in found:
        while at < len(spans) and ends[at] <= new.start:
            merged.append(spans[at])
            shift = spans[at].end - ends[at]
            at += 1
        start = spans[at].start if at < len(spans) and starts[at] < new.start else new.start + shift
        reached = new.end
        while at < len(spans) and starts[at] < new.end:
            reached = max(reached, ends[at])
            shift = spans[at].end - ends[at]
            at += 1
        start = max(start, merged[-1].end if merged else 0)
        if start < reached + shift:
            merged.append(Span(start, reached + shift, new.type))
    return (*merged, *spans[at:])
