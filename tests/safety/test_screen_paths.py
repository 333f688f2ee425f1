"""Every path through the screens ends, asks nothing twice and keeps the protocol's limits.

Here a part of the paths, in `make safety` all of them, "not sure" included.
"""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rasa_project.triage.engine import asked_facts, assess, unanswered_mandatory
from rasa_project.triage.facts import UNSURE, YES, Facts
from rasa_project.triage.protocol import protocol
from rasa_project.triage.rules import Level
from rasa_project.triage.screens import answer_choice
from tests.safety.assignments import asked_only, quiet, random_sets
from tests.safety.screen_paths import CONDITIONAL, Explorer
from tests.safety.walking import walk

RULES = protocol()
MOST, UNPROMPTED = 20, 16
# Section 2, "Adaptive": the rest of A, B1 to B4, rest_nrs; and dark urine, which RF30 reads.
MAY_FOLLOW_URGENT = {
    "emergency_signs", "age_band", "who_is_typing", "pain_location", "onset", "duration",
    "loading_ability", "injury_checks", "signs", "clot_risk", "rest_pain", "health",
}  # fmt: skip


def quiet_until(screen):
    """A quiet visitor's answers to the screens before one."""
    names = [question.name for question in RULES.questions]
    before = RULES.questions[: names.index(screen)]
    known = asked_only(RULES, quiet(RULES))
    return {n: known[n] for q in before for n in q.sets if n in known}


# Each start leaves one part of the screens open; together they open every screen.
STARTS = {
    "from how it started, where the calf and the heel bone hurt": quiet_until("onset")
    | {"zones": {"Z1": YES, "Z5": YES}, "zone_main": "Z1", "side": "both", "health": dict.fromkeys(RULES.specs["health"].values, "no")},
    "from the signs on": quiet_until("signs"),
    "from the signs on, 15 years old": quiet_until("signs") | {"age_band": "8_15"},
}  # fmt: skip


@pytest.mark.parametrize("said", STARTS.values(), ids=STARTS)
def test_paths_keep_the_protocols_limits(said):
    explorer = Explorer(RULES, unsure=False)
    future = explorer.explore(said)
    assert explorer.faults == []
    assert max(future.screens.values()) <= MOST
    assert explorer.after_urgent <= MAY_FOLLOW_URGENT
    for level in (Level.SELF_CARE, Level.ROUTINE):
        assert future.always.get(level, 0) <= UNPROMPTED


def test_visitors_the_walk_takes_for_one_have_the_same_future():
    explorer = Explorer(RULES, unsure=False)
    explorer.explore(quiet_until("signs"))
    assert len(explorer.merged) > 20
    for (one, other), known in zip(explorer.merged, random_sets(RULES, 9999, seed=8), strict=False):
        first, second = walk(RULES, known, one), walk(RULES, known, other)
        assert first.asked == second.asked
        assert first.result.level == second.result.level


@pytest.mark.parametrize("sign", [*RULES.specs["emergency_flags"].values, UNSURE])
def test_an_emergency_sign_ends_by_the_second_clinical_screen(sign):
    flags = RULES.specs["emergency_flags"].parse(sign if sign == UNSURE else [sign])
    done = walk(RULES, {**quiet(RULES), "emergency_flags": flags})
    assert done.result.level == Level.EMERGENCY
    assert done.asked == ["consent", "emergency_signs"]


def test_the_longest_way_leaves_out_what_decides_nothing():
    # Calf and heel bone, pain at rest, both sides, more distance: one screen too many.
    known = quiet(RULES) | {
        "zones": {"Z1": YES, "Z5": YES}, "zone_main": "Z5", "side": "both", "night_rest": "after_activity",
        "training_change": RULES.specs["training_change"].parse(["mileage"]),
    }  # fmt: skip
    done = walk(RULES, known)
    assert len(done.asked) == MOST
    assert "weekly_distance" not in done.asked
    assert done.asked[-1] == "area"
    child = walk(RULES, {**known, "age_band": "8_15"})
    assert len(child.asked) == MOST
    assert "area" not in child.asked
    # With the clinic known there is room for the distance again.
    assert (
        assess(RULES, done.facts.without({"area"}), clinic_known=True).question.name
        == "weekly_distance"
    )


@st.composite
def tapping(draw, protocol):
    """A visitor who taps: a value or several on every screen, "not sure" included."""
    facts, asked, again = Facts(protocol.specs), [], False
    while (question := assess(protocol, facts).question) is not None:
        values = [option.value for option in question.options]
        if question.kind == "multi":
            chosen = draw(
                st.one_of(
                    st.just(["none"]),
                    st.just([UNSURE]),
                    st.lists(st.sampled_from(values[:-2]), min_size=1, max_size=3, unique=True),
                )
            )
        elif question.kind == "map":
            chosen = [draw(st.sampled_from(values[:10])), draw(st.sampled_from(values[10:]))]
        else:
            main = [option.value for option in question.options if not option.extra]
            ticks = [option.value for option in question.options if option.extra]
            chosen = [draw(st.sampled_from(main))] if main else []
            chosen += [tick for tick in ticks[:1] if draw(st.booleans())]
        if not values or chosen == ["skip"]:
            updates, unsure = {n: UNSURE for n in question.sets}, False
        else:
            answer = answer_choice(
                question, chosen, facts, protocol.specs, asked_facts(protocol, facts), again
            )
            updates, unsure = answer.updates, answer.unsure
        if not again:
            asked.append(question.name)
        again, facts = unsure, facts.with_(updates)
    return facts, asked


@settings(max_examples=60, deadline=None)
@given(tapping(RULES))
def test_tapping_through_the_screens_ends_with_a_level_and_asks_nothing_twice(tapped):
    facts, asked = tapped
    result = assess(RULES, facts)
    assert result.level is not None
    assert len(asked) == len(set(asked)) <= MOST
    if result.level <= Level.ROUTINE:
        assert len(set(asked) - CONDITIONAL) <= UNPROMPTED
    if result.level == Level.SELF_CARE:
        assert unanswered_mandatory(RULES, facts) == frozenset()
    assert result.level == assess(replace(RULES, questions=()), facts).level


def test_a_tick_beside_a_choice_that_was_not_made_is_kept_and_the_choice_asked_for():
    known = Facts(RULES.specs, asked_only(RULES, quiet(RULES))).without(
        {"next_day_worse", "walk_limp"}
    )
    question = RULES.question("next_day")
    ticked = answer_choice(
        question, ["walk_limp"], known, RULES.specs, asked_facts(RULES, known), False
    )
    then = known.with_(ticked.updates)
    assert then["walk_limp"] == YES
    assert assess(RULES, then).question.name == "next_day"
