"""An outcome in the visitor's own words."""

from datetime import date

import pytest

from rasa_project.dialogue.outcomes import explained, outcome_event
from rasa_project.triage.engine import assess
from rasa_project.triage.protocol import protocol
from tests.unit.triage.cases import facts

RULES = protocol()
TODAY = date(2026, 11, 22)


def event(quotes, revised=False, **changes):
    known = facts(**changes)
    return outcome_event(RULES, known, assess(RULES, known, True), quotes, revised, TODAY)


def test_it_quotes_the_visitor():
    said = event({"heat_redness": "hot as a stove"}, heat_redness="hot_red")
    assert "“hot as a stove”" in said["because"]
    assert said["rules"][0]["facts"] == [
        {
            "fact": "heat_redness",
            "value": "hot_red",
            "words": "heat or redness: hot and red",
            "quote": "hot as a stove",
        }
    ]


@pytest.mark.parametrize("quote", ["4", "4.", "yes", "No", ""])
def test_an_answer_that_tells_little_is_told_with_what_it_answered(quote):
    said = event({"push_off_nrs": quote})
    assert "pushing off 4 out of 10" in said["because"]
    assert f"“{quote}”" not in said["because"]


def test_what_was_not_sure_is_told_apart():
    assert (
        "You were not sure about: fever or chills"
        in event({}, fever="unsure", wound="yes")["because"]
    )


def test_what_would_have_changed_it_names_answers_and_levels():
    said = event({})
    assert "With a pop, snap or kick at the start" in said["unless"]
    assert "I would have sent you for care today" in said["unless"]
    assert "If it is no better by 6 December" in said["unless"]
    assert said["unless"] in said["text"]
    assert {"level": "URGENT", "fact": "onset", "value": "sudden_pop",
            "words": "a pop, snap or kick at the start"} in said["changes"]  # fmt: skip


def test_what_is_so_already_is_not_told_as_a_change():
    assert "pain that came back" in event({})["unless"]
    assert "pain that came back" not in event({}, history="recurrent_12m")["unless"]


def test_an_emergency_carries_one_message():
    said = event({}, onset="sudden_pop", push_off="weak")
    assert said["unless"] not in said["text"]
    assert "I would have" not in said["text"]


def test_a_revised_outcome_says_so():
    assert event({}, revised=True)["text"].startswith("This replaces what I told you before.")


def test_why_gives_the_sources():
    known = facts(onset="sudden_pop")
    words = explained(RULES, known, assess(RULES, known, True), {}, TODAY)
    assert "The rules rest on: F9: " in words
    assert RULES.sources["F9"] in words
