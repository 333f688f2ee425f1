"""A red flag volunteered at any point acts in the turn in which it is said."""

import pytest

from tests.running import TAPS


def test_a_pop_with_weakness_as_the_very_first_message_is_an_emergency(chat):
    visitor = chat().say("felt a pop, like someone kicked me, can't push off")
    assert visitor.level == "EMERGENCY"
    assert "RF06" in visitor.rules
    assert "911" in visitor.text


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("oh and I have chest pain right now", "RF01"),
        ("I'm short of breath", "RF01"),
        ("my foot is cold and blue and won't warm up", "RF02"),
        ("I'm numb between my legs and can't pee", "RF03"),
    ],
)
def test_an_emergency_sign_in_the_training_question_ends_the_questions(chat, words, rule):
    visitor = chat().answer({k: v for k, v in TAPS.items() if k != "training_change"})
    assert visitor.screen == "training_change"
    visitor.say(words)
    assert visitor.level == "EMERGENCY"
    assert rule in visitor.rules
    assert visitor.screen is None


def test_an_elicited_emergency_ends_by_the_second_clinical_screen(chat):
    visitor = chat().pick("yes").pick("chest_pain")
    assert visitor.level == "EMERGENCY"
    assert visitor.screens == ["consent", "emergency_signs"]


def test_an_emergency_carries_no_booking_and_no_plan(chat):
    visitor = chat("mimico").pick("yes").pick("chest_pain")
    assert visitor.of_type("clinic") is None
    assert visitor.of_type("plan") is None
    assert "book" not in visitor.text.lower()


def test_a_red_flag_after_the_outcome_replaces_it(chat):
    visitor = chat().answer(TAPS)
    assert visitor.level == "SELF_CARE"
    visitor.say("actually now I have chest pain")
    assert visitor.level == "EMERGENCY"
    assert visitor.of_type("outcome")["revised"] is True


def test_an_emergency_stays_until_the_visitor_starts_again(chat):
    visitor = chat().pick("yes").pick("chest_pain")
    assert "911" in visitor.say("thanks").text
    assert "911" in visitor.say("no chest pain any more").text
    assert visitor.level == "EMERGENCY"
    visitor.say("start again")
    assert visitor.turn[-1]["screen"] == "consent"


def test_a_hot_red_heel_with_diabetes_is_same_day_care(chat):
    visitor = chat().say("hot red heel and I'm diabetic").answer(TAPS)
    assert visitor.level == "URGENT"
    assert "RF12" in visitor.rules


def test_ciprofloxacin_last_month_is_prompt(chat):
    visitor = chat().say("achilles pain, I finished cipro last month").answer(TAPS)
    assert visitor.level == "PROMPT"
    assert "RF14" in visitor.rules


def test_not_sure_twice_about_the_emergency_signs_is_an_emergency(chat):
    visitor = chat().pick("yes").say("not sure")
    assert visitor.level is None
    assert visitor.screen == "emergency_signs"
    visitor.say("not sure")
    assert visitor.level == "EMERGENCY"


def test_words_of_self_harm_get_988_and_stop_the_questions(chat):
    visitor = chat().pick("yes").say("I want to kill myself")
    assert "988" in visitor.text
    assert "911" in visitor.text
    assert visitor.turn[-1]["type"] != "screen"
