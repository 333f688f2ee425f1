"""What differs from an earlier answer, without a word of correction, is asked and never guessed."""

import pytest

from tests.running import TAPS


def upto(chat, screen):
    return chat().answer({k: v for k, v in TAPS.items() if k != screen})


@pytest.mark.parametrize(
    ("words", "old", "new"),
    [
        ("both heels", "Left", "Both sides"),
        ("it started yesterday", "10 days", "1 day"),
        ("it started 8 weeks ago", "10 days", "8 weeks"),
        ("I'm stiff for an hour in the morning", "Stiff for 15 minutes", "Stiff for 60 minutes"),
        ("I am 70 years old", "Age group: 18 to 39", "Age group: 60 or over"),
    ],
)
def test_one_short_question_offers_both(chat, words, old, new):
    visitor = upto(chat, "training_change").say(words)
    assert [option["label"] for option in visitor.turn[-1]["options"]] == [old, new]
    assert visitor.turn[-1]["type"] == "screen"


@pytest.mark.parametrize(
    ("reply", "side"),
    [
        ("the second one", "right"), ("right", "right"), ("the new one", "right"),
        ("it is the right one", "right"), ("left", "left"), ("the first one", "left"),
        ("keep it", "left"),
    ],
)  # fmt: skip
def test_it_can_be_answered_in_words(chat, reply, side):
    visitor = upto(chat, "training_change").say("the right heel").say(reply)
    assert visitor.screen == "training_change"
    assert ("right instead of left" in visitor.text) == (side == "right")


def test_it_can_be_answered_by_tapping(chat):
    visitor = upto(chat, "training_change").say("both heels").pick("both")
    assert "both sides instead of left" in visitor.text


def test_a_red_flag_against_an_earlier_no_acts_at_once(chat):
    visitor = upto(chat, "training_change").say("my calf is really swollen")
    assert visitor.level == "URGENT"


def test_a_red_flag_in_the_reply_acts_at_once(chat):
    visitor = upto(chat, "training_change").say("both heels").say("left, and I have chest pain")
    assert visitor.level == "EMERGENCY"


def test_a_number_said_a_little_differently_is_no_contradiction(chat):
    visitor = upto(chat, "training_change").say("it has been sore for 11 days")
    assert visitor.turn[-1]["screen"] == "training_change"
    assert "Which one is right" not in visitor.text


def test_one_more_sore_place_is_no_contradiction(chat):
    visitor = upto(chat, "training_change").say("the back of my heel is sore too")
    assert visitor.turn[-1]["screen"] == "training_change"


def test_an_uncertain_red_flag_is_confirmed_and_a_no_leaves_it(chat):
    visitor = (
        upto(chat, "training_change")
        .say("maybe my calf is swollen")
        .say("no, my calf is not swollen")
    )
    assert visitor.screen == "training_change"


def test_another_red_flag_in_the_reply_to_a_doubt_is_heard(chat):
    visitor = upto(chat, "training_change").say("maybe my calf is swollen")
    visitor.say("no but I have chest pain")
    assert visitor.level == "EMERGENCY"
