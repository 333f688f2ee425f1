"""The same answer tapped, typed as its label, or given as a number comes to the same."""

from datetime import date

import pytest

from rasa_project.dialogue.reading import Message, read_message
from rasa_project.language.extractor import FactExtractor
from rasa_project.triage.engine import assess
from rasa_project.triage.facts import UNSURE, YES, Facts
from rasa_project.triage.protocol import protocol
from tests.safety.assignments import asked_only, quiet

RULES = protocol()
TODAY = date(2026, 11, 23)
# Facts that must be so for a screen to come.
OPENERS = {
    "who_is_typing": {"age_band": "8_15"},
    "injury_checks": {"onset": "sudden_no_pop", "zone_main": "Z8", "zones": {"Z8": YES}},
    "clot_risk": {"zones": {"Z1": YES, "Z2": YES}},
    "heel_squeeze": {"zones": {"Z2": YES, "Z5": YES}},
    "rest_pain": {"night_rest": "after_activity"},
    "inflammatory": {"side": "both"},
}
TAPPED = [
    (question.name, option.value)
    for question in RULES.questions
    for option in question.options
    if question.name != "area" and not question.clinic and option.value != "skip"
    # A tick box or a side is no whole answer; the number screens are below.
    if not option.extra
    and option.group != "side"
    and question.name not in ("push_off_pain", "rest_pain")
]


# Labels that say more, or less, as words than as a tick: the reading may only be the safer one.
SAFER = {
    ("injury_checks", "walk4_then"): "heard as not being able to take four steps now",
    ("signs", "back_pain_after_fall"): "heard as a fall and a sore back as well",
    ("health", "growing_lump"): "heard, and the rest of the list is asked once more",
}


@pytest.fixture(scope="module")
def hear():
    extractor = FactExtractor()
    return lambda text: extractor.extract(text, TODAY)


def before(name):
    """A quiet visitor who has answered everything up to a question."""
    question = RULES.question(name)
    known = asked_only(RULES, {**quiet(RULES), **OPENERS.get(name, {})})
    earlier = RULES.questions[: RULES.questions.index(question)]
    facts = {n: known[n] for q in earlier for n in q.sets if n in known}
    return question, Facts(RULES.specs, facts)


def after(question, facts, message):
    heard = read_message(RULES, facts, question, False, message)
    assert heard.answered or heard.unsure
    result = assess(RULES, facts.with_(heard.updates))
    return (
        result.level,
        result.question and result.question.name,
        {h.rule.id for h in result.fired},
        heard.unsure,
    )


@pytest.mark.parametrize(
    ("name", "value"), TAPPED, ids=[f"{name}-{value}" for name, value in TAPPED]
)
def test_typing_the_label_is_tapping_the_option(hear, name, value):
    question, facts = before(name)
    label = question.option(value).label
    tapped = after(question, facts, Message(label, choice=[value]))
    typed = after(question, facts, Message(label, mentions=hear(label)))
    if (name, value) in SAFER:
        assert (typed[0] or 0) >= (tapped[0] or 0)
    else:
        assert typed == tapped


NUMBERS = [(name, n) for name in ("push_off_pain", "rest_pain") for n in range(11)]
NUMBERS += [("morning_stiffness", n) for n in (0, 10, 15, 30, 31, 60, 180)]
NUMBERS += [("duration", n) for n in (0, 1, 14, 15, 41, 42, 180)]


@pytest.mark.parametrize(("name", "number"), NUMBERS)
def test_a_number_may_be_tapped_given_or_typed(hear, name, number):
    question, facts = before(name)
    given = after(question, facts, Message(str(number), number=number))
    if question.option(str(number)):
        assert after(question, facts, Message(str(number), choice=[str(number)])) == given
    words = {"duration": f"{number} days", "morning_stiffness": f"{number} minutes"}.get(
        name, f"{number} out of 10"
    )
    for text in (words,) if name == "duration" else (words, str(number)):
        assert after(question, facts, Message(text, mentions=hear(text))) == given, text


@pytest.mark.parametrize("name", [q.name for q in RULES.questions if q.option(UNSURE)])
@pytest.mark.parametrize("words", ["I'm not sure", "no idea", "dunno"])
def test_not_sure_in_words_is_not_sure_tapped(hear, name, words):
    question, facts = before(name)
    tapped = after(question, facts, Message("I'm not sure", choice=[UNSURE]))
    assert after(question, facts, Message(words, mentions=hear(words))) == tapped
