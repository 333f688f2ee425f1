"""Replies to the open question."""

import pytest

from rasa_project.language.answers import read_answer
from rasa_project.triage.protocol import load_protocol

_PROTOCOL = load_protocol()


@pytest.mark.parametrize(
    ("question", "text", "kind", "values"),
    [
        ("consent", "yeah", "values", ("yes",)), ("consent", "nah", "values", ("no",)),
        ("consent", "maybe", "unsure", ()), ("heel_squeeze", "i think so", "unsure", ()),
        ("heel_squeeze", "purple", "nothing", ()),
        ("emergency_signs", "no", "none", ()), ("emergency_signs", "nope none of those", "none", ()),
        ("emergency_signs", "no nothing like that", "none", ()),
        ("emergency_signs", "yes", "nothing", ()), ("emergency_signs", "dunno", "unsure", ()),
        ("emergency_signs", "no but my calf is swollen", "nothing", ()),
        ("emergency_signs", "the second one", "values", ("breathless",)),
        ("emergency_signs", "1 and 3", "values", ("chest_pain", "cough_blood")),
        ("emergency_signs", "the first two", "values", ("chest_pain", "breathless")),
        ("emergency_signs", "none except the numbness", "values", ("saddle_bladder_bowel",)),
        ("emergency_signs", "asdf qwer", "nothing", ()), ("emergency_signs", "😀", "nothing", ()),
        ("pain_location", "both", "values", ("both",)), ("age_band", "45", "values", ("40_59",)),
        ("onset", "not sure", "unsure", ()), ("medicines", "no meds", "none", ()),
    ],
)  # fmt: skip
def test_a_reply_is_read_against_its_question(hear, question, text, kind, values):
    reading = read_answer(text, _PROTOCOL.question(question), hear(text))
    assert (reading.kind, reading.values) == (kind, values)


@pytest.mark.parametrize(
    ("question", "text", "number"),
    [
        ("push_off_pain", "six or seven", 7), ("push_off_pain", "7/10", 7),
        ("push_off_pain", "none", 0), ("push_off_pain", "11", None), ("push_off_pain", "3 km", None),
        ("morning_stiffness", "half an hour", 30), ("morning_stiffness", "20-30", 30),
        ("duration", "3 weeks", 21), ("duration", "since yesterday", 1),
    ],
)  # fmt: skip
def test_a_number_is_read_within_its_range(hear, question, text, number):
    assert read_answer(text, _PROTOCOL.question(question), hear(text)).number == number
