"""Where the Netherlands lies: a rough box, to see that coordinates are swapped or of somewhere else."""

# The European Netherlands, in WGS 84 degrees.
LATITUDES = (50.7, 53.8)
LONGITUDES = (3.2, 7.3)


def is_in_the_netherlands(latitude: float, longitude: float) -> bool:
    """Return whether a point (degrees) lies in the box; that of a neighbour near the border may too."""
    return LATITUDES[0] <= latitude <= LATITUDES[1] and LONGITUDES[0] <= longitude <= LONGITUDES[1]
