"""A question states no fact, but a red flag inside it acts first."""

import pytest

from rasa_project.dialogue.wording import texts
from tests.running import TAPS


@pytest.mark.parametrize(
    "words",
    [
        "does a heel lift help?",
        "should I tape it before a run?",
        "would a walking boot help?",
        "are cortisone shots a good idea?",
        "is swimming ok for me?",
        "how long does it take to heal?",
    ],
)
def test_a_question_states_nothing(chat, words):
    visitor = chat().pick("yes").pick("none").pick("18_39").pick("Z2", "left")
    assert visitor.screen == "onset"
    before = visitor.screen_event
    visitor.say(words)
    after = visitor.turn[-1]
    assert (after["screen"], after["options"]) == ("onset", before["options"])
    assert after["progress"] == before["progress"]


@pytest.mark.parametrize(
    "words", ["can I run with a torn tendon?", "do ruptured tendons need surgery?"]
)
def test_a_red_flag_that_is_only_asked_about_is_asked_back_and_is_no_fact(chat, words):
    visitor = chat().pick("yes").pick("none").pick("18_39").pick("Z2", "left")
    before = visitor.screen_event
    visitor.say(words)
    assert visitor.turn[-1]["why"] == texts()["confirm_why"]
    visitor.pick("no")
    after = visitor.turn[-1]
    assert (after["screen"], after["options"]) == ("onset", before["options"])
    assert after["progress"] == before["progress"]


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("I have chest pain right now, can I still run?", "RF01"),
        ("my foot is cold and blue and won't warm up, should I use heat?", "RF02"),
    ],
)
def test_an_emergency_inside_a_question_acts_first(chat, words, rule):
    visitor = chat().pick("yes").pick("none").pick("18_39").say(words)
    assert visitor.level == "EMERGENCY"
    assert rule in visitor.rules


def test_with_care_needed_today_a_question_gets_what_to_do_and_no_booking(chat):
    visitor = chat().say("I felt a pop in my heel yesterday, like a kick").pick("yes")
    assert visitor.screen == "emergency_signs"
    assert "That can wait" in visitor.say("do I need a scan?").text
    assert "checked by hand" not in visitor.text
    assert visitor.turn[-1]["screen"] == "emergency_signs"
    assert "book" not in visitor.say("how do I book an appointment?").text.lower()
    assert visitor.turn[-1]["screen"] == "emergency_signs"


def test_after_an_emergency_a_question_gets_what_to_do(chat):
    visitor = chat().pick("yes").pick("chest_pain").say("is Markham open?")
    assert "911" in visitor.text
    assert "Markham" not in visitor.text


def test_after_the_plan_a_question_is_answered(chat):
    visitor = chat().answer(TAPS)
    assert visitor.level == "SELF_CARE"
    assert "checked by hand" in visitor.say("do I need a scan?").text
