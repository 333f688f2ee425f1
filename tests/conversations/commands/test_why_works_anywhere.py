""" "Why?" is answered at every question, at the chat's own questions, and after every outcome."""

import pytest

from tests.running import TAPS

URGENT = {"onset": ["sudden_pop"], "loading_ability": ["normal"]}
OUTCOMES = {
    "SELF_CARE": {},
    "ROUTINE": {"background": ["recurrent_12m"]},
    "PROMPT": {"medicines": ["fq_6m"]},
    "URGENT": URGENT,
    "EMERGENCY": {"emergency_signs": ["chest_pain"]},
}


def test_at_every_question_of_an_ordinary_visit(chat):
    visitor, seen = chat(), []
    while visitor.screen is not None:
        screen, why = visitor.screen, visitor.screen_event["why"]
        visitor.say("why?")
        assert why in visitor.turn[0]["text"], screen
        assert visitor.screen == screen
        seen.append(screen)
        visitor.answer({screen: TAPS[screen]})
    assert visitor.level == "SELF_CARE"
    assert len(seen) >= 14


@pytest.mark.parametrize("level", list(OUTCOMES))
def test_after_every_outcome_with_reasons_changes_and_sources(chat, level):
    visitor = chat("mimico").answer({**TAPS, **OUTCOMES[level]})
    assert visitor.level == level
    outcome = visitor.of_type("outcome")
    assert "You said: “" in outcome["because"]
    text = visitor.say("why?").text
    assert outcome["because"] in text
    assert outcome["unless"] in text
    assert outcome["rules"][0]["source"] in text


def test_at_a_question_of_the_chats_own(chat):
    visitor = chat().answer({k: v for k, v in TAPS.items() if k != "training_change"})
    visitor.say("maybe my calf is swollen")
    assert "I want to be sure" in visitor.text
    assert "would change what you should do" in visitor.say("why?").text
    assert "I want to be sure" in visitor.text


def test_after_stopping(chat):
    visitor = chat().answer({k: v for k, v in TAPS.items() if k != "training_change"})
    visitor.say("stop")
    assert "load is something you can act on" in visitor.say("why?").text


def test_after_words_of_self_harm_the_line_to_call_stays(chat):
    visitor = chat().pick("yes").say("I want to kill myself")
    assert "988" in visitor.text
    assert "988" in visitor.say("why?").text


@pytest.mark.parametrize(
    "words", ["why?", "why this?", "how come?", "why do you say that", "what makes you say that"]
)
def test_in_many_words_after_an_outcome(chat, words):
    visitor = chat("mimico").answer({**TAPS, **URGENT}).say(words)
    assert "With a weak push-off" in visitor.text
