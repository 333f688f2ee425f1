"""Great-circle distances and the nearest open clinics."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from rasa_project.clinics.directory import Clinic

EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the earth (IUGG)."""

Point = tuple[float, float]
"""Latitude and longitude in degrees, WGS 84."""


@dataclass(frozen=True)
class ClinicDistance:
    """A clinic and how far it is.

    Attributes:
        clinic: An open clinic.
        about_km: Whole kilometres, at least 1: both ends are areas, not doors.
    """

    clinic: Clinic
    about_km: int


def haversine_km(a: Point, b: Point) -> float:
    """Great-circle distance in kilometres, within about 0.5% of the ellipsoid's."""
    lat_a, lon_a, lat_b, lon_b = map(math.radians, (*a, *b))
    h = (
        math.sin((lat_b - lat_a) / 2) ** 2
        + math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(h)))


def about_km(a: Point, b: Point) -> int:
    """Distance as it may be said: whole kilometres, at least 1."""
    return max(1, round(haversine_km(a, b)))


def nearest(point: Point, clinics: Iterable[Clinic]) -> tuple[ClinicDistance, ...]:
    """The open clinics by distance, nearest first; a clinic that is coming soon is left out.

    Args:
        point: Where the visitor is.
        clinics: Any clinics; equal distances are ordered by slug.
    """
    ranked = sorted(
        (clinic for clinic in clinics if clinic.is_open),
        key=lambda clinic: (haversine_km(point, clinic.near.point), clinic.slug),
    )
    return tuple(ClinicDistance(clinic, about_km(point, clinic.near.point)) for clinic in ranked)


MUCH_NEARER_KM = 10.0
MUCH_NEARER_SHARE = 0.5


def is_much_nearer(clinic: Clinic, own: Clinic, point: Point) -> bool:
    """Whether a clinic is so much nearer than the page's own that it should be named first.

    At least 10 km less and at most half as far: who opened the Mimico page in Mimico's
    neighbourhood wants Mimico, who did so in Scarborough may not know of the other. A choice of
    the product, not a measurement.

    Args:
        clinic: The other clinic.
        own: The clinic whose page the chat is on.
        point: Where the visitor is.
    """
    mine = haversine_km(point, own.near.point)
    other = haversine_km(point, clinic.near.point)
    return mine - other >= MUCH_NEARER_KM and other <= MUCH_NEARER_SHARE * mine
