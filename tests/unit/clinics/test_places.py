"""Where somebody is: postal codes, places, crossings, and when to ask again."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rasa_project.clinics.nearest import haversine_km
from rasa_project.clinics.place_data import load_areas, load_places
from rasa_project.clinics.places import find_place
from rasa_project.errors import DataError


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("M5V 2T6", "M5V"),
        ("m5v", "M5V"),
        ("m5v2t6", "M5V"),
        ("M5V-2T6", "M5V"),
        ("it's M4K thanks", "M4K"),
        ("my postal code is l5g 4b2", "L5G"),
        ("MIP", "M1P"),
        ("mip 2t6", "M1P"),
        ("LOA", "L0A"),
    ],
)
def test_a_postal_code_gives_its_area(text, area):
    found = find_place(text)
    assert (found.kind, found.fsa, found.name) == ("found", area, area)


@pytest.mark.parametrize(
    "text", ["pop", "POP", "I felt a pop", "lip", "mix", "30 min", "L5S1", "log"]
)
def test_three_letters_that_are_a_word_are_no_postal_code(text):
    assert find_place(text).fsa is None


@settings(deadline=None)  # the first look-up builds the index
@given(
    st.sampled_from(sorted(load_areas())),
    st.from_regex(r"[0-9][A-CEGHJ-NPRSTV-Z][0-9]", fullmatch=True),
)
def test_no_more_than_three_characters_of_a_postal_code_are_kept(area, rest):
    found = find_place(f"I'm at {area} {rest}")
    assert found.fsa == area
    assert rest not in repr(found)


@pytest.mark.parametrize(
    "text",
    ["H2X 1Y4", "v6b", "T2P 1J9", "K1A 0B1", "p7a", "Ottawa", "I live in Vancouver", "Windsor"],
)
def test_far_from_every_clinic_is_outside(text):
    assert find_place(text).kind == "outside"


def test_an_ontario_code_that_is_not_in_use_is_unknown():
    assert find_place("M0M").kind == "unknown"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Leslieville", "Leslieville"),
        ("leslieville please", "Leslieville"),
        ("I'm in Leslieville", "Leslieville"),
        ("near Port Credit", "Port Credit"),
        ("who's near Port Credit?", "Port Credit"),
        ("by Square One", "Square One"),
        ("10 min from square one", "Square One"),
        ("I live in Hamilton", "Hamilton"),
        ("how far is riverdale from me", "Riverdale"),
        ("book me in Markham", "Markham"),
        ("Scarberia", "Scarborough"),
        ("north york, toronto", "North York"),
        ("downtown toronto", "Downtown Toronto"),
        ("downtown", "Downtown Toronto"),
        ("the beaches", "The Beaches"),
        ("I'm in maple", "Maple"),
        ("Kennedy station", "Kennedy station"),
        ("malvern", "Malvern"),
        ("St. Lawrence Market", "St Lawrence Market"),
        ("yonge and eglinton", "Yonge & Eglinton"),
        ("Yonge & Eg", "Yonge & Eglinton"),
        ("eglinton/yonge", "Yonge & Eglinton"),
        ("young and eglington", "Yonge & Eglinton"),
        ("Yonge St @ Bloor St W", "Yonge & Bloor"),
        ("around don mills and york mills", "Don Mills & York Mills"),
        ("Lakeshore and Kipling", "Kipling & Lake Shore"),
        ("Montréal? no, Étobicoke", "Etobicoke"),
    ],
)
def test_a_place_is_found_however_it_is_said(text, name):
    found = find_place(text)
    assert (found.kind, found.name) == ("found", name)
    assert found.point is not None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Toronto", "Toronto"),
        ("I'm in toronto", "Toronto"),
        ("near Toronto, Ontario", "Toronto"),
        ("the east end of toronto", "Toronto"),
        ("GTA", "The GTA"),
        ("eglinton", "Eglinton"),
        ("King St", "King"),
        ("dundas", "Dundas"),
    ],
)
def test_a_whole_city_or_a_long_street_is_too_wide(text, name):
    found = find_place(text)
    assert (found.kind, found.name, found.point) == ("too_wide", name, None)


@pytest.mark.parametrize("text", ["mount pleasant station", "woodbine"])
def test_two_places_that_share_a_name_are_asked_about(text):
    found = find_place(text)
    assert found.kind == "ambiguous"
    assert 2 <= len(found.candidates) <= 4
    assert found.point is None


def test_two_places_with_one_name_next_to_each_other_are_one():
    kennedy = [row for row in load_places() if row.name in ("Kennedy GO", "Kennedy Station (TTC)")]
    assert haversine_km(kennedy[0].point, kennedy[1].point) < 1.5
    assert find_place("kennedy station").kind == "found"


@given(st.text(max_size=60))
def test_no_text_breaks_the_look_up(text):
    assert find_place(text).kind in ("found", "ambiguous", "too_wide", "unknown", "outside")


def test_the_name_that_is_kept_leads_back_to_the_same_place():
    for place in load_places():
        for name in (place.name, *place.aliases):
            found = find_place(name)
            if found.kind == "found":
                again = find_place(found.name)
                assert again.kind == "found", name
                assert haversine_km(found.point, again.point) < 1.5, name


def test_every_area_and_every_place_of_the_files_is_found_or_asked_about():
    for area in load_areas():
        assert find_place(area).kind in ("found", "outside")
    for place in load_places():
        for name in (place.name, *place.aliases):
            assert find_place(name).kind != "unknown", name


@pytest.mark.parametrize(
    ("header", "row", "key"),
    [
        ("name,kind,lat,lon", "A,neighbourhood,43,-79", "line 1"),
        ("name,kind,lat,lon,aliases", "A,neighbourhood,43", "line 2"),
        ("name,kind,lat,lon,aliases", "A,village,43.5,-79,", "line 2.kind"),
        ("name,kind,lat,lon,aliases", "A,neighbourhood,x,-79,", "line 2.lat"),
        ("name,kind,lat,lon,aliases", "A,neighbourhood,-79,43,", "line 2.lat"),
    ],
)
def test_a_wrong_row_is_an_error_that_names_the_line(tmp_path, header, row, key):
    file = tmp_path / "places.csv"
    file.write_text(f"{header}\n{row}\n", encoding="utf-8")
    with pytest.raises(DataError) as error:
        load_places(file)
    assert error.value.key == key
