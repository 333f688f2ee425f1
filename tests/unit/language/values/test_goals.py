"""Weeks to an event."""

import pytest


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("marathon in 6 weeks", 6, 6), ("70.3 in 14 wks", 14, 14), ("my race is in about twelve weeks", 12, 12), ("the race is six weeks off", 6, 6), ("10k race in 5 weeks", 5, 5),
        ("I'm supposed to run in Boston in like twenty weeks", 20, 20), ("race on Dec 13", 2.5, 3), ("half marathon is 3 months away", 12, 13.5), ("8 weeks out from around the bay", 8, 8),
        ("spring marathon twenty weeks away", 20, 20), ("4 weeks to race day", 4, 4), ("tournament next week", 1, 1), ("my marathon is May 3", 22, 24), ("race in a couple of weeks", 2, 2),
    ],
)  # fmt: skip
def test_the_weeks_to_an_event(values, text, low, high):
    weeks = values(text).get("goal_weeks")
    assert weeks is not None
    assert low <= weeks <= high


@pytest.mark.parametrize(
    "text",
    [
        "ran a marathon 6 weeks ago", "my surgery is in 3 weeks", "popped after the race on nov 3", "due in 10 weeks", "can I run in 2 weeks?", "raced on sunday", "i have a race coming up", "back to work in 2 weeks",
    ],
)  # fmt: skip
def test_other_times_are_no_goal(values, text):
    assert "goal_weeks" not in values(text)
