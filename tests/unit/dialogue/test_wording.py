"""What the chat says stays within the protocol's limits on wording (section 6)."""

import re

import pytest
import textstat
import yaml

from rasa_project.dialogue.wording import (
    answer_words,
    known_so_far,
    screen_event,
    texts,
    value_words,
)
from rasa_project.settings import ROOT
from rasa_project.triage.counterfactuals import default_counterfactuals
from rasa_project.triage.engine import assess
from rasa_project.triage.protocol import protocol
from tests.unit.triage.cases import facts

RULES = protocol()
RESPONSES = yaml.safe_load((ROOT / "domain.yml").read_text())["responses"]
FORBIDDEN = re.compile(
    r"\byou have (?:a|an|got)\b|\blikely\b|\d\s?%|per ?cent|safe to run|rule[sd]? out|nothing to worry"
    r"|tendinopathy|tendinitis|fasciitis|rupture|fracture|\bDVT\b|bursitis|cellulitis|sepsis",
    re.IGNORECASE,
)


def everything():
    for rule in (*RULES.red_flags, *RULES.disposition.clauses, RULES.disposition.otherwise):
        yield rule.id, " ".join([rule.say, rule.do, *(words for _, words in rule.more)])
    for question in RULES.questions:
        yield question.name, f"{question.text} {question.again} {question.why}"
        yield f"{question.name} options", ". ".join(o.label for o in question.options) + "."
    for level, words in RULES.outcomes.items():
        yield level, f"{words['do']} {words['safety_net']}"
    for name, replies in RESPONSES.items():
        yield name, replies[0]["text"]
    for name, words in texts().items():
        if isinstance(words, str):
            yield name, words
    for name, words in texts()["would"].items():
        yield f"would {name}", words
    for change in default_counterfactuals().changes:
        yield f"change {change.fact} {change.value}", change.words
    for name, words in texts()["readings"].items():
        yield f"reading {name}", words


@pytest.mark.parametrize(("name", "words"), list(everything()))
def test_no_diagnosis_no_percentage_no_reassurance(name, words):
    assert not FORBIDDEN.search(words)


def test_the_chat_reads_at_grade_seven_or_lower():
    hard = {}
    for name, words in everything():
        if name.endswith("options") or len(words.split()) < 8:
            continue
        grade = textstat.flesch_kincaid_grade(words)
        if grade > 7 + 1e-9:
            hard[name] = round(grade, 1)
    assert hard == {}


@pytest.mark.parametrize("level", ["EMERGENCY", "URGENT"])
def test_urgent_outcomes_carry_no_booking_prompt(level):
    assert "book" not in str(RULES.outcomes[level]).lower()


def test_a_screen_event_holds_what_the_contract_asks_for():
    result = assess(RULES, facts(stiffness_min=None))
    event = screen_event(result.question, result)
    assert event["screen"] == "morning_stiffness"
    assert event["kind"] == "number"
    assert event["why"]
    assert event["progress"]["remaining"] >= 1
    assert {"value": "15", "label": "15 minutes"} in event["options"]


def test_a_value_reads_as_a_visitor_would_say_it():
    said = [
        value_words(RULES, "side", None, "left"), value_words(RULES, "duration_days", None, 21),
        value_words(RULES, "duration_days", None, 1), value_words(RULES, "fever", None, "yes"),
        value_words(RULES, "swelling", "calf", "no"), value_words(RULES, "walk4_now", None, "no"),
        value_words(RULES, "push_off_nrs", None, 4), value_words(RULES, "health", "gout", "unsure"),
    ]  # fmt: skip
    assert said == [
        "left", "3 weeks", "1 day", "yes to “fever or chills”", "no to “swelling of the calf”",
        "you cannot take four steps", "pushing off 4 out of 10", "not sure about “gout”",
    ]  # fmt: skip


def test_what_was_answered_is_said_in_few_words():
    known = facts(swelling=["calf"], night_rest="after_activity")
    assert answer_words(RULES, RULES.question("signs"), known) == (
        "swelling of the calf, pain at rest or at night: at rest or at night after activity"
    )
    assert answer_words(RULES, RULES.question("medicines"), known) == "none of these"


def test_a_half_answered_choice_says_what_is_known():
    question = RULES.question("next_day")
    limping = facts(walk_limp="yes").without({"next_day_worse"})
    assert known_so_far(RULES, question, limping) == (
        "You told me: yes to “limping”. I still need to know:"
    )
    assert known_so_far(RULES, question, facts().without(set(question.sets))) == ""
