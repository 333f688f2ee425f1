"""What a two-week check carries over, asks otherwise, and concludes; without Rasa."""

from datetime import timedelta

import pytest

from rasa_project.dialogue.checking import as_asked, begin, concluded
from rasa_project.dialogue.outcomes import outcome_event, today_in_ontario
from rasa_project.dialogue.state import State
from rasa_project.language.answers import read_answer
from rasa_project.triage.engine import assess
from rasa_project.triage.facts import Facts
from rasa_project.triage.protocol import protocol
from rasa_project.triage.rules import Level
from tests.unit.triage.cases import facts

TODAY = today_in_ontario()
KEEP = {"age_band": "18_39", "zones": {"Z2": "yes"}, "zone_main": "Z2", "side": "left",
        "history": "first"}  # fmt: skip


def resume(days: int = 14, **then):
    return {
        "found": "found",
        "keep": KEEP,
        "check": {
            "then": {"push_off_nrs": 4, "stiffness_min": 15, "next_day_worse": "no",
                     "walk_limp": "no", **then},
            "on": (TODAY - timedelta(days=days)).isoformat(),
            "review_on": (TODAY - timedelta(days=days - 14)).isoformat(),
            "onset": "gradual",
            "duration_days": 24,
        },
    }  # fmt: skip


def begun(known: dict | None = None) -> State:
    state = State(Facts(protocol().specs, known))
    begin(protocol(), state, resume())
    return state


def test_the_stable_facts_are_carried_over_and_no_other():
    assert dict(begun().facts) == KEEP


def test_what_was_said_here_already_is_newer():
    assert begun({"side": "right"}).facts["side"] == "right"


@pytest.mark.parametrize("why", ["unknown", "used", "expired"])
def test_a_code_that_does_not_work_changes_nothing(why):
    state = State(Facts(protocol().specs))
    said = begin(protocol(), state, {"found": why})
    assert "start anew" in said["text"]
    assert state.check is None and not state.facts


def test_after_an_outcome_a_code_wants_a_new_chat():
    state = State(Facts(protocol().specs), outcome_given={"level": "ROUTINE", "rules": []})
    assert "new chat" in begin(protocol(), state, resume())["text"]
    assert state.check is None


def finished(days: int = 14, clinic_known: bool = True, **now):
    """A check in which every question is answered."""
    given = {"push_off_nrs": 2, "stiffness_min": 5, "trend": "better", "duration_days": 24, **now}
    state = State(facts(**given).without({"area"}), check=resume(days)["check"])
    result = assess(protocol(), state.facts, clinic_known)
    return state, concluded(protocol(), state, result, clinic_known)


def test_a_chat_that_is_no_check_has_no_step():
    state, (result, _) = finished()
    state.check = None
    assert concluded(protocol(), state, result, True) == (result, None)


def test_a_step_that_books_asks_for_the_area():
    _, (result, step) = finished(clinic_known=False, push_off_nrs=4)
    assert (result.level, step.name) == (Level.ROUTINE, "book")
    assert result.question.name == "area"


def test_the_words_of_the_step_take_the_place_of_the_levels():
    state, (result, step) = finished()
    event = outcome_event(protocol(), state.facts, result, {}, False, TODAY, step)
    assert event["level"] == "SELF_CARE"
    assert event["title"] == "Move on one step"
    assert event["check"]["compared"] in event["text"]
    assert event["rules"][0]["id"] == "S4-CHECK-MOVE-ON"


def test_a_raised_outcome_says_nothing_that_would_have_led_only_as_high():
    state, (result, step) = finished(push_off_nrs=4)
    event = outcome_event(protocol(), state.facts, result, {}, False, TODAY, step)
    assert event["level"] == "ROUTINE"
    assert {change["level"] for change in event["changes"]} <= {"PROMPT", "URGENT", "EMERGENCY"}


def test_while_a_question_is_open_there_is_no_step():
    state = begun()
    result = assess(protocol(), state.facts)
    assert concluded(protocol(), state, result, False) == (result, None)


@pytest.mark.parametrize(
    "said",
    ["no", "nope", "Nope, nothing new", "nothing happened", "same as before", "No, nothing new"],
)
def test_nothing_new_in_words(said):
    question = as_asked(begun(), protocol().question("onset"))
    assert read_answer(said, question, ()).values == ("none",)


@pytest.mark.parametrize("said", ["yes", "not sure", "no but I heard a pop", "maybe"])
def test_other_words_never_mean_nothing_new(said):
    question = as_asked(begun(), protocol().question("onset"))
    assert read_answer(said, question, ()).values == ()


def test_a_plain_no_to_how_it_started_still_means_nothing():
    assert read_answer("no", protocol().question("onset"), ()).values == ()


@pytest.mark.parametrize(
    ("said", "trend"),
    [("much better", "better"), ("it's getting better", "better"), ("the same", "same"),
     ("no better", "same"), ("a bit worse", "worse"), ("worse", "worse"), ("no", "")],
)  # fmt: skip
def test_how_it_is_now_in_words(said, trend):
    question = as_asked(begun(), protocol().question("background"))
    assert read_answer(said, question, ()).values == ((trend,) if trend else ())
