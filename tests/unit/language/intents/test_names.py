"""One intent for Rasa's rules, one name each for the dialogue."""

import pytest

from rasa_project.language.intents.names import decided, intent_name


@pytest.mark.parametrize(
    ("label", "seen_by_rasa", "name"),
    [("ask/heel_lift", "ask", "ask_heel_lift"), ("affirm", "affirm", "affirm")],
)
def test_the_name_comes_back(label, seen_by_rasa, name):
    intent = decided([(label, 0.5)])
    assert (intent["name"], intent["confidence"]) == (seen_by_rasa, 0.5)
    assert intent_name(intent) == name


def test_the_confidence_of_a_question_is_that_of_all_questions():
    ranked = [("ask/race", 0.3), ("affirm", 0.25), ("ask/running", 0.15), ("ask_repeat", 0.1)]
    assert decided(ranked)["confidence"] == pytest.approx(0.45)


def test_a_question_that_hardly_stands_out_keeps_its_own_confidence():
    ranked = [("ask/race", 0.25), ("affirm", 0.2), ("ask/running", 0.19), ("ask/rest", 0.19)]
    assert decided(ranked)["confidence"] == 0.25


def test_what_is_no_question_keeps_its_own_confidence():
    assert decided([("affirm", 0.4), ("ask/race", 0.3)])["confidence"] == 0.4


def test_no_intent_has_no_name():
    assert intent_name({}) == "" == intent_name({"name": None})
