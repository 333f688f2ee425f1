"""Who gets which advice: by example, and by every combination."""

import re
from dataclasses import replace
from datetime import date
from itertools import groupby, product

import pytest
import textstat

from rasa_project.advice.plan import PlanCase, make_plan, plan_event
from rasa_project.advice.rows import (
    IRRITABILITIES,
    LOAD,
    SPORTS,
    TRAINING_CHANGES,
    ZONES,
    default_advice,
)

TODAY = date(2026, 11, 23)
SUMMER = date(2026, 7, 1)
RUNNER = PlanCase(
    level="SELF_CARE", zone_main="Z2", irritability="MODERATE", age_band="18_39", respondent=None,
    pregnancy="no", onset="gradual", heel_squeeze=None, after_surgery=False,
)  # fmt: skip
DOSE = re.compile(r"\b\d+ (times|rounds|minutes|seconds|days? a week)|to about half")
FORBIDDEN = re.compile(
    r"you have\b|\blikely\b|%|per ?cent|safe\b|rule[sd]? out|the cause\b|root cause|guarantee|markham"
    r"|tend[io]no?pathy|tend[io]nitis|fasci|rupture|fracture|\bDVT\b|bursitis|sever'?s|haglund",
    re.IGNORECASE,
)


def plan(today=TODAY, **changes):
    if changes.get("zone_main") == "Z5":
        changes = {"heel_squeeze": "no", **changes}
    return make_plan(replace(RUNNER, **changes), today)


def ids(made):
    return [row.id for row in made.rows]


def row(made, part):
    return next(row for row in made.rows if row.part == part)


def every_case():
    ages = ("u8", "8_15", "16_17", "18_39", "60p", None)
    for level, zone, grade, age, typing, pregnancy, squeeze, onset in product(
        ("EMERGENCY", "URGENT", "PROMPT", "ROUTINE", "SELF_CARE"),
        (*(f"Z{number}" for number in range(1, 11)), None),
        (*IRRITABILITIES, None),
        ages,
        (None, "self", "guardian", "other"),
        ("no", "pregnant", "postpartum_6w", "prefer_not", "unsure", None),
        ("no", "unsure"),
        ("gradual", "fall_or_blow"),
    ):
        # At PROMPT and above nothing else can matter; a few of those cases are enough.
        if level in ("EMERGENCY", "URGENT", "PROMPT") and (age, squeeze) != ("18_39", "no"):
            continue
        yield PlanCase(
            level, zone, grade, age, typing, pregnancy, onset, squeeze, after_surgery=False
        )


@pytest.fixture(scope="module")
def every_plan():
    return [(case, make_plan(case, TODAY)) for case in every_case()]


def test_there_is_no_plan_at_prompt_or_above(every_plan):
    for case, made in every_plan:
        if case.level in ("EMERGENCY", "URGENT", "PROMPT"):
            assert made is None


def test_there_is_no_plan_under_16_or_when_somebody_else_is_typing(every_plan):
    for case, made in every_plan:
        if case.age_band in ("u8", "8_15", None) or case.respondent == "other":
            assert made is None


def test_everybody_else_at_self_care_or_routine_gets_a_plan(every_plan):
    for case, made in every_plan:
        if (
            case.level in ("SELF_CARE", "ROUTINE")
            and case.age_band in ("16_17", "18_39", "60p")
            and case.respondent != "other"
        ):
            assert made is not None
            assert made.rows
            assert made.stop_if


def test_exercises_are_given_exactly_where_the_protocol_gives_them(every_plan):
    for case, made in every_plan:
        expected = (
            case.level == "SELF_CARE"
            and case.zone_main in ("Z2", "Z3", "Z5")
            and case.irritability in ("LOW", "MODERATE")
            and case.age_band in ("18_39", "60p")
            and case.respondent in (None, "self")
            and case.pregnancy == "no"
            and case.heel_squeeze == "no"
            and case.onset == "gradual"
        )
        assert bool(made and made.has_exercise) == expected, case


def test_no_amount_of_training_is_named_unless_the_zone_age_and_pregnancy_are_clear(every_plan):
    for case, made in every_plan:
        if made and not any(row.given == LOAD for row in made.rows):
            assert not DOSE.search(plan_event(made)["text"]), case
        elif made:
            assert case.zone_main in ZONES
            assert case.age_band in ("18_39", "60p")
            assert case.pregnancy == "no"


def test_the_words_stay_within_the_limits_of_the_protocol(every_plan):
    for text in {plan_event(made)["text"] for _, made in every_plan if made}:
        assert not FORBIDDEN.search(text), text
        assert "{" not in text


def test_every_plan_reads_at_grade_seven_or_lower(every_plan):
    texts = {plan_event(made)["text"].replace("•", "") for _, made in every_plan if made}
    assert max(textstat.flesch_kincaid_grade(text) for text in texts) <= 7


@pytest.mark.parametrize("unknown", ["zone_main", "irritability", "pregnancy", "onset"])
def test_one_missing_answer_withholds_every_dose(unknown):
    made = plan(**{unknown: None})
    assert not made.has_exercise
    assert not DOSE.search(plan_event(made)["text"])


def test_a_heel_whose_squeeze_was_not_answered_gets_no_dose():
    assert not make_plan(replace(RUNNER, zone_main="Z5"), TODAY).has_exercise
    assert plan(zone_main="Z5").has_exercise


def test_after_surgery_there_is_no_dose():
    assert not DOSE.search(plan_event(plan(after_surgery=True))["text"])


def test_somebody_who_would_rather_not_say_is_asked_to_ask_a_clinician():
    made = plan(pregnancy="prefer_not")
    assert "ask_first" in ids(made)
    assert not made.has_exercise


def test_routine_names_what_a_physio_may_add_without_a_dose():
    made = plan(level="ROUTINE", irritability="HIGH")
    assert "later" in ids(made)
    assert not [row for row in made.rows if row.part == "starter"]
    assert not re.search(r"\d", row(made, "later").note)


@pytest.mark.parametrize(
    ("irritability", "words"),
    [
        ("LOW", "flat and easy"),
        ("MODERATE", "about half"),
        ("HIGH", "Stop running for 1 to 2 weeks"),
    ],
)
def test_running_depends_on_how_easily_it_flares(irritability, words):
    level = "ROUTINE" if irritability == "HIGH" else "SELF_CARE"
    assert words in row(plan(irritability=irritability, level=level), "running").dose


def test_low_irritability_keeps_cross_training_at_20_to_45_minutes_3_to_5_days():
    assert (
        "20 to 45 minutes, 3 to 5 days a week"
        in row(plan(irritability="LOW"), "cross_training").dose
    )


def test_the_back_of_the_heel_stays_on_the_floor_and_is_not_stretched():
    made = plan(zone_main="Z3")
    assert "never let the heel drop below it" in plan_event(made)["text"]
    assert "Leave out calf stretches" in row(made, "stretch").note
    assert "rowing and a low bike seat" in row(made, "avoid").note


def test_under_the_heel_the_toes_rest_on_a_towel_and_the_sole_is_stretched():
    made = plan(zone_main="Z5")
    assert "toes on a rolled towel" in plan_event(made)["text"]
    assert "sole of the foot" in row(made, "stretch").note


def test_the_pain_guide_keeps_its_three_steps_everywhere():
    for zone in ZONES:
        dose = row(plan(zone_main=zone), "pain_rule").dose
        assert re.search(r"0 to 2 .* 3 to 5 .* Over 5", dose)


def test_each_training_change_that_was_named_is_answered_and_no_other():
    for change in TRAINING_CHANGES:
        made = plan(training_changes=frozenset({change}))
        answered = [row.training_change for row in made.rows if row.training_change]
        assert answered == ["any", change]


def test_without_a_training_change_there_is_no_answer_to_one():
    assert not [row for row in plan().rows if row.training_change]


def test_somebody_who_does_not_run_hears_nothing_about_running():
    for irritability, level in product(IRRITABILITIES, ("SELF_CARE", "ROUTINE")):
        parts = {
            r.part
            for r in plan(run_status="non_runner", irritability=irritability, level=level).rows
        }
        assert not parts & {"running", "return_to_run"}


@pytest.mark.parametrize("zone", ["Z2", "Z3"])
def test_somebody_who_stopped_running_gets_the_signs_and_steps_for_going_back(zone):
    assert [r.part for r in plan(run_status="stopped", zone_main=zone).rows].count(
        "return_to_run"
    ) == 3


def test_the_way_back_to_running_is_not_for_the_sole():
    for irritability in IRRITABILITIES:
        made = plan(
            run_status="stopped", zone_main="Z5", irritability=irritability, level="ROUTINE"
        )
        assert "return_to_run" not in [row.part for row in made.rows]


def test_warm_calves_are_for_the_cold_months():
    assert "winter" in ids(plan())
    assert "winter" not in ids(plan(today=SUMMER))


def test_the_check_is_fourteen_days_away():
    event = plan_event(plan())
    assert event["review_on"] == "2026-12-07"
    assert "December 7, 2026" in event["text"]


def test_the_event_has_the_keys_of_the_contract_and_its_text_says_everything():
    event = plan_event(plan(training_changes=frozenset({"mileage"})))
    assert set(event) == {
        "type", "text", "title", "lead", "zone", "irritability", "rows", "stop_title", "stop_if",
        "review", "review_on",
    }  # fmt: skip
    assert (event["type"], event["zone"], event["irritability"]) == ("plan", "Z2", "MODERATE")
    for item in event["rows"]:
        assert set(item) == {"what", "dose", "note", "group", "drawing"}
        said = (item[key] for key in ("what", "dose", "note", "group"))
        assert all(part in event["text"] for part in said)
    assert all(line in event["text"] for line in event["stop_if"])
    assert all(event[key] in event["text"] for key in ("title", "lead", "stop_title", "review"))


def test_a_case_is_read_out_of_the_facts():
    case = PlanCase.from_facts(
        "SELF_CARE", "LOW",
        {
            "zone_main": "Z3", "age_band": "40_59", "pregnancy": "no", "onset": "gradual",
            "training_change": {"mileage": "yes", "surface": "no", "footwear": "unsure"},
            "health": {"surgery_or_boot_6m": "no"}, "run_status": "reduced",
        },
    )  # fmt: skip
    assert case.training_changes == {"mileage"}
    assert (case.respondent, case.after_surgery, case.run_status) == (None, False, "reduced")
    assert make_plan(case, TODAY).has_exercise


@pytest.mark.parametrize(
    ("fact", "item"),
    [("health", "surgery_or_boot_6m"), ("vte_risk", "surgery_12w"), ("vte_risk", "cast_boot")],
)
@pytest.mark.parametrize("answer", ["yes", "unsure"])
def test_surgery_named_or_in_doubt_counts_as_surgery(fact, item, answer):
    case = PlanCase.from_facts("SELF_CARE", "LOW", {fact: {item: answer}})
    assert case.after_surgery


def test_the_rows_of_a_group_stand_together_in_the_order_of_the_groups():
    made = plan(training_changes=frozenset(TRAINING_CHANGES), run_status="stopped", level="ROUTINE")
    seen = list(dict.fromkeys(made.headings))
    assert seen == [group.title for group in default_advice().groups if group.title in seen]
    assert [heading for heading, _ in groupby(made.headings)] == seen


@pytest.mark.parametrize("zone", ["Z2", "Z3"])
@pytest.mark.parametrize("irritability", ["LOW", "MODERATE"])
def test_a_runner_hears_of_steps_but_never_to_land_on_the_forefoot(zone, irritability):
    text = row(plan(zone_main=zone, irritability=irritability), "cadence").note
    assert "5 more for every 100" in text
    assert "Do not change which part of your foot lands first" in text


@pytest.mark.parametrize(
    ("sport", "given"),
    [("tennis", "sport_jumps"), ("dance", "sport_jumps"), ("gym", "sport_gym"),
     ("cycling", "sport_cycling"), ("walking", "sport_walking"), ("triathlon", "sport_triathlon"),
     ("running", None), (None, None), ("curling", None)],
)  # fmt: skip
def test_the_named_sport_is_answered(sport, given):
    parts = [r.id for r in plan(sport=sport).rows if r.part == "sport"]
    assert parts == ([given] if given else [])


@pytest.mark.parametrize(("weeks", "said"), [(0, True), (12, True), (13, False), (None, False)])
def test_an_event_within_twelve_weeks_gets_the_offer_of_a_visit(weeks, said):
    assert ("goal" in ids(plan(goal_weeks=weeks))) is said


def test_somebody_who_does_not_run_swaps_other_minutes_than_those_of_runs():
    dose = row(plan(run_status="non_runner"), "cross_training").dose
    assert "run with" not in dose
    assert "Swap the minutes that bring it on" in dose


def test_the_check_says_what_to_compare_with_where_that_is_known():
    review = plan(push_off_nrs=4, stiffness_min=15).review
    assert "On November 23 it was 4 out of 10 when you push off, with 15 min" in review
    assert "On November" not in plan(push_off_nrs=4).review


def test_every_row_is_used_by_some_case():
    used = set()
    for level, zone, grade, run, day in product(
        ("SELF_CARE", "ROUTINE"), ("Z1", *ZONES), IRRITABILITIES,
        ("normal", "stopped", "non_runner"), (TODAY, SUMMER),
    ):  # fmt: skip
        for pregnancy, sport in product(("no", "prefer_not"), (None, *SPORTS)):
            made = plan(
                day, level=level, zone_main=zone, irritability=grade, run_status=run, sport=sport,
                pregnancy=pregnancy, training_changes=frozenset(TRAINING_CHANGES), goal_weeks=8,
            )  # fmt: skip
            used |= set(ids(made))
    assert used == {row.id for row in default_advice().rows}


def test_a_doubtful_answer_on_running_takes_no_line_on_running_away():
    assert ids(plan(run_status="unsure")) == ids(plan(run_status=None))
