"""Typed as a new user would, in the middle of the form and after the outcome."""

import pytest

from rasa_project.clinics.place_data import load_areas
from tests.running import TAPS

SOON = "Our Markham clinic is coming soon. It is not open yet and can't be booked."
ASKED = [
    ("who's near Port Credit?", "The nearest open clinic is our Mississauga clinic, about 6 km"),
    ("M4K", "The nearest open clinic is our Riverdale clinic, about 2 km"),
    ("I live in Hamilton", "our Mississauga clinic, about 42 km away. That is a long way to go."),
    ("Scarberia", "The nearest open clinic is our Scarborough clinic."),
    ("how far is riverdale from me", "how far our Riverdale clinic is once I know where you are"),
    ("book me in Markham", f"{SOON} The nearest open clinic is our Scarborough clinic."),
]
MORE = [
    ("book me in at mimico", "We have a clinic in Mimico."),
    ("what are the hours in riverdale", "I don't know its phone number or opening hours yet."),
    ("which clinic is nearest to me?", "Which area is easiest for you?"),
    ("any clinic in toronto?", "Toronto covers a lot of ground."),
    ("I'm in Ottawa, which clinic?", "That is a long way from our clinics"),
    ("is there one near L5B 3C2", "our Mississauga clinic, about 2 km"),
]
LONG_LASTING = {**TAPS, "duration": 70}
URGENT = {**TAPS, "onset": "I felt a pop in my calf", "injury_checks": ["none"]}


def offered(events) -> list[str]:
    """Slugs of every clinic that an event lets the visitor book."""
    return [
        slug
        for event in events
        if event["type"] == "clinic"
        for slug in (event["slug"], *(other["slug"] for other in event["alternatives"]))
    ]


@pytest.mark.parametrize(("words", "heard"), ASKED + MORE)
def test_in_the_middle_it_is_answered_and_the_question_comes_again(chat, words, heard):
    visitor = chat().pick("yes").pick("none")
    before = visitor.screen
    visitor.say(words)
    assert heard in visitor.text
    assert visitor.turn[-1]["screen"] == before
    assert offered(visitor.turn) == []


def test_asked_at_every_question_the_form_goes_on_to_the_same_outcome(chat):
    visitor, wishes = chat(), [words for words, _ in MORE + ASKED]
    while visitor.screen is not None:
        screen = visitor.screen
        if wishes and screen != "area":
            visitor.say(wishes.pop())
            assert visitor.turn[-1]["screen"] == screen
        visitor.answer({screen: LONG_LASTING[screen]})
    assert visitor.level == "ROUTINE"
    assert visitor.of_type("clinic") is not None
    assert wishes == []


def test_an_area_told_in_passing_is_not_asked_for_again(chat):
    visitor = chat().pick("yes").pick("none").say("M4K").answer(LONG_LASTING)
    assert "area" not in visitor.screens
    assert visitor.of_type("clinic")["slug"] == "riverdale"


def test_after_the_outcome_the_clinic_comes_with_its_card(chat):
    visitor = chat().answer(LONG_LASTING).say("how far is riverdale from me")
    assert "Our Riverdale clinic is about 14 km from Mimico." in visitor.text
    for words, slug in (
        ("who's near Port Credit?", "mississauga"),
        ("book me in Markham", "mimico"),
        ("book me in at downtown toronto", "downtown-toronto"),
        ("M4K", "riverdale"),
        ("I live in Hamilton", "mississauga"),
        ("Scarberia", "scarborough"),
    ):
        visitor.say(words)
        (event,) = visitor.turn
        assert (event["type"], event["slug"]) == ("clinic", slug), words
        assert event["call_back"]["consent"]
        assert visitor.screen is None


def test_a_position_is_an_answer_to_the_area(chat):
    visitor = chat().answer({k: v for k, v in LONG_LASTING.items() if k != "area"})
    assert visitor.screen == "area"
    answer = visitor.post(screen="area", position={"lat": 43.676, "lon": -79.359})
    visitor._take(answer)
    assert visitor.of_type("clinic")["slug"] == "riverdale"


def test_near_me_with_a_position_needs_no_question(chat):
    visitor = chat().pick("yes").pick("none")
    visitor._take(visitor.post(text="who's near me?", position={"lat": 43.55, "lon": -79.58}))
    assert "our Mississauga clinic" in visitor.text


def test_nothing_is_offered_where_care_today_comes_first(chat):
    visitor = chat().answer(URGENT)
    assert visitor.level in ("URGENT", "EMERGENCY")
    for words, _ in ASKED + MORE:
        visitor.say(words)
        assert offered(visitor.events) == []
        for offer in ("nearest open clinic", "Book online", "book on the Axis", "Booking details"):
            assert offer not in visitor.text, words


@pytest.mark.parametrize("page", [None, "markham"])
def test_markham_is_never_bookable(chat, page):
    """By name or by area; all areas are tried in tests/unit/dialogue/test_clinic_questions.py."""
    visitor = chat(page).answer(LONG_LASTING)
    names = ["markham", "Markham please", "book me in at markham", "is markham open", "Markam",
             "how far is markham", "unionville", "call markham"]  # fmt: skip
    for words in [*names, *(f"book me in {area}" for area in list(load_areas())[::40])]:
        visitor.say(words)
        assert "markham" not in offered(visitor.events), words
