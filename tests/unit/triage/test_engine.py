"""The engine's rules (protocol, head and section 2) by example."""

import pytest

from rasa_project.triage.engine import assess, level_of, open_facts, unanswered_mandatory
from rasa_project.triage.facts import FactError, parse_facts
from rasa_project.triage.protocol import protocol
from rasa_project.triage.rules import Level
from tests.unit.triage.cases import CALF, INJURED, case, facts

RULES = protocol()


def ids(result):
    return [hit.rule.id for hit in result.fired]


def test_nothing_answered_gives_no_level_and_asks_for_consent():
    result = assess(RULES, parse_facts(RULES.specs, {}))
    assert result.level is None
    assert result.fired == ()
    assert result.question.screen == "consent"


def test_unanswered_is_never_no():
    without_fever = assess(RULES, facts(fever=None))
    assert without_fever.level is None
    assert "fever" in without_fever.missing
    assert without_fever.question.screen == "signs"


def test_an_emergency_ends_the_questions_at_once():
    result = assess(RULES, parse_facts(RULES.specs, {"emergency_flags": {"chest_pain": "yes"}}))
    assert result.level == Level.EMERGENCY
    assert result.question is None


def test_every_rule_that_holds_is_reported_highest_first():
    result = assess(
        RULES,
        facts(heat_redness="hot_red", drugs=["fq_6m"], night_rest="constant_or_wakes", rest_nrs=3),
    )
    assert ids(result) == ["RF12", "RF14", "RF22"]


def test_once_urgent_only_what_can_still_raise_it_is_asked():
    opening = {"consent_chat": True, "emergency_flags": ["none"], "onset": "sudden_pop"}
    known = parse_facts(RULES.specs, opening)
    asked = []
    answers = case(
        **INJURED, onset="sudden_pop", duration_days=1, push_off="normal", walk4_now="yes"
    )
    while (question := assess(RULES, known).question) is not None:
        asked.append(question.screen)
        known = known.with_(
            {n: RULES.specs[n].parse(answers[n]) for n in question.sets if n in answers}
        )
    assert assess(RULES, known).level == Level.URGENT
    assert "medicines" not in asked
    assert "morning_stiffness" not in asked
    assert "training_change" not in asked
    assert {"duration", "loading_ability", "injury_checks", "signs"} <= set(asked)


def test_dark_urine_is_still_asked_about_when_a_calf_is_swollen():
    # The health screen sets a fact that can raise URGENT to EMERGENCY (RF30).
    known = facts(**CALF, swelling=["calf"], general_flags=None)
    result = assess(RULES, known)
    assert result.level == Level.URGENT
    assert result.question.screen == "health"


@pytest.mark.parametrize(
    ("answers", "level"),
    [
        ({"emergency_flags": "unsure"}, Level.EMERGENCY),
        ({"fever": "unsure", "heat_redness": "hot_red"}, Level.EMERGENCY),
        ({"walk4_now": "unsure"}, Level.URGENT),
        ({"push_off": "unsure"}, Level.PROMPT),
        ({"gap_or_dent": "unsure"}, Level.SELF_CARE),
        ({**INJURED, "onset": "sudden_no_pop", "gap_or_dent": "unsure"}, Level.URGENT),
        ({**INJURED, "onset": "fall_or_blow", "bone_tender": "unsure"}, Level.URGENT),
        ({"duration_days": "unsure"}, Level.SELF_CARE),
        ({"push_off_nrs": "unsure"}, Level.ROUTINE),
        ({"health": "unsure", "swelling": ["tendon_heel"]}, Level.ROUTINE),
    ],
)
def test_unsure_is_read_as_engine_rule_4_says(answers, level):
    assert assess(RULES, facts(**answers)).level == level


def test_two_unresolved_safety_facts_fire_rf28():
    assert "RF28" not in ids(assess(RULES, facts(wound="unsure")))
    assert "RF28" in ids(assess(RULES, facts(wound="unsure", health="unsure")))


def test_to_rather_not_say_is_a_refusal():
    # Engine rule 4: refused counts as yes in URGENT rules; RF28 counts what was refused.
    calf = {"zones": ["Z1"], "zone_main": "Z1", **CALF}
    assert ids(assess(RULES, facts(**calf, pregnancy="prefer_not"))) == ["RF11"]
    assert "RF28" in ids(assess(RULES, facts(wound="unsure", pregnancy="prefer_not")))
    assert assess(RULES, facts(pregnancy="prefer_not")).level == Level.SELF_CARE


def test_a_pop_of_unknown_age_counts_as_recent():
    answers = {**INJURED, "onset": "sudden_pop", "push_off": "weak", "duration_days": "unsure"}
    assert assess(RULES, facts(**answers)).level == Level.EMERGENCY


def test_a_pop_with_weakness_is_an_emergency_before_its_age_is_known():
    known = parse_facts(RULES.specs, {"onset": "sudden_pop", "push_off": "unable"})
    assert assess(RULES, known).level == Level.EMERGENCY


@pytest.mark.parametrize(
    ("answers", "screen", "asked"),
    [
        ({}, "injury_checks", False),
        ({**dict.fromkeys(INJURED), "onset": "fall_or_blow"}, "injury_checks", True),
        ({"zones": ["Z1"], "zone_main": "Z1"}, "clot_risk", True),
        ({"zones": ["Z5"], "zone_main": "Z5"}, "heel_squeeze", True),
        ({"night_rest": "after_activity"}, "rest_pain", True),
        ({"side": "both"}, "inflammatory", True),
        ({"training_change": ["none"]}, "inflammatory", True),
    ],
)
def test_conditional_screens_are_asked_only_when_they_apply(answers, screen, asked):
    question = assess(RULES, facts(**answers)).question
    assert (question is not None and question.screen == screen) is asked


def test_a_visitor_who_volunteers_nothing_sees_at_most_sixteen_screens():
    known, seen = parse_facts(RULES.specs, {}), []
    answers = case(duration_days=60)
    while (question := assess(RULES, known).question) is not None:
        seen.append(question.name)
        known = known.with_(
            {n: RULES.specs[n].parse(answers[n]) for n in question.sets if n in answers}
        )
    assert assess(RULES, known).level == Level.ROUTINE
    assert len([name for name in seen if name != "weekly_distance"]) <= 16


def test_advice_waits_for_every_mandatory_fact():
    assert unanswered_mandatory(RULES, facts()) == frozenset()
    assert unanswered_mandatory(RULES, facts(night_rest=None, trend=None)) == {
        "night_rest",
        "trend",
    }


@pytest.mark.parametrize(
    ("answers", "grade"),
    [
        ({"push_off_nrs": 2, "stiffness_min": 10}, "LOW"),
        ({"push_off_nrs": 3, "stiffness_min": 0}, "MODERATE"),
        ({"next_day_worse": "lt24h", "push_off_nrs": 0, "stiffness_min": 0}, "MODERATE"),
        ({"push_off_nrs": 6}, "HIGH"),
        ({"walk_limp": "yes"}, "HIGH"),
        ({"push_off_nrs": None}, None),
    ],
)
def test_irritability_follows_section_4(answers, grade):
    assert assess(RULES, facts(**answers)).irritability == grade


def test_an_unknown_fact_or_value_is_named():
    with pytest.raises(FactError, match="colour"):
        parse_facts(RULES.specs, {"colour": "red"})
    with pytest.raises(FactError, match=r"onset.*gradual"):
        parse_facts(RULES.specs, {"onset": "slowly"})
    with pytest.raises(FactError, match="none"):
        parse_facts(RULES.specs, {"swelling": ["none", "calf"]})


@pytest.mark.parametrize(
    "changes",
    [
        {}, {"fever": "unsure", "wound": "unsure"}, {"onset": "sudden_pop"}, {"stiffness_min": None},
        {"emergency_flags": None}, {"trend": "worse"},
    ],
)  # fmt: skip
def test_the_level_alone_is_that_of_the_whole_judgement(changes):
    known = facts(**changes)
    assert level_of(RULES, known) == assess(RULES, known).level


def test_two_safety_answers_left_open_raise_the_level_by_themselves():
    health = dict.fromkeys(RULES.specs["health"].values, "no") | {"gout": "unsure"}
    known = facts(health=health, pregnancy="prefer_not")
    assert level_of(RULES, known) == Level.PROMPT
    assert "RF28" in ids(assess(RULES, known))


def test_an_outcome_waits_for_what_it_needs_and_no_more():
    def waits(**changes):
        known = facts(**changes)
        return open_facts(RULES, known, assess(RULES, known))

    assert waits() == frozenset()
    assert waits(history=None) == {"history"}
    assert waits(drugs=["fq_6m"], history=None) == {"history"}
    assert waits(emergency_flags=["chest_pain"], history=None) == frozenset()
    urgent = waits(walk4_now="no", wound="yes", history=None, fever=None)
    assert "history" not in urgent
    assert "fever" in urgent


def test_a_fact_taken_back_is_unanswered_again():
    known = facts().without({"fever", "onset"})
    assert not known.answered("fever")
    assert not known.answered("onset")
    assert known["trend"] == "same"
    assert known.answered("swelling")


def test_an_error_names_the_fact_at_fault():
    with pytest.raises(FactError) as error:
        parse_facts(RULES.specs, {"onset": "slowly"})
    assert error.value.key == "onset"


def test_progress_counts_the_questions_answered():
    """Sixteen screens at most for everybody, less the area where a clinic is known."""
    assert assess(RULES, parse_facts(RULES.specs, {})).answered == 0
    done = assess(RULES, facts(), clinic_known=True)
    assert done.remaining == 0
    one_left = assess(RULES, facts(history=None, trend=None), clinic_known=True)
    assert one_left.remaining == 1
    assert one_left.answered == done.answered - 1
    assert done.answered >= 14
