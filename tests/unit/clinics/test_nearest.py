"""Distances, and the rule that nobody is ever sent to a clinic that has not opened."""

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasa_project.clinics.directory import default_directory
from rasa_project.clinics.nearest import haversine_km, nearest
from rasa_project.clinics.place_data import load_areas

anywhere = st.tuples(st.floats(42, 46), st.floats(-83, -75))


def test_a_degree_of_latitude_is_about_111_km():
    assert haversine_km((43.0, -79.0), (44.0, -79.0)) == pytest.approx(111.19, abs=0.05)


def test_riverdale_is_nearest_to_broadview_and_danforth():
    first, *_ = nearest((43.67623, -79.35884), default_directory())
    assert (first.clinic.slug, first.about_km) == ("riverdale", 2)


def test_a_clinic_at_the_same_point_is_about_one_km_away():
    clinic = default_directory().by_slug("mimico")
    assert nearest(clinic.near.point, default_directory())[0].about_km == 1


@given(anywhere)
def test_markham_is_never_among_the_nearest(point):
    assert "markham" not in [item.clinic.slug for item in nearest(point, default_directory())]


@given(anywhere)
def test_nearest_is_ordered_and_holds_every_open_clinic_once(point):
    order = nearest(point, default_directory())
    exact = [haversine_km(point, item.clinic.near.point) for item in order]
    assert exact == sorted(exact)
    assert {item.clinic for item in order} == set(default_directory().open_clinics())
    assert all(item.about_km >= 1 for item in order)


def test_every_postal_area_gets_the_open_clinic_that_a_plain_search_finds():
    clinics = default_directory().open_clinics()
    for area in load_areas().values():
        expected = min(clinics, key=lambda clinic: haversine_km(area.point, clinic.near.point))
        assert nearest(area.point, clinics)[0].clinic == expected


def test_nearest_is_what_brute_force_over_unit_vectors_finds_at_10_000_points():
    """The other way: chords between points on a sphere, which no haversine has touched."""
    clinics = default_directory().open_clinics()
    chance = numpy.random.default_rng(20261125)
    lat, lon = chance.uniform(41.6, 56.9, 10_000), chance.uniform(-95.2, -74.3, 10_000)
    # A third of them where the clinics are, so that all five win somewhere.
    lat[::3], lon[::3] = chance.uniform(43.4, 44.0, 3334), chance.uniform(-79.9, -79.0, 3334)

    def on_sphere(lat, lon):
        lat, lon = numpy.radians(lat), numpy.radians(lon)
        return numpy.stack(
            [numpy.cos(lat) * numpy.cos(lon), numpy.cos(lat) * numpy.sin(lon), numpy.sin(lat)], -1
        )

    ends = on_sphere(*numpy.array([clinic.near.point for clinic in clinics]).T)
    chords = numpy.linalg.norm(on_sphere(lat, lon)[:, None] - ends, axis=-1)
    expected = chords.argmin(axis=1)
    found = [nearest(point, clinics)[0].clinic for point in zip(lat, lon, strict=True)]
    assert [clinics.index(clinic) for clinic in found] == list(expected)
    assert {clinic.slug for clinic in found} == {clinic.slug for clinic in clinics}
