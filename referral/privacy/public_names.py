"""Finds names of whom everybody may speak: a minister, a writer, "Jan Modaal", the hotel called Van der Valk.

Somebody may bear the same name: after "mevrouw" or "ik ben" it is that person's.
"""

import re
from collections.abc import Iterator
from functools import cache

from referral.privacy.words import any_of, load_words

_WINDOW = 40


@cache
def _public() -> tuple[re.Pattern[str], re.Pattern[str]]:
    names = load_words().names
    person = any_of((*names.titles, *names.strong, *names.labels, *names.self, *names.kin, *names.sign_offs))
    return re.compile(any_of(names.public), re.IGNORECASE), re.compile(rf"{person}[\s.:,]{{1,3}}$", re.IGNORECASE)


def find_public_names(text: str) -> Iterator[tuple[int, int]]:
    """Yield from where to where a name stands in a folded text that is no citizen's."""
    public, person = _public()
    for match in public.finditer(text):
        if not person.search(text, max(0, match.start() - _WINDOW), match.start()):
            yield match.span()
