"""One intent for Rasa's rules, one name each for the dialogue."""

import pytest

from rasa_project.language.intents.names import intent_name, rasa_intent


@pytest.mark.parametrize(
    ("label", "seen_by_rasa", "name"),
    [("ask/heel_lift", "ask", "ask_heel_lift"), ("affirm", "affirm", "affirm")],
)
def test_the_name_comes_back(label, seen_by_rasa, name):
    intent = rasa_intent(label, 0.5)
    assert (intent["name"], intent["confidence"]) == (seen_by_rasa, 0.5)
    assert intent_name(intent) == name


def test_no_intent_has_no_name():
    assert intent_name({}) == "" == intent_name({"name": None})
