"""What a chosen answer states (protocol section 2, "Screens")."""

import pytest

from rasa_project.triage.engine import asked_facts
from rasa_project.triage.facts import NO, UNSURE, YES, FactError, Facts, parse_facts
from rasa_project.triage.protocol import protocol
from rasa_project.triage.screens import answer_choice, answer_number, unsure_about
from tests.unit.triage.cases import facts

RULES = protocol()


def stated(name, values, known=None, again=False):
    known = known or Facts(RULES.specs)
    asked = asked_facts(RULES, known)
    return answer_choice(RULES.question(name), values, known, RULES.specs, asked, again)


def test_what_is_not_ticked_is_no():
    updates = stated("signs", ["calf", "fever"]).updates
    assert updates["swelling"] == {
        "tendon_heel": NO,
        "ankle_joint": NO,
        "calf": YES,
        "whole_leg": NO,
    }
    assert updates["fever"] == YES
    assert updates["wound"] == NO
    assert updates["heat_redness"] == updates["night_rest"] == "none"
    assert set(updates["neuro"].values()) == {NO}


def test_none_of_these_keeps_what_was_volunteered():
    known = parse_facts(
        RULES.specs, {"swelling": {"calf": "yes"}, "fever": "yes", "heat_redness": "hot_red"}
    )
    told = known.with_(stated("signs", ["none"], known).updates)
    assert told["swelling"]["calf"] == told["fever"] == YES
    assert told["swelling"]["whole_leg"] == told["wound"] == NO
    assert told["heat_redness"] == "hot_red"


def test_none_of_these_settles_what_was_not_sure():
    known = parse_facts(RULES.specs, {"fever": "unsure", "swelling": "unsure"})
    told = known.with_(stated("signs", ["none"], known).updates)
    assert told["fever"] == NO
    assert set(told["swelling"].values()) == {NO}


def test_the_first_not_sure_states_nothing_and_asks_again():
    answer = stated("signs", [UNSURE])
    assert answer.unsure
    assert answer.updates == {}


def test_not_sure_beside_a_tick_keeps_the_tick():
    answer = stated("signs", ["calf", UNSURE])
    assert answer.unsure
    assert answer.updates == {"swelling": {"calf": YES}}


def test_the_second_not_sure_stands_for_all_that_was_not_ticked():
    known = parse_facts(RULES.specs, {"wound": "no", "neuro": {"foot_drop": "yes"}})
    answer = stated("signs", ["calf", UNSURE], known, again=True)
    assert not answer.unsure
    assert answer.updates["swelling"] == {
        "tendon_heel": UNSURE,
        "ankle_joint": UNSURE,
        "calf": YES,
        "whole_leg": UNSURE,
    }
    assert answer.updates["neuro"]["foot_drop"] == YES
    assert answer.updates["neuro"]["numb_sole"] == UNSURE
    assert answer.updates["fever"] == answer.updates["heat_redness"] == UNSURE
    assert "wound" not in answer.updates


def test_not_sure_is_only_about_what_is_asked_in_this_case():
    # Without an injury nobody is asked about the ankle bones.
    gradual, injured = (
        facts(walk4_now=None, push_off=None, heel_raise=None),
        facts(onset="fall_or_blow", heel_raise=None),
    )
    question = RULES.question("loading_ability")
    updates = unsure_about(question, gradual, RULES.specs, asked_facts(RULES, gradual)).updates
    assert updates == {"walk4_now": UNSURE, "push_off": UNSURE, "heel_raise": UNSURE}
    question = RULES.question("injury_checks")
    updates = unsure_about(question, injured, RULES.specs, asked_facts(RULES, injured)).updates
    assert updates == {"walk4_then": UNSURE, "bone_tender": UNSURE}


def test_not_sure_how_it_started_is_an_answer():
    answer = stated("onset", [UNSURE])
    assert not answer.unsure
    assert answer.updates == {"onset": UNSURE}


def test_a_heel_raise_is_recorded_only_where_it_is_asked():
    assert stated("loading_ability", ["weak"], facts(heel_raise=None)).updates == {
        "walk4_now": YES, "push_off": "weak", "heel_raise": "weak",
    }  # fmt: skip
    popped = facts(onset="sudden_pop", heel_raise=None)
    assert stated("loading_ability", ["weak"], popped).updates == {
        "walk4_now": YES,
        "push_off": "weak",
    }


def test_the_first_place_is_the_sorest():
    updates = stated("pain_location", ["Z3", "Z2", "left"]).updates
    assert updates == {"zones": {"Z3": YES, "Z2": YES}, "side": "left", "zone_main": "Z3"}
    assert stated("pain_location", ["left"]).updates == {"side": "left"}


def test_of_two_values_of_one_choice_the_graver_counts():
    assert stated("signs", ["spreading", "mild_local"]).updates["heat_redness"] == "spreading"
    assert stated("signs", ["mild_local", "spreading"]).updates["heat_redness"] == "spreading"
    onset = RULES.specs["onset"]
    assert (
        onset.graver("gradual", "sudden_pop")
        == onset.graver("sudden_pop", "gradual")
        == "sudden_pop"
    )


def test_a_box_that_is_not_ticked_is_no_once_the_choice_is_made():
    assert stated("next_day", ["lt24h"]).updates == {"next_day_worse": "lt24h", "walk_limp": NO}
    assert stated("next_day", ["lt24h", "walk_limp"]).updates["walk_limp"] == YES
    assert stated("next_day", ["walk_limp"]).updates == {"walk_limp": YES}
    assert stated("background", ["first"]).updates == {"history": "first", "trend": "same"}


def test_skipping_leaves_the_facts_unsure():
    assert stated("weekly_distance", ["skip"]).updates == {
        "weekly_km_before": UNSURE,
        "weekly_km_now": UNSURE,
    }


def test_a_value_that_is_not_offered_states_nothing():
    assert stated("heel_squeeze", ["maybe"]).updates == {}


@pytest.mark.parametrize(
    ("name", "number"),
    [("push_off_pain", 0), ("push_off_pain", 10), ("morning_stiffness", 180), ("duration", 0)],
)
def test_a_number_within_its_bounds_is_taken(name, number):
    question = RULES.question(name)
    assert answer_number(question, number).updates == {question.sets[0]: number}


def test_a_whole_number_stays_whole_and_a_half_stays_half():
    question = RULES.question("push_off_pain")
    assert repr(answer_number(question, 7.0).updates["push_off_nrs"]) == "7"
    assert answer_number(question, 7.5).updates == {"push_off_nrs": 7.5}


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("push_off_pain", 11),
        ("push_off_pain", -1),
        ("morning_stiffness", 181),
        ("duration", float("nan")),
    ],
)
def test_a_number_outside_its_bounds_is_refused_by_name(name, number):
    question = RULES.question(name)
    with pytest.raises(FactError, match=question.sets[0]):
        answer_number(question, number)


def test_a_pain_scale_offers_every_number():
    assert [option.value for option in RULES.question("push_off_pain").options] == [
        str(n) for n in range(11)
    ]
    assert stated("push_off_pain", ["7"]).updates == {"push_off_nrs": 7}


def test_a_number_out_of_range_is_told_with_the_range():
    question = RULES.question("push_off_pain")
    with pytest.raises(FactError, match="11 is not from 0 to 10"):
        answer_number(question, 11)
    assert answer_number(question, 0).updates == {"push_off_nrs": 0}


@pytest.mark.parametrize(("known", "limp"), [({"walk_limp": "yes"}, None), ({}, "no")])
def test_a_volunteered_limp_outlives_the_tick_box_left_empty(known, limp):
    question = RULES.question("next_day")
    facts = parse_facts(RULES.specs, known)
    answered = answer_choice(question, ["lt24h"], facts, RULES.specs, frozenset(), False)
    assert answered.updates.get("walk_limp") == limp
