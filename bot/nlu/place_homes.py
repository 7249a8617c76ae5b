"""Reads what stands behind a name: the municipality or province of the place, or the town that it is a district of."""

from dataclasses import replace

from bot.nlu.found import Found
from bot.nlu.gazetteer import Gazetteer
from bot.nlu.place_words import Words

# What may stand between the two.
_BETWEEN = frozenset(("", "in", "gemeente", "gem", "te", "by", "provincie", "prov", "in de gemeente", "in gemeente"))
_LONGEST_BETWEEN = 3  # words
_LONGEST_HOME = 4  # words


def add_home(words: Words, end: int, found: Found, gazetteer: Gazetteer, *, always: bool = False) -> tuple[int, Found]:
    """Return where the place with what belongs to it ends, and the place, made "Elst (Rhenen)" if its name needs that.

    `end` is the index of the first word behind the name. With `always` the municipality is added also to a name that
    one place alone bears.
    """
    for skipped in range(_LONGEST_BETWEEN):
        first = end + skipped
        if words.join(end, first) not in _BETWEEN:
            continue
        for until in range(min(len(words), first + _LONGEST_HOME), first, -1):
            typed = words.join(first, until)
            is_joined = skipped > 0 or any(mark in words[end].before for mark in ",(-")
            value = _name_with_home(found.value, typed, gazetteer, always) or (
                _find_town_around(found.value, typed, gazetteer) if is_joined else None
            )
            if value:
                return until, replace(found, value=value, end=words[until - 1].end)
    return end, found


def _name_with_home(name: str, typed: str, gazetteer: Gazetteer, always: bool) -> str | None:
    """Return how to name the place in the municipality or province `typed` (folded), if it has one of that name."""
    home = gazetteer.find_home(name, typed)
    if home is None:
        return None
    if home == name or (len(gazetteer.homes[name]) == 1 and not always):
        return name
    return home if home.startswith(f"{name} (") else f"{name} ({home})"


def _find_town_around(name: str, typed: str, gazetteer: Gazetteer) -> str | None:
    """Return the large town `typed` (folded), where `name` is a small place elsewhere: here it is a district."""
    homes = gazetteer.homes.get(name, {})
    town = gazetteer.find(typed) if typed in gazetteer.large else None
    return town if town and homes and town not in homes and not gazetteer.is_large(name) else None
