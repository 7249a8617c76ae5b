"""Which services are given near a point, nearest first."""

from sqlalchemy.orm import Session

from referral.directory import search
from referral.directory.search import ServiceFilter, ServicePlace
from referral.matching.distance import Point, make_box, measure_distance


def list_near(session: Session, wanted: ServiceFilter, *, point: Point, km: float) -> list[ServicePlace]:
    """Return such services at each location within `km` of a point (degrees), nearest first, equally near by id."""
    found = [
        (measure_distance(point, place.point), place)
        for place in search.list_places(session, wanted, box=make_box(point, km))
        if place.point
    ]
    near = sorted(found, key=lambda one: (one[0], one[1].place_id))
    return [place for distance, place in near if distance <= km]
