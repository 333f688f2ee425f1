"""Corrections that name no fact of their own."""

import pytest

from rasa_project.dialogue.cues import cues
from rasa_project.dialogue.reading import Message
from rasa_project.dialogue.restating import flipped, restated
from rasa_project.dialogue.state import State
from rasa_project.triage.protocol import protocol
from tests.unit.dialogue.conftest import heard
from tests.unit.triage.cases import facts


@pytest.mark.parametrize(
    ("text", "quote", "meant"),
    [
        ("sorry I meant weeks", "10 days", {"duration_days": 70}),
        ("sorry i meant months", "3 weeks ago", {"duration_days": 90}),
        ("oops i meant days", "", {"duration_days": 10}),
        ("no wait, 3 months not 3 weeks", "3 weeks", {"duration_days": 90}),
        ("I meant the other side", "", {"side": "right"}),
        ("sorry I meant 7", "", {"push_off_nrs": 7}),
        ("I meant hours not minutes", "", {}),
        ("actually I rested for two weeks", "10 days", {}),
        ("no wait", "", {}),
    ],
)
def test_the_fact_is_found(text, quote, meant):
    state = State(facts(), answered=["duration", "push_off_pain"])
    state.quotes["duration_days"] = quote
    correction = cues().correction(text)
    assert restated(protocol(), state, correction, Message(text)) == meant


@pytest.mark.parametrize(
    "text",
    ["I said it hurts here", "like I said, none", "it actually hurts", "sorry, no idea", "hold on"],
)
def test_ordinary_words_are_no_sure_correction(text):
    correction = cues().correction(text)
    assert correction is None or not correction.sure


def test_what_was_denied_is_there_after_all():
    denied = [heard("fever", "yes", "absent"), heard("swelling", "none")]
    turned = flipped(denied, "I said no fever or swelling but there is some", {"zone_main": "Z2"})
    assert [(m.fact, m.value, m.assertion) for m in turned] == [
        ("fever", "yes", "present"), ("swelling", "tendon_heel", "present"),
    ]  # fmt: skip
    assert flipped(denied, "no fever, no swelling", {"zone_main": "Z2"}) == denied
