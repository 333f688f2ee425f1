"""A browser's position becomes a postal area, and nothing finer."""

import pytest

from rasa_project.clinics.directory import default_directory
from rasa_project.clinics.nearest import haversine_km, nearest
from rasa_project.clinics.place_data import load_areas
from rasa_project.clinics.places import find_place
from rasa_project.clinics.position import area_at


def test_the_middle_of_an_area_is_that_area_or_one_at_the_same_point():
    areas = load_areas()
    for area in areas.values():
        assert areas[area_at(area.lat, area.lon)].point == area.point


def test_the_coarse_area_leads_to_a_clinic_hardly_farther_than_the_nearest():
    clinics = default_directory().open_clinics()
    for step in range(400):
        point = 43.45 + 0.02 * (step % 20), -79.85 + 0.04 * (step // 20)
        area = find_place(f"Near {area_at(*point)}")
        chosen = nearest(area.point, clinics)[0].clinic
        best = min(haversine_km(point, clinic.near.point) for clinic in clinics)
        assert haversine_km(point, chosen.near.point) - best < 15


@pytest.mark.parametrize(
    ("lat", "lon"), [(45.50, -73.57), (49.28, -123.12), (48.85, 2.35), (-33.9, 151.2), (90, 0)]
)
def test_outside_ontario_there_is_none(lat, lon):
    assert area_at(lat, lon) is None


def test_ottawa_is_ontario_but_too_far():
    area = area_at(45.42, -75.70)
    assert area[0] == "K"
    assert find_place(f"Near {area}").kind == "outside"


def test_the_words_for_outside_are_answered_kindly():
    assert find_place("Outside Ontario").kind == "outside"
