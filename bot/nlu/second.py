"""Finds a second topic in a message: "mijn DigiD doet het niet en ik heb ook schulden" is about two.

A message is cut in two wherever a sentence or clause ends. When the halves are surely about two different topics, and
the message as a whole has both among its best three, both are meant. Measured on pairs of messages that the classifier
had not seen: both are found in 51 % (its top two are both right in 62 %), and 7 % of single messages get a second
topic that they are not about; hence it is only offered, below the answer to the first. Since then the whole must give
it a share of its own, too: of 36 second topics in 675 single examples none is left ("…, and for three weeks now" is no
complaint about health), of 268 pairs found 236.
"""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bot.nlu.margins import Margins

SURE = 0.9
AMONG = 3
# Of the message as a whole; what is said in half of it weighs at least so much.
LEAST = 0.001
MIN_WORDS = 3
# Each half costs as much as the message itself.
MAX_CUTS = 4
_CUT = re.compile(
    r"[.!?;\n]+|,|\b(?:en ook|en verder|ook nog|daarnaast|verder|en|and also|and|also|plus)\b", re.IGNORECASE
)


def cut_in_two(text: str) -> list[tuple[str, str]]:
    """Return the ways to cut a message in two halves of three words or more, the first few."""
    cuts = ((text[: cut.start()], text[cut.end() :]) for cut in _CUT.finditer(text))
    halves = [pair for pair in cuts if all(len(half.split()) >= MIN_WORDS for half in pair)]
    return halves[:MAX_CUTS]


def find_second(ranking: Sequence[tuple[str, float]], halves: Margins, intents: NDArray[np.str_]) -> str | None:
    """Return the other topic: `ranking` are the intents of the whole, the best first, with their shares (0–1).

    `halves` (2 per cut × intents) are the shares in each half.
    """
    first = ranking[0][0]
    likely = {name for name, share in ranking[:AMONG] if share >= LEAST}
    best_share, best = SURE, None
    for before, after in zip(halves[::2], halves[1::2], strict=True):
        names = {str(intents[before.argmax()]), str(intents[after.argmax()])}
        share = min(before.max(), after.max())
        if len(names) == 2 and first in names and names <= likely and share >= best_share:
            best_share, best = share, (names - {first}).pop()
    return best
