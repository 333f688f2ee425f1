"""Kinds of sentences that were once misread: what they say, and what they must not be taken for."""

import pytest

from tests.unit.language.conftest import absent, present

NONE_OF = "none"

STATED = [
    # A denial after a "no" that answers.
    ("no it isn't puffy", present(("swelling", "none"))),
    ("nope, my heel isn't hot", present(("heat_redness", "none"))),
    ("no I don't get any chills", absent(("fever", "yes"))),
    # "No problem with" is a denial; "no problem" alone is none.
    ("no problem with my breathing at all", absent(("emergency_flags", "breathless"))),
    ("sore heel but no trouble to breathe", absent(("emergency_flags", "breathless"))),
    ("no problem, my calf is swollen", present(("swelling", "calf"))),
    # A place of which pain is denied is denied of swelling alone.
    ("my ankle joint is neither stiff nor swollen", absent(("swelling", "ankle_joint"))),
    ("the calf doesn't ache and isn't puffy", absent(("swelling", "calf"))),
    # The second denial of a list goes on with the first.
    ("the skin there is not hot and not red", present(("heat_redness", "none"))),
    ("it is not red and not warm", present(("heat_redness", "none"))),
    # The lump that stays as it is.
    ("the lump on my tendon has never grown", absent(("general_flags", "growing_lump"))),
    ("there is a bump, it has been the same size for a year", absent(("general_flags", "growing_lump"))),
    ("the lump on my tendon keeps growing", present(("general_flags", "growing_lump"))),
    # After a fall the back is asked for; "my back is fine" answers it.
    ("fell off the roof, sore heel, my back feels fine", absent(("neuro", "back_pain_after_fall"))),
    ("no, sore calf", present(("zones", "Z1"))),
    ("nothing is numb", absent(("neuro", "numb_sole"), ("neuro", "numb_leg"))),
    ("rolled it, but the bones aren't tender to touch", absent(("bone_tender", "yes"))),
    ("I changed nothing in my routine", present(("training_change", "none"))),
    ("it began after I walked a lot more", present(("training_change", "mileage"))),
    # A pop in the back of the leg is in no back.
    ("there was a pop in the back of my leg", present(("onset", "sudden_pop"))),
    ("I landed and felt a snap in the back of my heel", present(("onset", "sudden_pop"))),
    # So ill as to fear for one's life.
    ("shivering and I feel like I'm going to die", present(("emergency_flags", "very_unwell"))),
    ("feels like im dying, so feverish", present(("emergency_flags", "very_unwell"))),
    ("I can push with my toes.", present(("push_off", "normal"))),
]  # fmt: skip

NOT_SAID = [
    ("sore achilles after our canoe trip", "onset", "fall_or_blow"),
    ("just back from a fishing trip, heel is sore", "onset", "fall_or_blow"),
    ("steroid shot in left heel last month", "onset", "sudden_pop"),
    ("cortisone needle in heel, still sore", "onset", "sudden_pop"),
    ("the blister on my heel just burst", "onset", "sudden_pop"),
    ("a blister that finally popped", "onset", "sudden_pop"),
    ("my knee popped, but it is the heel that is sore", "onset", "sudden_pop"),
    ("just a niggle", "onset", "gradual"),
    ("is it only wear and tear?", "onset", "gradual"),
    ("I thought I was going to die on that hill", "emergency_flags", "very_unwell"),
    ("my achilles is sore, the calf does not hurt", "zones", "Z1"),
    ("sore heel, no pain in my calf", "zones", "Z1"),
    ("achilles aches but the calf is fine", "zones", "Z1"),
]


@pytest.mark.parametrize(("text", "facts"), STATED, ids=[text for text, _ in STATED])
def test_it_says(stated, text, facts):
    assert facts <= stated(text)


@pytest.mark.parametrize(("text", "fact", "value"), NOT_SAID, ids=[text for text, _, _ in NOT_SAID])
def test_it_does_not_say(stated, text, fact, value):
    assert (fact, value, "present") not in stated(text)


@pytest.mark.parametrize(
    "text", ["I have an open cut on my heel", "open wound from the boot on my heel"]
)
def test_an_open_wound_may_be_deep_so_it_is_asked(hear, text):
    said = {(m.value, m.assertion) for m in hear(text) if m.fact == "emergency_flags"}
    assert said == {("deformity_open_wound", "uncertain")}


SELF_HARM = [
    "I feel like I want to die", "I'm ready to die", "going to die tonight, I have pills",
    "I want to kill myself", "I feel like ending my life", "I do not want to be alive",
]  # fmt: skip


@pytest.mark.parametrize("text", SELF_HARM)
def test_the_wish_to_die_is_still_heard(hear, text):
    assert any(m.fact == "self_harm" for m in hear(text))


@pytest.mark.parametrize(
    "text", ["fever and I feel like I'm going to die", "I am scared that I am going to die"]
)
def test_the_fear_of_dying_is_no_wish(hear, text):
    said = {m.fact: m.value for m in hear(text)}
    assert "self_harm" not in said
    assert said["emergency_flags"] == "very_unwell"


OTHER_LEGS = [
    ("I snapped my right achilles 12 years ago. The left one is achy since 3 weeks", "left", 21),
    ("tore the left achilles in 2014, now it's the right, sore for 10 days", "right", 10),
]


@pytest.mark.parametrize(("text", "side", "days"), OTHER_LEGS)
def test_an_injury_long_ago_gives_the_new_pain_neither_side_nor_age(hear, text, side, days):
    said = [m for m in hear(text) if m.is_stated and m.assertion == "present"]
    assert {m.value for m in said if m.fact == "side"} == {side}
    assert {m.value for m in said if m.fact == "duration_days"} == {days}
    assert not [m for m in said if m.fact == "onset"]


@pytest.mark.parametrize(
    "text",
    [
        "my cousin tore his achilles, mine is only stiff",
        "Mom ruptured her tendon years ago. Mine just aches after runs.",
    ],
)
def test_mine_is_set_against_somebody_elses(hear, text):
    mentions = hear(text)
    assert not [m for m in mentions if m.fact == "respondent"]
    assert not [m for m in mentions if m.fact == "onset" and m.is_stated]


def test_a_friend_of_mine_is_not_me(hear):
    assert not [
        m for m in hear("a friend of mine tore his achilles") if m.is_stated and m.fact == "onset"
    ]
