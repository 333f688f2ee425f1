"""What the visitor reads about clinics."""

from dataclasses import replace

import pytest

from rasa_project.clinics.directory import Directory, default_directory
from rasa_project.clinics.nearest import haversine_km
from rasa_project.clinics.offer import area_text, clinic_event
from rasa_project.clinics.place_data import load_areas
from rasa_project.clinics.places import find_place
from rasa_project.clinics.texts import load_texts
from rasa_project.errors import DataError
from rasa_project.settings import DATA

KEYS = {
    "type", "text", "name", "slug", "distance_km", "booking_url", "phone", "tel", "address",
    "hours", "services", "call_back", "alternatives",
}  # fmt: skip


def offer(area: str | None = None, page: str | None = None):
    return clinic_event(default_directory(), find_place(area) if area else None, page)


def test_the_nearest_open_clinic_is_named_with_two_others():
    event = offer("M4K")
    assert set(event) == KEYS
    assert (event["slug"], event["distance_km"]) == ("riverdale", 2)
    assert [other["slug"] for other in event["alternatives"]] == ["downtown-toronto", "scarborough"]
    assert event["text"] == (
        "The nearest open clinic is our Riverdale clinic, about 2 km away.\n"
        "I don't know its phone number yet. Booking details are on the Axis site.\n"
        "Other open clinics: Downtown Toronto (about 4 km) and Scarborough (about 13 km)."
    )


def test_details_that_are_unknown_are_null_and_never_invented():
    event = offer("M4K")
    assert (event["booking_url"], event["phone"], event["hours"]) == (None, None, None)


def test_known_details_are_in_the_text():
    mimico = replace(
        default_directory().by_slug("mimico"), phone="416-555-0100", address="1 Example St",
        booking_url="https://example.org/book", services=("Physiotherapy", "Massage"),
    )  # fmt: skip
    text = clinic_event(Directory((mimico,)), None, "mimico")["text"]
    for detail in (
        "https://example.org/book", "416-555-0100", "1 Example St", "Services: Physiotherapy, Massage.",
    ):  # fmt: skip
        assert detail in text
    assert "Axis site" not in text


def test_the_clinic_of_the_page_comes_first_even_when_another_is_somewhat_nearer():
    event = offer("Parkdale", page="mimico")
    nearest_one, *_ = event["alternatives"]
    assert (event["slug"], nearest_one["slug"]) == ("mimico", "downtown-toronto")
    assert nearest_one["distance_km"] < event["distance_km"]
    assert f"It is about {event['distance_km']} km from Parkdale." in event["text"]


def test_a_clinic_that_is_much_nearer_comes_before_the_one_of_the_page():
    event = offer("Scarborough", page="mimico")
    assert event["slug"] == "scarborough"
    assert event["alternatives"][0]["slug"] == "mimico"
    assert event["text"].startswith(
        "Our Scarborough clinic is much nearer to you. "
        "The Mimico clinic, whose page this is, is about 27 km from Scarborough."
    )


def test_the_page_decides_by_the_written_rule_at_every_postal_area():
    directory = default_directory()
    for area in load_areas().values():
        for own in directory.open_clinics():
            event = clinic_event(directory, find_place(area.name), own.slug)
            if find_place(area.name).kind == "outside":
                continue  # too far from every clinic: the page's own, without a distance
            far = [haversine_km(area.point, c.near.point) for c in directory.open_clinics()]
            mine, best = haversine_km(area.point, own.near.point), min(far)
            swaps = mine - best >= 10 and best <= mine / 2
            assert (event["slug"] != own.slug) == swaps, (area.name, own.slug)
            named = [event["slug"], *(other["slug"] for other in event["alternatives"])]
            assert own.slug in named[:2]


def test_a_place_out_of_reach_is_told_kindly_and_the_page_still_names_its_clinic():
    event = offer("Ottawa", page="mimico")
    assert event["text"].startswith("That is a long way from our clinics")
    assert (event["slug"], event["distance_km"]) == ("mimico", None)
    assert offer("Ottawa") is None


def test_a_long_way_is_said_to_be_one():
    assert "A physiotherapist closer to you may suit you better." in offer("Hamilton")["text"]
    assert "long way" not in offer("M4K")["text"]


def test_without_an_area_the_clinic_of_the_page_is_named_without_a_distance():
    event = offer(page="mimico")
    assert event["distance_km"] is None
    assert "km" not in event["text"]


@pytest.mark.parametrize(
    ("area", "own"), [(None, "markham"), ("Thornhill", "markham"), ("Markham", None)]
)
def test_markham_is_said_to_be_not_open_and_another_clinic_is_named(area, own):
    event = offer(area, own)
    assert event["text"].startswith(
        "Our Markham clinic is coming soon. It is not open yet and can't be booked."
    )
    assert event["slug"] == "scarborough"


def test_who_lives_nearest_to_markham_hears_that_it_is_coming_soon():
    for area in load_areas():
        event = offer(area)
        if event is None:
            continue
        soon = "Our Markham clinic is coming soon. It is not open yet and can't be booked. "
        point = load_areas()[area].point
        closest = min(default_directory(), key=lambda c: haversine_km(point, c.near.point))
        assert event["text"].startswith(soon) == (closest.slug == "markham")
        assert "Markham" not in event["text"].removeprefix(soon)


def test_markham_is_never_offered_for_any_postal_area_or_page():
    pages = [None, *(clinic.slug for clinic in default_directory())]
    for area in load_areas():
        for page in pages:
            event = offer(area, page)
            offered = (
                [event["slug"], *(item["slug"] for item in event["alternatives"])] if event else []
            )
            assert "markham" not in offered
            assert len(set(offered)) == len(offered)


@pytest.mark.parametrize("area", ["Toronto", "woodbine", "blah", "H2X", None])
def test_an_area_that_names_no_clinic_gives_no_event_but_a_question(area):
    assert offer(area) is None
    assert area_text(find_place(area) if area else None)


def test_the_question_fits_what_was_said():
    assert area_text(find_place("Toronto")).startswith("Toronto covers a lot of ground.")
    assert "Mount Pleasant (Brampton) GO or " in area_text(find_place("mount pleasant station"))
    assert "811" in area_text(find_place("Ottawa"))


def test_a_clinic_that_is_not_in_the_directory_counts_as_no_page():
    assert offer("M4K", page="port-credit")["slug"] == "riverdale"


def test_a_text_with_a_field_that_nothing_fills_is_an_error(tmp_path):
    file = tmp_path / "texts.yml"
    content = (DATA / "clinics" / "texts.yml").read_text(encoding="utf-8")
    file.write_text(content.replace("{phone}", "{fax}"), encoding="utf-8")
    with pytest.raises(DataError) as error:
        load_texts(file)
    assert error.value.key == "call"
