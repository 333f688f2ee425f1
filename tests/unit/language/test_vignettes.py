"""The protocol's acceptance vignettes (section 8), each told twice by a visitor."""

import pytest

from tests.unit.language.conftest import present as p

_RUPTURE = p(("onset", "sudden_pop"))
_CASES = [
    ("Playing tennis yesterday, felt a pop like being kicked, walks and tiptoes fine, day 1", _RUPTURE | p(("walk4_now", "yes"), ("heel_raise", "full"), ("sport", "tennis"))),
    ("tennis yesterday - heard a snap, thought someone kicked me. I can walk and can tiptoe", _RUPTURE | p(("walk4_now", "yes"), ("heel_raise", "full"), ("duration_days", 1))),
    ("felt a snap at tennis yesterday and now my push off is weak", _RUPTURE | p(("push_off", "weak"), ("duration_days", 1))),
    ("heard a pop this morning, push-off feels weak", _RUPTURE | p(("push_off", "weak"), ("duration_days", 0))),
    ("I felt a pop in my heel 30 days ago, walking fine", _RUPTURE | p(("duration_days", 30), ("walk4_now", "yes"))),
    ("something snapped a month ago while playing tennis, tiptoes fine", _RUPTURE | p(("duration_days", 30), ("heel_raise", "full"))),
    ("middle of my achilles sore for 10 days, came on gradually, 4/10 pushing off, stiff 15 minutes in the morning, upped my mileage", p(("zones", "Z2"), ("onset", "gradual"), ("duration_days", 10), ("push_off_nrs", 4), ("stiffness_min", 15), ("training_change", "mileage"))),
    ("sore achilles, crept up on me over 10 days since I upped my mileage, stiff for 15 mins first thing, about a 4 when I push off", p(("zones", "Z2"), ("onset", "gradual"), ("push_off_nrs", 4), ("stiffness_min", 15), ("training_change", "mileage"))),
    ("achilles pain for 8 weeks, built up slowly", p(("zones", "Z2"), ("duration_days", 56), ("onset", "gradual"))),
    ("my achilles has been sore 8 wks, came on gradually", p(("zones", "Z2"), ("duration_days", 56), ("onset", "gradual"))),
    ("8 weeks of achilles pain, finished ciprofloxacin 2 months ago, age 45", p(("drugs", "fq_6m"), ("age_band", "40_59"), ("duration_days", 56))),
    ("I'm 45, took cipro 2 months ago, achilles sore for 8 weeks", p(("drugs", "fq_6m"), ("age_band", "40_59"), ("duration_days", 56))),
    ("I'm 66 and finished ciprofloxacin two months ago", p(("drugs", "fq_6m"), ("age_band", "60p"))),
    ("66 years old, came off cipro 2 months ago", p(("drugs", "fq_6m"), ("age_band", "60p"))),
    ("My calf aches, came on slowly, I had a long flight last week", p(("zones", "Z1"), ("onset", "gradual"), ("vte_risk", "travel_4h_4w"))),
    ("achy calf that built up gradually, flew back from London last week", p(("zones", "Z1"), ("onset", "gradual"), ("vte_risk", "travel_4h_4w"))),
    ("my whole leg is swollen, I had a clot before and I'm breathless", p(("swelling", "whole_leg"), ("vte_risk", "prior_clot"), ("emergency_flags", "breathless"))),
    ("entire leg swollen, previous dvt, cant catch my breath", p(("swelling", "whole_leg"), ("vte_risk", "prior_clot"), ("emergency_flags", "breathless"))),
    ("pain under the heel and on the side of my heel, sore when I squeeze it, I upped my mileage", p(("zones", "Z5"), ("zones", "Z6"), ("heel_squeeze", "yes"), ("training_change", "mileage"))),
    ("bottom of my heel hurts, hurts when I squeeze both sides, ran a lot more this month", p(("zones", "Z5"), ("heel_squeeze", "yes"), ("training_change", "mileage"))),
    ("back of both heels, stiff for an hour in the morning, I have psoriasis", p(("zones", "Z3"), ("side", "both"), ("stiffness_min", 60), ("health", "psoriasis"))),
    ("both heels hurt where the tendon meets the bone, 60 minutes of stiffness every morning, psoriasis", p(("zones", "Z3"), ("side", "both"), ("stiffness_min", 60), ("health", "psoriasis"))),
    ("My 11 year old son has pain in both heels after soccer", p(("age_band", "8_15"), ("side", "both"), ("respondent", "guardian"), ("sport", "soccer"))),
    ("my daughter is 11, both heels hurt after soccer", p(("age_band", "8_15"), ("side", "both"), ("respondent", "guardian"))),
    ("hot red heel and I'm diabetic", p(("heat_redness", "hot_red"), ("health", "diabetes"))),
    ("my right heel is hot and red, I have diabetes", p(("heat_redness", "hot_red"), ("health", "diabetes"), ("side", "right"))),
    ("Twisted my ankle, cannot take 4 steps", p(("onset", "fall_or_blow"), ("walk4_now", "no"))),
    ("rolled my ankle and can't put weight on it", p(("onset", "fall_or_blow"), ("walk4_now", "no"))),
    ("Fell off a ladder on both heels, cannot stand, back sore", p(("onset", "fall_height"), ("walk4_now", "no"), ("side", "both"), ("neuro", "back_pain_after_fall"))),
    ("I fell from a ladder and landed on both heels, can't stand, and my back hurts", p(("onset", "fall_height"), ("walk4_now", "no"), ("neuro", "back_pain_after_fall"))),
    ("my 10 year old has a fever and will not put the foot down", p(("age_band", "8_15"), ("fever", "yes"), ("walk4_now", "no"))),
    ("my son is 10, has a fever and won't put his foot down", p(("age_band", "8_15"), ("fever", "yes"), ("walk4_now", "no"))),
    ("Calf rock hard after a race, 9/10 at rest, numb sole", p(("calf_tense", "yes"), ("rest_nrs", 9), ("neuro", "numb_sole"))),
    ("after a race my calf went rock hard, pain 9 out of 10 at rest and the sole of my foot is numb", p(("calf_tense", "yes"), ("rest_nrs", 9), ("neuro", "numb_sole"))),
    ("Calves swollen after a brutal class, cola-coloured urine", p(("swelling", "calf"), ("general_flags", "dark_urine"))),
    ("both calves are swollen after a brutal spin class and my pee is the colour of cola", p(("swelling", "calf"), ("general_flags", "dark_urine"))),
    ("Foot goes numb and pale at 3 km, fine after five minutes' rest", p(("exertional_leg", "yes"))),
    ("on runs my foot gets numb and white around 3 km, settles within five minutes of stopping", p(("exertional_leg", "yes"))),
    ("My dad ruptured his, no pop for me, sore achilles 10 days, 3/10", p(("zones", "Z2"), ("duration_days", 10), ("push_off_nrs", 3))),
    ("achilles sore for 10 days, 3 out of 10, no pop. My dad ruptured his", p(("zones", "Z2"), ("duration_days", 10), ("push_off_nrs", 3))),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), _CASES)
def test_a_vignette_told_in_lay_words_gives_its_facts(stated, text, expected):
    assert expected <= stated(text)


def test_effort_that_settles_is_no_cold_foot(hear):
    heard = hear("Foot goes numb and pale at 3 km, fine after five minutes' rest")
    assert not any(m.fact == "emergency_flags" for m in heard)


def test_effort_without_relief_leaves_the_cold_foot_in_doubt(hear):
    heard = hear("my foot goes cold and pale when I run")
    assert {(m.fact, m.assertion) for m in heard if m.fact == "emergency_flags"} == {
        ("emergency_flags", "uncertain")
    }


@pytest.mark.parametrize(
    "text", ["not sure about chest pain", "I don't know if it's chest pain", "maybe chest pain"]
)
def test_not_sure_about_chest_pain_is_uncertain(hear, text):
    assert ("chest_pain", "uncertain") in {(m.value, m.assertion) for m in hear(text)}
