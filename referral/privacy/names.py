"""Finds names of persons: those that are said to be one, and those that can be nothing else."""

from collections.abc import Iterator
from itertools import chain

from referral.privacy.folding import blank
from referral.privacy.name_words import name_end
from referral.privacy.names_said import find_in_a_role, find_introduced, find_related, find_signed, find_titled
from referral.privacy.names_unsaid import find_at_the_edge, find_beside, find_opening, find_unannounced
from referral.privacy.pages import Page
from referral.privacy.public_names import find_public_names
from referral.privacy.spans import Span

_RULES = (
    find_introduced,
    find_titled,
    find_in_a_role,
    find_signed,
    find_related,
    find_opening,
    find_at_the_edge,
    find_beside,
    find_unannounced,
)


def find_names(text: str) -> Iterator[Span]:
    """Yield every name of a person in a folded text, without the title before it; some may overlap."""
    page = Page.of(blank(text, find_public_names(text)))
    for first, end in chain.from_iterable(rule(page) for rule in _RULES):
        if end > first:
            yield Span(page.tokens[first].start, name_end(page.tokens[end - 1]), "NAME")
