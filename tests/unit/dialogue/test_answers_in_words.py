"""Answers typed in words of one's own: a choice with a tick box, a bare number, what was told."""

from datetime import date

import pytest

from rasa_project.language.extractor import FactExtractor
from tests.unit.dialogue.conftest import heard

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def hear():
    extractor = FactExtractor()
    return lambda text: extractor.extract(text, TODAY)


def open_question(chat):
    return chat.state.open_question


MORNINGS = [
    ("no worse, but I do limp a bit", {"next_day_worse": "no", "walk_limp": "yes"}),
    ("a bit worse, gone by lunch. limping though", {"next_day_worse": "lt24h", "walk_limp": "yes"}),
    ("No worse", {"next_day_worse": "no", "walk_limp": "no"}),
]


@pytest.mark.parametrize(("text", "facts"), MORNINGS, ids=[text for text, _ in MORNINGS])
def test_a_choice_and_a_tick_box_in_one_sentence(talk, hear, text, facts):
    chat = talk(next_day_worse=None, walk_limp=None, trend=None)
    assert open_question(chat) == "next_day"
    chat.say(text, *hear(text))
    assert {name: chat.state.facts.get(name) for name in facts} == facts
    assert open_question(chat) != "next_day"
    assert "trend" not in chat.state.facts


def test_a_tick_box_alone_leaves_the_question_open_with_a_word(talk):
    chat = talk(history=None, trend=None)
    chat.say("it gets worse every week", heard("trend", "worse"))
    assert chat.state.facts["trend"] == "worse"
    assert open_question(chat) == "background"
    assert len(chat.said) == 2


def test_what_was_told_before_is_kept_when_only_the_choice_is_tapped(talk):
    chat = talk(next_day_worse=None, walk_limp="yes")
    chat.tap("no")
    assert chat.state.facts["walk_limp"] == "yes"


def test_the_same_finding_again_is_the_whole_answer(talk):
    chat = talk(health=None, general_flags=["growing_lump"], pregnancy=None)
    assert open_question(chat) == "health"
    chat.say("lump", heard("general_flags", "growing_lump", start=0, end=4, text="lump"))
    assert open_question(chat) != "health"
    assert chat.state.facts["general_flags"]["growing_lump"] == "yes"
    assert chat.state.facts["health"]["diabetes"] == "no"


def test_the_same_again_with_words_that_were_not_understood_is_asked_about(talk):
    chat = talk(health=None, general_flags=["growing_lump"], pregnancy=None)
    text = "lump and my zibbleworth is acting up"
    chat.say(text, heard("general_flags", "growing_lump", start=0, end=4, text="lump"))
    assert open_question(chat) == "health"
    assert any(isinstance(e, dict) and e.get("kind") == "fallback" for e in chat.said)


@pytest.mark.parametrize(
    ("text", "reply", "days"),
    [
        ("90", "days", 90),
        ("about 6", "weeks", 42),
        ("3", "3 months ago", 91),
        ("5", "the first one", 5),
    ],
)
def test_a_bare_number_of_a_time_is_asked_back(talk, text, reply, days):
    chat = talk(duration_days=None)
    chat.say(text)
    assert "duration_days" not in chat.state.facts
    (asked,) = [e for e in chat.said if isinstance(e, dict) and e.get("kind") == "fallback"]
    assert [o["value"] for o in asked["options"]][-1] == "none"
    assert "days, weeks or months" in asked["text"]
    chat.say(reply)
    assert chat.state.facts["duration_days"] == days
    assert open_question(chat) != "duration"


def test_the_bare_number_again_picks_no_unit_by_its_place(talk):
    chat = talk(duration_days=None)
    chat.say("2")
    chat.say("2")
    assert "duration_days" not in chat.state.facts
    chat.say("2 weeks", heard("duration_days", 14))
    assert chat.state.facts["duration_days"] == 14


@pytest.mark.parametrize("text", ["0", "3 weeks", "90 and 30"])
def test_other_numbers_are_not_asked_back(talk, hear, text):
    chat = talk(duration_days=None)
    chat.say(text, *hear(text))
    assert not any("weeks or months" in e.get("text", "") for e in chat.said if isinstance(e, dict))


@pytest.mark.parametrize("text", ["11 yrs", "she is 11 years old", "11"])
def test_an_age_is_no_length_of_time(talk, hear, text):
    chat = talk(age_band=None, duration_days=None)
    chat.say(text, *hear(text))
    assert chat.state.facts["age_band"] == "8_15"
    assert "duration_days" not in chat.state.facts


@pytest.mark.parametrize(
    ("place", "kept"), [("Toronto", False), ("Ontario", False), ("Mimico", True), ("M5V", True)]
)
def test_a_place_in_passing_must_point_at_one_clinic(talk, place, kept):
    chat = talk(area=None, onset=None)
    said = chat.say(f"I live in {place}", heard("area", place))
    assert ("area" in chat.state.facts) == kept
    assert len(said) == 2  # noted, and the open question again
