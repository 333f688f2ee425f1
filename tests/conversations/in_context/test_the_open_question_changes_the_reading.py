"""The same words mean different things on different questions."""

import pytest

from tests.running import TAPS


def upto(chat, screen, **answers):
    taps = {**TAPS, **answers}
    visitor = chat().answer({k: v for k, v in taps.items() if k != screen})
    assert visitor.screen == screen
    return visitor


@pytest.mark.parametrize(
    ("screen", "words", "next_screen"),
    [
        ("push_off_pain", "6", "next_day"),
        ("push_off_pain", "about a six", "next_day"),
        ("next_day", "a bit", "training_change"),
        ("next_day", "not really", "training_change"),
        ("next_day", "only after runs", "training_change"),
        ("medicines", "not really", "health"),
        ("medicines", "yes to the second one", "health"),
        ("signs", "none", "medicines"),
        ("signs", "nah just a bit of swelling round the tendon", "medicines"),
        ("signs", "a little swelling at the heel, nothing else", "medicines"),
        ("background", "first time", None),
    ],
)
def test_a_short_reply_answers_the_open_question(chat, screen, words, next_screen):
    assert upto(chat, screen).say(words).screen == next_screen


def test_only_after_runs_is_heard_as_pain_at_rest_and_the_rest_is_asked_once(chat):
    visitor = upto(chat, "signs").say("only after runs")
    assert visitor.screen == "signs"
    assert "Anything else?" in visitor.text
    visitor.say("no").answer(TAPS)
    assert visitor.level == "ROUTINE"


def test_the_rest_is_not_denied_when_something_was_not_understood(chat):
    visitor = upto(chat, "signs")
    visitor.say("nah just a bit of swelling round the tendon and my foot feels weird")
    assert visitor.screen == "signs"


def test_a_denial_with_a_finding_counts_the_finding_and_asks_the_rest_once(chat):
    visitor = upto(chat, "signs").say("no but it's a bit warm")
    assert visitor.screen == "signs"
    assert visitor.say("no").screen == "medicines"


@pytest.mark.parametrize(
    ("words", "level"), [("yes a bit", "PROMPT"), ("not really", "SELF_CARE"), ("a bit", "PROMPT")]
)
def test_a_bit_of_soreness_is_a_yes(chat, words, level):
    visitor = upto(chat, "heel_squeeze", pain_location=["Z5", "left"]).say(words)
    assert visitor.answer(TAPS).level == level


def test_all_of_them_on_the_emergency_signs_is_an_emergency(chat):
    assert upto(chat, "emergency_signs").say("all of them").level == "EMERGENCY"


def test_the_first_two_are_the_first_two(chat):
    visitor = upto(chat, "health").say("the first two").say("go back")
    assert "diabetes, a weak immune system" in visitor.text


def test_both_means_both_sides(chat):
    visitor = upto(chat, "pain_location").say("my achilles, both")
    assert visitor.screen == "onset"
    assert "both sides" in visitor.say("go back").text


def test_a_fact_for_another_screen_in_the_same_message_is_taken_too(chat):
    visitor = upto(chat, "duration").say("3 weeks, and it is stiff for 20 minutes in the morning")
    visitor.answer(TAPS)
    assert "morning_stiffness" not in visitor.screens


@pytest.mark.parametrize("words", ["hurts to push off", "pushing off hurts"])
def test_an_option_told_in_other_words_closes_its_question(chat, words):
    assert upto(chat, "loading_ability").say(words).screen == "signs"


def test_facts_alone_ask_no_question(chat):
    visitor = upto(chat, "signs").say("first time")
    assert "first visit" not in visitor.text
    assert visitor.screen == "signs"


def test_being_able_to_walk_is_believed_and_what_is_left_open_is_said(chat):
    visitor = upto(chat, "loading_ability").say("I can walk on it")
    assert "I still need to know" in visitor.turn[-1]["text"]
    assert visitor.say("hurts but strong").screen == "signs"


@pytest.mark.parametrize("words", ["I can only walk two steps", "I can walk but only two steps"])
def test_two_steps_are_not_taken_for_walking(chat, words):
    visitor = upto(chat, "loading_ability").say(words)
    assert "you cannot take four steps" in visitor.turn[-1]["text"]
    assert visitor.pick("yes").answer(TAPS).level == "URGENT"
