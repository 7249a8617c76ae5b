"""Makes what a citizen typed fit to be kept: readable characters only, of a limited length, and masked."""

import re
import unicodedata

from referral.errors import InvalidInput, TextTooLong
from referral.privacy.mask import Masked, mask

# Joiners shape Persian and Arabic words and hold an emoji together; beside a Latin letter or a digit they only hide.
_JOINERS = re.compile(r"[\u200c\u200d](?![^\x00-\u02af])|(?<![^\x00-\u02af])[\u200c\u200d]")
_SPACES = re.compile(r"\s+")
_DROPPED = frozenset({"Cc", "Cf", "Cs"})
_KEPT = frozenset("\u200c\u200d")


def clean(text: str, *, limit: int) -> str:
    """Return `text` in NFC without control, direction and invisible characters, on one line, without leading slashes.

    Rasa reads a message that begins with a slash as an intent. `limit` is in characters, of what was sent and of what
    is left of it.

    Raises:
        TextTooLong: there is more than `limit`.
        InvalidInput: nothing is left to read.
    """
    if len(text) > limit:
        raise TextTooLong(f"{len(text)} characters, {limit} allowed")
    spaced = _SPACES.sub(" ", text)
    visible = "".join(one for one in spaced if one in _KEPT or unicodedata.category(one) not in _DROPPED)
    normal = unicodedata.normalize("NFC", _JOINERS.sub("", visible))
    cleaned = _SPACES.sub(" ", normal).strip().lstrip("/ ")
    if not cleaned:
        raise InvalidInput("nothing to read")
    if len(cleaned) > limit:
        raise TextTooLong(f"{len(cleaned)} characters, {limit} allowed")
    return cleaned


def prepare(text: str, *, limit: int) -> Masked:
    """Return `text` cleaned and masked; the spans are offsets in the cleaned text (`clean`).

    Raises:
        TextTooLong, InvalidInput: as `clean`.
    """
    return mask(clean(text, limit=limit))
