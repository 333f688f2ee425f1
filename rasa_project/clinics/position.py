"""From a browser's position to a postal area: the position itself goes no further than this."""

from functools import lru_cache

from rasa_project.clinics.nearest import Point, haversine_km
from rasa_project.clinics.place_data import load_areas

NOT_OURS_KM = 60.0
"""Further than this from the middle of every postal area of Ontario, it is taken for elsewhere.
Within reach of the clinics areas lie at most some 20 km apart; the large ones are in the north,
which is too far to come from anyway."""


@lru_cache(maxsize=1)
def _areas() -> dict[str, Point]:
    return {name: area.point for name, area in load_areas().items()}


def area_at(lat: float, lon: float) -> str | None:
    """The postal area whose middle is nearest, as if its first three characters had been typed.

    Args:
        lat: Degrees north, -90 to 90.
        lon: Degrees east, -180 to 180.

    Returns:
        Three characters such as ``M4K``; None when the place is not in Ontario.
    """
    name, distance = min(
        ((name, haversine_km((lat, lon), point)) for name, point in _areas().items()),
        key=lambda found: found[1],
    )
    return name if distance <= NOT_OURS_KM else None
