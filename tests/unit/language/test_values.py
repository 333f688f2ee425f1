"""Numbers, times, ages, distances and places."""

import pytest


def _value(hear, text, fact):
    return next((m.value for m in hear(text) if m.fact == fact), None)


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("3 weeks", "duration_days", 21), ("8 wks", "duration_days", 56),
        ("since yesterday", "duration_days", 1), ("this morning", "duration_days", 0),
        ("a couple of months", "duration_days", 60), ("since labour day", "duration_days", 77),
        ("been sore since last tuesday", "duration_days", 6), ("day 1", "duration_days", 1),
        ("stiff for 20-30 mins in the morning", "stiffness_min", 30),
        ("takes about an hour to loosen up", "stiffness_min", 60),
        ("no morning stiffness", "stiffness_min", 0),
        ("about a 4 when i push off", "push_off_nrs", 4), ("8/10 at rest", "rest_nrs", 8),
        ("from 30 to 55k a week", "weekly_km_before", 30), ("from 30 to 55k a week", "weekly_km_now", 55),
        ("longest run went from 12 to 18k", "longest_run_now", 18),
        ("marathon in 6 weeks", "goal_weeks", 6),
        ("I'm 66", "age_band", "60p"), ("im a 45yo male runner", "age_band", "40_59"),
        ("my achilles hurts, 34F", "age_band", "18_39"), ("my 11 year old son", "age_band", "8_15"),
        ("M5V 2T6", "area", "M5V"),
    ],
)  # fmt: skip
def test_values_are_read(hear, text, fact, value):
    assert _value(hear, text, fact) == value


@pytest.mark.parametrize(
    "text",
    ["had a clot ten years ago", "marathon in 6 weeks", "took clindamycin last month",
     "pregnant 20 weeks", "rested 2 weeks and no better", "stiff for 20 minutes in the morning",
     "flares up for two days after a run"],
)  # fmt: skip
def test_other_times_do_not_date_the_complaint(hear, text):
    assert _value(hear, text, "duration_days") is None


def test_only_the_first_three_characters_of_a_postal_code_are_kept(hear):
    assert [m.text for m in hear("I live at M4K 1A1") if m.fact == "area"] == ["M4K"]
