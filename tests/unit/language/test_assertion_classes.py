"""Classes of lay wording for denial, doubt, time, questions and people: one mechanism each.

Every row is read by a general rule; none has a rule of its own.
"""

import pytest

from tests.unit.language.conftest import absent, present

_FEVER, _POP, _FALL = ("fever", "yes"), ("onset", "sudden_pop"), ("onset", "fall_or_blow")
_CALF, _ANKLE, _HEEL = (("swelling", v) for v in ("calf", "ankle_joint", "tendon_heel"))
_CHEST, _BREATH = (("emergency_flags", v) for v in ("chest_pain", "breathless"))
_NUMB, _DROP, _COLD = (
    ("neuro", "numb_sole"),
    ("neuro", "foot_drop"),
    ("emergency_flags", "foot_cold_pale"),
)
_GAP, _WOUND, _TENSE = ("gap_or_dent", "yes"), ("wound", "yes"), ("calf_tense", "yes")
_WALK, _UNABLE = ("walk4_now", "no"), ("push_off", "unable")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # one denial over a list, with and without commas
        ("zero swelling redness or temp", absent(_FEVER) | present(("swelling", "none"))),
        ("no fever no chills no nothing", absent(_FEVER)),
        ("no fall no twist no nothing, it was just there", absent(_FALL)),
        ("I don't have numbness, fever, cuts, nothing of that", absent(_NUMB, _FEVER, _WOUND)),
        ("no redness or fever", absent(_FEVER) | present(("heat_redness", "none"))),
        ("I do not have chest pain, nor have I been short of breath", absent(_CHEST, _BREATH)),
        # denial within the phrase
        ("my foot does not drag", absent(_DROP)),
        ("calf neither swollen nor hard", absent(_CALF)),
        ("calf: not swollen", absent(_CALF)),
        ("the foot is neither cold nor pale", absent(_COLD)),
        ("skin is not broken", absent(_WOUND)),
        # denial behind the finding
        ("did it pop? it didnt", absent(_POP)),
        ("everyone keeps asking did it pop. it didnt", absent(_POP)),
        ("fever: none", absent(_FEVER)),
        ("fever no, numbness no", absent(_FEVER, _NUMB)),
        ("fever neg", absent(_FEVER)),
        # the denial of an inability
        ("its not that I cant walk on it", absent(_WALK)),
        ("I am not unable to push off", absent(_UNABLE)),
    ],
)  # fmt: skip
def test_what_is_denied(stated, text, expected):
    assert expected <= stated(text)
    assert not {(fact, value, "present") for fact, value, said in expected if said == "absent"} & (
        stated(text)
    )


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("nah no pop, just cant push off anymore", _UNABLE),
        ("mi cyaan put no weight pon it", _WALK),
        ("I can not put no weight on it", _WALK),
        ("its not NOT swollen around the tendon", _HEEL),
        ("wouldn't say it doesn't hurt when i push off, no fever but my foot is numb", _NUMB),
        ("its not like I don't have a fever, I do", _FEVER),
        ("calf isnt swollen just the heel", _HEEL),
        ("no swelling except a little around the tendon", _HEEL),
        ("not my calf, its my ankle thats swollen", _ANKLE),
        ("the calf no swollen, the ankle yes", _ANKLE),
        ("nothing going on in the calf but the achilles is puffy", _HEEL),
        ("no pop it just crept up, now my toes are numb", _NUMB),
        ("heel doesnt leave the floor when I try a calf raise", ("heel_raise", "cannot")),
        ("I'm worried because my foot is cold and blue", _COLD),
        ("should i be worried that my calf is swollen", _CALF),
        ("why is my calf so swollen", _CALF),
        ("fever? yes", _FEVER),
    ],
)
def test_what_is_stated_beside_a_denial_or_a_question(stated, text, fact):
    assert (*fact, "present") in stated(text)


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("can't tell if my calf is swollen", _CALF),
        ("could of been a pop could of been my shoe", _POP),
        ("maybe a lil dent in the tendon, hard to say", _GAP),
        ("thought I felt a pop but the music was loud so who knows", _POP),
        ("I could be wrong, but my calf looks swollen", _CALF),
        ("numb toes maybe, or it could just be my socks", _NUMB),
        ("not sure but i think i mightve heard a pop", _POP),
    ],
)
def test_doubt_stays_doubt(hear, text, fact):
    said = {m.assertion for m in hear(text) if (m.fact, m.value) == fact}
    assert said == {"uncertain"}


@pytest.mark.parametrize(
    "text",
    [
        "is a pop bad",
        "could a blood clot make my calf swell?",
        "what does a ruptured tendon feel like",
        "at what point does redness count as spreading",
        "scared its gonna pop mid race",
        "im scared of waking up one day and my foot is numb",
        "should I worry if my foot goes numb",
        "will my calf swell up if I keep running",
        "my calf blew up after a tattoo 2 yrs ago, long gone",
        "had chest pain back in 09",
        "fainted at a wedding in 1987, never since",
        "used to get numb toes in tight boots, not anymore",
        "my coach tore his in 09, said it sounded like a gunshot",
        "half the guys at my gym have numb feet",
        "the player on TV, he could not push off",
        "father has numb feet, that is why I ask",
        "my sister's one calf is much bigger and always has been",
        "the dog has a swollen foot not me",
        "leafs collapse every spring",
        "numb feet and a swollen calf, those are my neighbour's troubles",
    ],
)
def test_questions_fears_the_past_and_others_state_no_finding(stated, text):
    findings = {
        "onset",
        "swelling",
        "neuro",
        "emergency_flags",
        "calf_bigger",
        "push_off",
        "heat_redness",
    }
    assert not {fact for fact in stated(text) if fact[0] in findings}


@pytest.mark.parametrize(
    ("text", "respondent", "fact"),
    [
        ("my daughter is eleven, if I squeeze her heels she yelps, her foot is numb", "guardian", _NUMB),
        ("daughters 7, heel hurts since sat, wont put weight on it", "guardian", _WALK),
        ("my husband is too stubborn to type so I'm doing it, he is 58 and his calf is swollen", "other", _CALF),
        ("is for my husband he no speak english, left calf swollen", "other", _CALF),
        ("my wife's calf is swollen, what should she do", "other", _CALF),
    ],
)  # fmt: skip
def test_the_patient_of_a_parent_or_partner(stated, text, respondent, fact):
    assert stated(text) >= present(("respondent", respondent), fact)


@pytest.mark.parametrize(
    "text",
    [
        "my brother-in-law had a ruptured achilles two years ago",
        "my wife she is pregnant so i carry everything",
        "my trainer is a royal pain",
        "my grandpa's foot drags since his stroke",
        "everyone keeps asking did it pop. it didnt",
    ],
)
def test_a_story_about_somebody_else_makes_no_patient(hear, text):
    assert not any(m.fact == "respondent" for m in hear(text))


def test_a_parents_own_history_is_not_the_childs(hear):
    heard = hear("my kid is 12, heel pain after soccer. I had a blood clot years ago")
    assert {m.experiencer for m in heard if m.fact == "vte_risk"} == {"other"}


@pytest.mark.parametrize(
    "text",
    [
        "popped an advil", "my knee popped", "rash on my arm is spreading", "swollen eye",
        "my hand goes numb when i type", "cut my finger and it won't quit bleeding",
        "there's a gap in my schedule this thursday", "cant push off the appointment any later",
        "cold feet about signing up for the marathon", "up all night because of the neighbours",
        "my ears go hot and red whenever I am embarrassed", "I get so wound up looking for parking",
        "out of breath after my sprints", "netflix and chills", "the song gave me chills",
    ],
)  # fmt: skip
def test_other_body_parts_and_idioms_are_no_findings(stated, text):
    findings = {"onset", "swelling", "neuro", "emergency_flags", "wound", "fever", "gap_or_dent",
                "push_off", "night_rest", "heat_redness"}  # fmt: skip
    assert not {fact for fact in stated(text) if fact[0] in findings and fact[2] == "present"}


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("back of my heel is puffed up", "Z3"),
        ("blister on the back of my heel", "Z3"),
        ("there's a dip in the tendon", "Z2"),
    ],
)
def test_a_place_named_without_pain_is_no_painful_place(stated, text, zone):
    assert ("zones", zone, "present") not in stated(text)


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("couldnt put weight on it right after but now its ok", ("walk4_then", "no")),
        ("could not walk on it, now I can hobble with a limp", ("walk4_then", "no")),
        ("push off isn't weak it just hurts", ("push_off", "painful")),
        ("pressing the knobby bone on the outside of my ankle = ow", ("bone_tender", "yes")),
        ("my calf is like a brick", _TENSE),
    ],
)
def test_ability_and_checks_in_lay_words(stated, text, fact):
    assert (*fact, "present") in stated(text)
