"""A correction at any time changes the fact, runs the engine again, and says what changed."""

import pytest

from tests.running import TAPS


def corrected(visitor):
    """The notice of the last turn that says what changed."""
    found = [e for e in visitor.turn if e["type"] == "notice" and e["kind"] == "corrected"]
    return found[0]["text"] if found else None


def upto(chat, screen, **answers):
    visitor = chat().answer({k: v for k, v in {**TAPS, **answers}.items() if k != screen})
    assert visitor.screen == screen
    return visitor


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("actually it's the right", "right instead of left"),
        ("sorry, the right heel", "right instead of left"),
        ("no wait, it is the other side", "right instead of left"),
        ("I said it was the left but its the right", "right instead of left"),
        ("sorry I meant weeks", "10 weeks instead of 10 days"),
        ("no wait, 3 months not 3 weeks", "3 months instead of 10 days"),
        ("my mistake, I do have a fever", "“fever or chills” instead of no"),
        ("I said no fever but actually there is some", "“fever or chills” instead of no"),
        (
            "I said no swelling but actually there is some",
            "swelling at the tendon or heel” instead",
        ),
    ],
)
def test_the_fact_is_changed_and_the_question_comes_back(chat, words, says):
    visitor = upto(chat, "training_change").say(words)
    assert says in corrected(visitor)
    assert visitor.turn[-1]["screen"] == "training_change"


def test_a_correction_without_a_fact_of_its_own_goes_to_the_last_answer(chat):
    visitor = upto(chat, "next_day").say("sorry, I meant 7")
    assert "7 out of 10 instead of pushing off 4 out of 10" in corrected(visitor)
    assert visitor.screen == "next_day"


@pytest.mark.parametrize("words", ["scratch that", "oops wrong button", "no wait, that was wrong"])
def test_taking_back_without_saying_what_asks_the_last_question_again(chat, words):
    visitor = upto(chat, "next_day").say(words)
    assert visitor.screen == "push_off_pain"
    assert "pushing off 4 out of 10" in visitor.text
    visitor.number(6)
    assert "6 out of 10 instead" in corrected(visitor)
    assert visitor.screen == "next_day"


def test_a_correction_that_raises_the_level_acts_at_once(chat):
    visitor = upto(chat, "training_change").say("sorry, I said no but my calf is really swollen")
    assert visitor.level == "URGENT"
    assert "RF10" in visitor.rules


@pytest.mark.parametrize(
    ("first", "then"),
    [("my calf is really swollen", "actually my calf is not swollen"),
     ("I finished cipro last month", "sorry, I never took cipro")],
)  # fmt: skip
def test_taking_back_a_red_flag_is_asked_first(chat, first, then):
    visitor = chat().pick("yes").pick("none").say(first).say(then)
    question = visitor.turn[-1]
    assert question["kind"] == "single"
    assert [option["value"] for option in question["options"]] == ["old", "new"]
    assert corrected(visitor) is None


def test_a_red_flag_is_kept_when_the_visitor_says_so(chat):
    visitor = chat().pick("yes").pick("none").say("my calf is really swollen")
    visitor.say("actually my calf is not swollen").say("keep it").answer(TAPS)
    assert visitor.level == "URGENT"


def test_a_red_flag_that_is_taken_back_twice_is_gone(chat):
    visitor = chat().pick("yes").pick("none").say("my calf is really swollen")
    visitor.say("actually my calf is not swollen").pick("new")
    assert "instead of yes" in corrected(visitor)
    assert visitor.answer(TAPS).level == "SELF_CARE"


def test_a_reply_that_settles_nothing_twice_keeps_the_red_flag(chat):
    visitor = chat().pick("yes").pick("none").say("my calf is really swollen")
    visitor.say("actually my calf is not swollen").say("blorp zz").say("blorp zz").answer(TAPS)
    assert visitor.level == "URGENT"


def test_a_denied_pop_asks_how_it_started_again(chat):
    visitor = upto(chat, "duration", onset=["sudden_pop"]).say("actually it wasn't a pop")
    assert visitor.screen == "onset"
    visitor.pick("sudden_no_pop")
    assert "suddenly, with no pop instead of" in corrected(visitor)
    assert visitor.screen == "duration"


def test_an_emergency_is_not_taken_back_but_the_visitor_is_answered(chat):
    visitor = chat().pick("yes").pick("chest_pain").say("sorry, I have no chest pain, I mistyped")
    assert "start again" in visitor.text
    assert "911" in visitor.text
    assert visitor.level == "EMERGENCY"
    assert visitor.say("start again").screen == "consent"


def test_a_correction_after_the_outcome_revises_it(chat):
    visitor = chat().answer(TAPS)
    assert visitor.level == "SELF_CARE"
    visitor.say("sorry I meant 10 weeks")
    visitor.answer(TAPS)
    assert visitor.level == "ROUTINE"
    assert visitor.of_type("outcome")["revised"] is True


def test_a_correction_that_leaves_the_level_alone_still_gives_the_outcome_anew(chat):
    visitor = chat().answer(TAPS).say("actually it's the right")
    assert "right instead of left" in corrected(visitor)
    assert visitor.turn[-2]["type"] == "outcome" or visitor.of_type("outcome")["revised"]
    assert visitor.level == "SELF_CARE"
