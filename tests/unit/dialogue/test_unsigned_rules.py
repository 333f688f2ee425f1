"""Until the rules are signed as they are, the visitor is told, at the start and at the end."""

from dataclasses import replace
from datetime import date

import pytest

from rasa_project.dialogue.outcomes import outcome_event
from rasa_project.dialogue.reading import Message
from rasa_project.dialogue.state import State
from rasa_project.dialogue.turn import Turn
from rasa_project.dialogue.wording import texts
from rasa_project.triage.engine import assess
from rasa_project.triage.protocol import protocol
from rasa_project.triage.signing import SignOff
from tests.unit.triage.cases import facts

UNSIGNED = replace(protocol(), sign_off=None)
SIGNATURE = SignOff("Ayo Example", "0012345", "2026-01-31", "0.2", UNSIGNED.hash)
SIGNED = replace(UNSIGNED, sign_off=SIGNATURE)
CHANGED = replace(SIGNED, hash="f" * 64)
CASES = [(UNSIGNED, True), (SIGNED, False), (CHANGED, True)]


@pytest.mark.parametrize(("rules", "said"), CASES, ids=["unsigned", "signed", "changed since"])
def test_the_first_words_say_so(rules, said):
    first = Turn(rules, State(facts().without(set(facts())))).take(Message("", intent="start"))
    words = [event["text"] for event in first if isinstance(event, dict)]
    assert first[0] == "utter_greeting"
    assert (texts()["unsigned"] in words) is said
    assert first[-1]["type"] == "screen"


@pytest.mark.parametrize(("rules", "said"), CASES, ids=["unsigned", "signed", "changed since"])
def test_every_outcome_says_so_after_what_to_do(rules, said):
    event = outcome_event(rules, facts(), assess(rules, facts()), {}, False, date(2026, 11, 25))
    assert event["text"].endswith(texts()["unsigned"]) is said
    assert event["protocol"] == {"version": rules.version, "signed": not said, "hash": rules.hash}
