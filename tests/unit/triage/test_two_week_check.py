"""The two-week check's criterion (protocol section 4): book, hold or move on."""

import re
from datetime import date, timedelta

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from rasa_project.errors import DataError
from rasa_project.settings import DATA
from rasa_project.triage.engine import Assessment
from rasa_project.triage.rules import Level
from rasa_project.triage.two_week_check import (
    BOOK,
    HOLD,
    MOVE_ON,
    load_check,
    take_step,
    two_week_check,
    with_step,
)

ON = date(2026, 11, 25)
REVIEW = ON + timedelta(days=14)
FIRST = {"push_off_nrs": 4, "stiffness_min": 15, "next_day_worse": "no", "walk_limp": "no"}
BETTER = {**FIRST, "push_off_nrs": 2, "stiffness_min": 5, "trend": "better"}


def step(then=FIRST, now=BETTER, today=REVIEW, **changes):
    return take_step(two_week_check(), then, {**now, **changes}, ON, REVIEW, today)


def decided(*args, **changes):
    made = step(*args, **changes)
    return made.name, made.hit.rule.id.removeprefix("S4-CHECK-")


def test_less_pain_and_stiffness_and_no_flare_moves_on():
    assert decided() == (MOVE_ON, "MOVE-ON")


@pytest.mark.parametrize(
    ("then", "now", "fell"),
    [
        (4, 2, True),  # two points
        (8, 6, True),
        (3, 2, True),  # a third
        (4, 3, False),  # a quarter
        (10, 9, False),
        (5, 5, False),
        (1, 0, True),
        (0, 0, True),  # nothing left to fall
    ],
)
def test_pain_must_fall_by_two_points_or_by_thirty_percent(then, now, fell):
    made = decided({**FIRST, "push_off_nrs": then}, push_off_nrs=now)
    assert (made == (BOOK, "PAIN")) is (not fell)


@pytest.mark.parametrize(("then", "now", "book"), [(15, 15, True), (15, 14, False), (0, 0, False)])
def test_stiffness_that_stays_is_booked(then, now, book):
    made = decided({**FIRST, "stiffness_min": then}, stiffness_min=now)
    assert (made == (BOOK, "STIFF")) is book


@pytest.mark.parametrize(
    "worse",
    [
        {"trend": "worse"},
        {"push_off_nrs": 5},
        {"stiffness_min": 20},
        {"next_day_worse": "lt24h"},
        {"walk_limp": "yes"},
        {"walk_limp": "unsure"},
    ],
)
@pytest.mark.parametrize("today", [ON + timedelta(days=1), REVIEW, ON + timedelta(days=20)])
def test_any_worsening_is_booked_on_any_day(worse, today):
    assert decided(today=today, **worse) == (BOOK, "WORSE")


def test_a_limp_that_was_there_is_not_new():
    assert decided({**FIRST, "walk_limp": "yes"}, walk_limp="yes") == (MOVE_ON, "MOVE-ON")


@pytest.mark.parametrize("flare", ["lt24h", "gt24h"])
def test_a_flare_that_stays_holds(flare):
    assert decided({**FIRST, "next_day_worse": flare}, next_day_worse=flare) == (HOLD, "HOLD")


def test_pain_over_five_holds_even_when_it_fell():
    assert decided({**FIRST, "push_off_nrs": 9}, push_off_nrs=6) == (HOLD, "HOLD")


def test_before_its_day_nothing_is_held_against_the_visitor_but_worsening():
    same = {**FIRST, "trend": "same"}
    assert decided(now=same, today=REVIEW - timedelta(days=1)) == (HOLD, "EARLY")
    assert decided(now=same, today=REVIEW) == (BOOK, "PAIN")


@pytest.mark.parametrize("fact", ["push_off_nrs", "stiffness_min"])
@pytest.mark.parametrize("doubt", ["unsure", None])
def test_what_cannot_be_compared_is_booked(fact, doubt):
    assert decided({**FIRST, fact: doubt})[0] == BOOK
    assert decided(**{fact: doubt})[0] == BOOK


ANSWERS = st.fixed_dictionaries(
    {
        "push_off_nrs": st.one_of(st.integers(0, 10), st.just("unsure")),
        "stiffness_min": st.one_of(st.integers(0, 180), st.just("unsure")),
        "next_day_worse": st.sampled_from(["no", "lt24h", "gt24h", "unsure"]),
        "walk_limp": st.sampled_from(["yes", "no", "unsure"]),
        "trend": st.sampled_from(["better", "same", "worse", "unsure"]),
    }
)


@given(ANSWERS, ANSWERS)
def test_nobody_moves_on_without_less_pain_and_less_stiffness(then, now):
    made = step(then, now)
    if made.name == BOOK:
        return
    assert now["trend"] != "worse"
    assert now["push_off_nrs"] == 0 or now["push_off_nrs"] < then["push_off_nrs"]
    assert now["stiffness_min"] == 0 or now["stiffness_min"] < then["stiffness_min"]
    if made.name == MOVE_ON:
        assert now["next_day_worse"] == "no" and now["push_off_nrs"] <= 5


@given(ANSWERS, ANSWERS, st.sampled_from(list(Level)))
def test_the_engines_level_is_never_lowered(then, now, level):
    engine = Assessment(level, (), None, frozenset(), None, 0, 0)
    made = with_step(engine, step(then, now))
    assert made.level >= level
    assert made.level == max(level, step(then, now).hit.level)


def test_both_answers_stand_in_one_line():
    assert step().compared == (
        "First chat, on November 25: pain when pushing off 4 out of 10, stiff in the morning "
        "15 minutes. Now: pain 2 out of 10, stiff 5 minutes."
    )
    assert "pain not sure" in step(push_off_nrs="unsure").compared


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda d: d.update(code_days=31), "code_days"),
        (lambda d: d["keep"].append("pregnancies"), "pregnancies"),
        (lambda d: d["keep"].append("trend"), "trend"),
        (lambda d: d["pain"].update(or_share=30), "or_share"),
        (lambda d: d["rules"].pop("S4-CHECK-STIFF"), "S4-CHECK-STIFF"),
        (lambda d: d["rules"]["S4-CHECK-PAIN"].update(step="hold"), "S4-CHECK-PAIN"),
        (lambda d: d["rules"]["S4-CHECK-PAIN"].update(source=["K99"]), "K99"),
        (lambda d: d["flare"].reverse(), "flare"),
        (lambda d: d["steps"]["hold"].pop("do"), "steps.hold"),
        (lambda d: d["refused"].update(used=" "), "used"),
        (lambda d: d["questions"]["background"]["options"].pop(), "options"),
    ],
)
def test_a_mistake_in_the_data_is_named(tmp_path, change, named):
    for name in ("facts.yml", "sources.yml"):
        (tmp_path / name).write_text((DATA / "clinical" / name).read_text(encoding="utf-8"))
    content = yaml.safe_load((DATA / "clinical" / "two_week_check.yml").read_text(encoding="utf-8"))
    change(content)
    (tmp_path / "two_week_check.yml").write_text(yaml.safe_dump(content))
    with pytest.raises(DataError, match=re.escape(named)):
        load_check(tmp_path)
