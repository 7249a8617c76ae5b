"""Distances as the crow flies."""

from math import asin, cos, radians, sin, sqrt

EARTH_RADIUS_KM = 6371.0088  # mean radius R1, IUGG 1980

Point = tuple[float, float]
"""Latitude and longitude in WGS 84 degrees."""


def measure_distance(start: Point, end: Point) -> float:
    """Return the great-circle distance in kilometres (haversine; within 0.5 % of the ellipsoid)."""
    (lat1, lon1), (lat2, lon2) = (tuple(map(radians, point)) for point in (start, end))
    half_chord = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(min(1.0, half_chord)))


def make_box(centre: Point, km: float) -> tuple[float, float, float, float]:
    """Return south, north, west and east (degrees) of a box that holds every point within `km` of the centre."""
    latitude, longitude = centre
    height = km / 111.0  # a degree of latitude is 110.6 to 111.7 km
    width = height / max(cos(radians(latitude)), 0.01)
    return latitude - height, latitude + height, longitude - width, longitude + width
