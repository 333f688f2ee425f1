"""The worked examples of protocol section 8, as structured facts."""

import pytest

from rasa_project.triage.command import assess_facts
from rasa_project.triage.protocol import protocol
from tests.unit.triage.cases import CALF, INJURED, case

POP = {**INJURED, "onset": "sudden_pop", "duration_days": 1, "push_off": "normal"}
EIGHT_WEEKS_CIPRO = {"duration_days": 56, "drugs": ["fq_6m"]}

EXAMPLES = [
    ("tennis, pop, kicked, walks, tiptoes fine", case(**{**POP, "heel_raise": "full"}), "URGENT", "RF07"),
    ("the same with a weak push-off", case(**{**POP, "push_off": "weak"}), "EMERGENCY", "RF06"),
    ("the same 30 days ago", case(**{**POP, "push_off": "weak", "duration_days": 30}), "URGENT", "RF07"),
    ("mid-tendon, ten days, mileage up", case(), "SELF_CARE", "S4-SELF-CARE"),
    ("the same for eight weeks", case(duration_days=56), "ROUTINE", "S4-SIX-WEEKS"),
    ("and ciprofloxacin two months ago at 45", case(**EIGHT_WEEKS_CIPRO, age_band="40_59"), "PROMPT", "RF14"),
    ("the same at 66", case(**EIGHT_WEEKS_CIPRO, age_band="60p"), "URGENT", "RF13"),
    (
        "calf ache after a long flight",
        case(**{**CALF, "vte_risk": ["travel_4h_4w"]}, zones=["Z1"], zone_main="Z1"),
        "URGENT", "RF11",
    ),
    (
        "whole leg swollen, past clot, breathless",
        case(**{**CALF, "vte_risk": ["prior_clot"]}, swelling=["whole_leg"], emergency_flags=["breathless"]),
        "EMERGENCY", "RF01",
    ),
    (
        "heel bone sore on squeezing in a marathon build",
        case(zones=["Z5", "Z6"], zone_main="Z5", heel_squeeze="yes"), "PROMPT", "RF23",
    ),
    (
        "both insertions, stiff for an hour, psoriasis",
        case(zones=["Z3"], zone_main="Z3", side="both", stiffness_min=60, health=["psoriasis"], inflam=["none"]),
        "PROMPT", "RF24",
    ),
    (
        "eleven years old, both heels after soccer, no limp",
        case(age_band="8_15", respondent="guardian", zones=["Z3"], zone_main="Z3", side="both", inflam=["none"]),
        "ROUTINE", "RF18",
    ),
    ("hot red heel and diabetes", case(heat_redness="hot_red", health=["diabetes"]), "URGENT", "RF12"),
    ("twisted ankle, cannot take four steps", case(**INJURED, onset="fall_or_blow", walk4_now="no"), "URGENT", "RF08"),
    ("not sure twice about the emergency signs", case(emergency_flags="unsure"), "EMERGENCY", "RF01"),
    (
        "fell off a ladder, cannot stand, back sore",
        case(**INJURED, onset="fall_height", walk4_now="no", neuro=["back_pain_after_fall"]), "EMERGENCY", "RF08",
    ),
    (
        "ten years old, fever, will not put the foot down",
        case(age_band="8_15", fever="yes", walk4_now="no"), "EMERGENCY", "RF17",
    ),
    (
        "calf rock hard, 9 of 10 at rest, numb sole",
        case(
            **{**CALF, "calf_tense": "yes"}, zones=["Z1"], zone_main="Z1", neuro=["numb_sole"],
            night_rest="constant_or_wakes", rest_nrs=9,
        ),
        "EMERGENCY", "RF02",
    ),
    (
        "calves swollen after a class, dark urine",
        case(**CALF, zones=["Z1"], zone_main="Z1", swelling=["calf"], general_flags=["dark_urine"]),
        "EMERGENCY", "RF30",
    ),
    (
        "foot numb and pale on a run, fine after a rest",
        case(**{**CALF, "exertional_leg": "yes"}, zones=["Z1"], zone_main="Z1"), "PROMPT", "RF29",
    ),
    ("the father's rupture is not the visitor's", case(push_off_nrs=3), "SELF_CARE", "S4-SELF-CARE"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("story", "given", "level", "rule"), EXAMPLES, ids=[e[0] for e in EXAMPLES]
)
def test_the_example_gets_its_level(story, given, level, rule):
    result = assess_facts(protocol(), given)
    assert result["level"] == level
    assert rule in result["rules"]
    assert result["next_screen"] is None
