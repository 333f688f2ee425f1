"""What one other answer would have led to."""

from datetime import date

import pytest

from rasa_project.triage.counterfactuals import (
    MOST_EACH,
    default_counterfactuals,
    higher_levels,
    later_steps,
)
from rasa_project.triage.facts import Facts
from rasa_project.triage.protocol import protocol
from tests.unit.triage.cases import facts

RULES = protocol()
TOLD = default_counterfactuals()


def told(**changes):
    found = higher_levels(RULES, TOLD, facts(**changes))
    return {t.level.name: [(c.fact, c.value) for c in t.changes] for t in found}


def test_a_quiet_visitor_hears_of_every_level_the_highest_first():
    assert told() == {
        "EMERGENCY": [
            ("emergency_flags", "chest_pain"), ("emergency_flags", "breathless"),
            ("emergency_flags", "foot_cold_pale"),
        ],
        "URGENT": [("onset", "sudden_pop"), ("walk4_now", "no"), ("swelling", "calf")],
        "PROMPT": [("push_off", "weak"), ("night_rest", "constant_or_wakes"), ("fever", "yes")],
        "ROUTINE": [("duration_days", 42), ("history", "recurrent_12m"), ("trend", "worse")],
    }  # fmt: skip
    assert list(told()) == ["EMERGENCY", "URGENT", "PROMPT", "ROUTINE"]
    assert MOST_EACH == 3


def test_what_others_would_do_depends_on_what_is_known():
    urgent = told(onset="sudden_pop", gap_or_dent="no", heel_raise=None, bone_tender="no")
    assert urgent["EMERGENCY"] == [
        ("push_off", "weak"),
        ("walk4_now", "no"),
        ("gap_or_dent", "yes"),
    ]
    old = told(onset="sudden_pop", push_off="weak", duration_days=30)
    assert old["EMERGENCY"][0] == ("duration_days", 14)


@pytest.mark.parametrize(
    ("changes", "known"),
    [
        ({"history": "recurrent_12m"}, ("history", "recurrent_12m")),
        ({"swelling": ["calf"]}, ("swelling", "calf")),
        ({"duration_days": 42}, ("duration_days", 42)),
    ],
)
def test_what_is_so_is_not_told(changes, known):
    assert all(known not in answers for answers in told(**changes).values())


def test_nothing_is_told_above_an_emergency_or_before_there_is_a_level():
    assert told(emergency_flags=["chest_pain"]) == {}
    assert higher_levels(RULES, TOLD, Facts(RULES.specs)) == ()


def test_later_is_told_with_its_day_while_it_would_raise_the_level():
    (sentence,) = later_steps(RULES, TOLD, facts(), date(2026, 11, 22))
    assert sentence == "If it is no better by 6 December, the next step is a visit."
    assert later_steps(RULES, TOLD, facts(trend="worse"), date(2026, 11, 22)) == ()
    assert later_steps(RULES, TOLD, Facts(RULES.specs), date(2026, 11, 22)) == ()
