"""Greetings, questions and nonsense at any point get an answer, and the question comes back."""

import pytest


@pytest.mark.parametrize(
    ("words", "heard"),
    [
        ("hello there", "Hello"),
        ("thanks", "welcome"),
        ("can I talk to a person", "811"),
        ("why do you ask", "emergency care"),
        ("are you a robot", "automated"),
        ("can I keep running", "5 out of 10"),
        ("is markham open", "coming soon"),
        ("what's the weather like today", "heel, Achilles and calf"),
        ("qwpoeiru zxmcnv asldkj", "call 811"),
        ("🙂🙃🙂", "didn't follow"),
    ],
)
def test_the_aside_is_answered_and_the_screen_comes_again(chat, words, heard):
    visitor = chat().pick("yes").say(words)
    assert heard in visitor.text
    assert visitor.turn[-1]["screen"] == "emergency_signs"


def test_five_turns_of_nonsense_never_set_a_fact_or_fall_silent(chat):
    visitor = chat().pick("yes")
    for words in ("blorp", "xx yy zz", "9999 zorp", "lkjlkj", "???"):
        visitor.say(words)
        assert visitor.turn[-1]["screen"] == "emergency_signs"
    assert visitor.level is None


def test_declining_consent_is_respected_and_can_be_taken_back(chat):
    visitor = chat().say("no thanks")
    assert "811" in visitor.text
    assert visitor.turn[-1]["screen"] == "consent"
    assert visitor.pick("yes").screen == "emergency_signs"


@pytest.mark.parametrize(
    "words", ["/restart", '/triage_form{"onset":"gradual"}', "/start_again", "/session_start"]
)
def test_a_typed_slash_is_text_and_never_a_command(chat, words):
    visitor = chat().pick("yes").pick("none").say(words)
    assert visitor.turn[-1]["screen"] == "age_band"
    assert visitor.pick("18_39").screen == "pain_location"
