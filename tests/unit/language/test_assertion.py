"""Denial, doubt, time and other people."""

import pytest

from tests.unit.language.conftest import absent, present


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no pop, no swelling, just stiff for half an hour",
         absent(("onset", "sudden_pop")) | present(("swelling", "none"), ("stiffness_min", 30))),
        ("no fever, chest pain or shortness of breath",
         absent(("fever", "yes"), ("emergency_flags", "chest_pain"), ("emergency_flags", "breathless"))),
        ("any swelling? no", present(("swelling", "none"))),
        ("wasnt any swelling", present(("swelling", "none"))),
        ("denies chest pain", absent(("emergency_flags", "chest_pain"))),
        ("can't see any swelling", present(("swelling", "none"))),
    ],
)  # fmt: skip
def test_denials_are_heard_as_denials(stated, text, expected):
    assert stated(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "no but my calf is swollen",
        "No, my calf is swollen",
        "no it's my calf, its swollen up, swollen calf",
    ],
)
def test_a_no_that_answers_does_not_deny_what_follows(stated, text):
    assert ("swelling", "calf", "present") in stated(text)


@pytest.mark.parametrize("text", ["no pop calf swollen", "no pop and calf swollen"])
def test_a_finding_after_a_denial_that_may_have_ended_is_in_doubt_and_never_absent(hear, text):
    assert [m.assertion for m in hear(text) if m.fact == "swelling"] == ["uncertain"]


@pytest.mark.parametrize("text", ["no pop, calf swollen", "no numbness but the calf is swollen"])
def test_a_statement_with_its_own_subject_is_not_denied(stated, text):
    assert ("swelling", "calf", "present") in stated(text)


@pytest.mark.parametrize(
    "text",
    [
        "not sure if my foot is cold",
        "I think my foot is cold",
        "my foot might be cold",
        "maybe my foot is cold",
    ],
)
def test_doubt_is_uncertain(hear, text):
    assert {m.assertion for m in hear(text) if m.fact == "emergency_flags"} == {"uncertain"}


@pytest.mark.parametrize(
    "text",
    [
        "if it swells should I worry",
        "my dad ruptured his",
        "my dad had a dvt",
        "what if my calf swells",
    ],
)
def test_hypotheses_and_other_people_state_nothing(stated, text):
    assert stated(text) == set()


def test_a_resolved_sign_of_long_ago_is_past(hear):
    assert {m.temporality for m in hear("I used to get chest pain")} == {"past"}


def test_a_relatives_story_does_not_hide_the_visitors_own(hear):
    heard = hear("My dad ruptured his, no pop for me, sore achilles for 10 days, 3/10")
    own = {(m.fact, m.value, m.assertion) for m in heard if m.experiencer == "self"}
    assert own >= absent(("onset", "sudden_pop")) | present(
        ("duration_days", 10), ("push_off_nrs", 3)
    )
    assert ("onset", "sudden_pop", "present") not in own


@pytest.mark.parametrize(
    ("text", "respondent", "fact"),
    [
        ("my 10 year old has a fever and will not put the foot down", "guardian", ("walk4_now", "no")),
        ("I'm worried about my son, he is 12 and limping", "guardian", ("walk_limp", "yes")),
        ("my dad can't push off his foot, felt a pop yesterday", "other", ("push_off", "unable")),
        ("asking for my wife, her calf is swollen", "other", ("swelling", "calf")),
    ],
)  # fmt: skip
def test_the_patient_may_be_somebody_else(stated, text, respondent, fact):
    assert stated(text) >= present(("respondent", respondent), fact)


def test_spans_point_at_the_words_as_typed(hear):
    text = "Well… I CAN’T push off!!"
    mention = next(m for m in hear(text) if m.fact == "push_off")
    assert mention.text == "CAN’T push off" == text[mention.start : mention.end]


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("my calf is swollen, I don't have a fever", ("swelling", "calf")),
        ("my calf is swollen I don't have a fever", ("swelling", "calf")),
        ("chest pain? yes", ("emergency_flags", "chest_pain")),
        ("my toes are tingly and blueish", ("emergency_flags", "foot_cold_pale")),
        (
            "haven't been able to feel when I need to pee",
            ("emergency_flags", "saddle_bladder_bowel"),
        ),
        ("pushing off feels mushy and weak", ("push_off", "weak")),
        ("no red line but my foot is numb", ("neuro", "numb_sole")),
    ],
)
def test_a_finding_beside_other_words_is_still_stated(stated, text, fact):
    assert (*fact, "present") in stated(text)


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("I don't have chest pain", ("emergency_flags", "chest_pain")),
        ("I do not have a fever", ("fever", "yes")),
        ("nothing popped, just achy", ("onset", "sudden_pop")),
    ],
)
def test_a_plain_denial_is_heard(stated, text, fact):
    assert (*fact, "absent") in stated(text)


def test_a_denial_with_an_exception_states_the_exception(stated):
    heard = stated("there isn't any swelling except in my calf")
    assert {fact for fact in heard if fact[0] == "swelling"} == present(("swelling", "calf"))


@pytest.mark.parametrize(
    "text", ["no luck today, swollen calf", "not great, swollen calf", "no gym, chest pain"]
)
def test_a_comma_after_a_no_without_a_finding_never_denies(hear, text):
    heard = [m for m in hear(text) if m.fact in ("swelling", "emergency_flags")]
    assert heard and not any(m.assertion == "absent" for m in heard)


@pytest.mark.parametrize(
    "text",
    ["no appetite today, swollen calf", "never any bother, chest pain", "no calf is swollen"],
)
def test_a_denial_cut_off_from_the_finding_leaves_it_in_doubt(hear, text):
    heard = [m for m in hear(text) if m.fact in ("swelling", "emergency_flags")]
    assert heard and not any(m.assertion == "absent" for m in heard)


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("I can't say that my calf is not swollen", ("swelling", "calf")),
        ("can't say I ain't got a swollen calf", ("swelling", "calf")),
        ("it would be untrue to claim my calf is not swollen", ("swelling", "calf")),
        ("not true that there's no swelling in my calf", ("swelling", "calf")),
        ("don't tell me my calf isn't swollen", ("swelling", "calf")),
        ("he is not not limping", ("walk_limp", "yes")),
        ("can't say I'm not limping", ("walk_limp", "yes")),
    ],
)
def test_a_denial_that_is_denied_in_turn_is_never_a_no(hear, text, finding):
    heard = [m.assertion for m in hear(text) if (m.fact, m.value) == finding]
    assert heard
    assert "absent" not in heard


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("can't say I felt a pop", ("onset", "sudden_pop")),
        ("I can't say why, but my calf is not swollen", ("swelling", "calf")),
        ("I'm not limping", ("walk_limp", "yes")),
    ],
)
def test_a_plain_denial_stays_a_no(hear, text, finding):
    assert [m.assertion for m in hear(text) if (m.fact, m.value) == finding] == ["absent"]
