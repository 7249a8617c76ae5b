"""How many services are left out for lack of what is required: those that would have been offered otherwise. Pure."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from referral.directory.candidate import Outline
from referral.matching.match import LeftOut
from referral.matching.wishes import Wish


@dataclass(frozen=True, slots=True)
class Lack:
    """The first wish that a service lacks at the location of the outline; none: at all of its locations.

    `is_sure`: its hours and numbers were looked at, and it would have been offered. Else `is_silent` says that
    it may not be reachable.
    """

    service_id: str
    wish: Wish
    outline: Outline | None
    is_sure: bool
    is_silent: bool = False

    @property
    def location_id(self) -> str | None:
        return self.outline.location_id if self.outline else None


def drop_unoffered(
    lacks: Iterable[Lack], doubtful: Collection[str], offered: Collection[tuple[str, str | None]]
) -> Iterator[Lack]:
    """Yield the lacks of what would have been offered.

    `doubtful` are the services that were looked at for that, `offered` (service id, location id) of those among them
    that would have been.
    """
    somewhere = {service_id for service_id, _ in offered}
    for lack in lacks:
        is_offered = (
            lack.service_id in somewhere if lack.outline is None else (lack.service_id, lack.location_id) in offered
        )
        if lack.is_sure or lack.service_id not in doubtful or is_offered:
            yield lack


def count_left_out(lacks: Iterable[Lack]) -> tuple[LeftOut, ...]:
    """Return how many services lack which wish; a service counts once, by the location that came furthest."""
    order = list(Wish)
    furthest: dict[str, Wish] = {}
    for lack in lacks:
        furthest[lack.service_id] = max(lack.wish, furthest.get(lack.service_id, lack.wish), key=order.index)
    counts = Counter(furthest.values())
    return tuple(LeftOut(wish, counts[wish]) for wish in Wish if counts[wish])
