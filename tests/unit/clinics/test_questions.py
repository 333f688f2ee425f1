"""What a message asks about clinics."""

import pytest

from rasa_project.clinics.directory import default_directory
from rasa_project.clinics.places import default_finder
from rasa_project.clinics.questions import load_question_words, read_question
from rasa_project.errors import DataError
from rasa_project.settings import DATA


def read(text: str, asks: bool = False):
    return read_question(text, default_finder(), default_directory(), asks)


@pytest.mark.parametrize(
    ("text", "kind", "place", "clinic"),
    [
        ("who's near Port Credit?", "nearest", "Port Credit", None),
        ("is there a clinic close to L5B", "nearest", "L5B", None),
        ("any clinics in barrie or is that too far", "nearest", "Barrie", None),
        ("closest to M6J 2K9?", "nearest", "M6J", None),
        ("do you have a place near yonge and eglinton", "nearest", "Yonge & Eglinton", None),
        ("which clinic is nearest to me?", "nearest", None, None),
        ("near me", "nearest", None, None),
        ("how far is riverdale from me", "distance", "Riverdale", "riverdale"),
        ("book me in Markham", "named", "Markham", "markham"),
        ("can I book with the downtown clinic", "named", "Downtown Toronto", "downtown-toronto"),
        ("whats the phone number of mimico", "named", "Mimico", "mimico"),
        ("Is Riverdale open on sundays?", "named", "Riverdale", "riverdale"),
        ("Scarberia", "place", "Scarborough", "scarborough"),
        ("M4K", "place", "M4K", None),
        ("m4k 1a1", "place", "M4K", None),
        ("leslieville", "place", "Leslieville", None),
    ],
)
def test_a_question_is_read(text, kind, place, clinic):
    asked = read(text)
    assert asked.kind == kind
    assert (asked.place and asked.place.name) == place
    assert (asked.clinic and asked.clinic.slug) == clinic


@pytest.mark.parametrize(
    "text",
    ["", "yes", "gradual", "my heel hurts", "how far can I run", "I ran in High Park on sunday",
     "king", "2 weeks", "left", "is it closed", "book it", "should I go to a clinic", "where",
     "it hurts near the heel", "a week ago in the park", "the pain is around my ankle"],
)  # fmt: skip
def test_what_asks_for_no_clinic_is_left_alone(text):
    assert read(text) is None


def test_words_with_marks_are_refused(tmp_path):
    file = tmp_path / "words.yml"
    content = (DATA / "clinics" / "question_words.yml").read_text(encoding="utf-8")
    file.write_text(content.replace("clinic, clinics", '"Clinic?", clinics'), encoding="utf-8")
    with pytest.raises(DataError) as error:
        load_question_words(file)
    assert error.value.key == "clinic"
