"""Weekly distance and longest run in km, before and now."""

import pytest

_FACTS = ("weekly_km_before", "weekly_km_now", "longest_run_before", "longest_run_now")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("from 30 to 55k a week", (30, 55, None, None)), ("went from 20 to 45k", (20, 45, None, None)), ("i jumped from 30 to 70k a wk", (30, 70, None, None)),
        ("40k/wk up from 25", (25, 40, None, None)), ("upped my running from like fifteen to forty k a week", (15, 40, None, None)),
        ("went from twenty miles a week to thirty", (32.2, 48.3, None, None)), ("10 miles a wk b4, 25 now", (16.1, 40.2, None, None)),
        ("I run about twenty five k a week now used to be forty", (40, 25, None, None)), ("before 20 km every week, in october i go up to 45 km", (20, 45, None, None)),
        ("each week I was running 15 kilometer, at present double of that", (15, 30, None, None)), ("was doing 30k a week, now 55", (30, 55, None, None)),
        ("cut back from 60 to 30 km a week", (60, 30, None, None)), ("i run 50 km a week", (None, 50, None, None)), ("still running 40k/wk as usual", (None, 40, None, None)),
        ("run 20k a wk total", (None, 20, None, None)), ("my weekly mileage is about 35 miles", (None, 56.3, None, None)), ("doubled to 40k a week", (20, 40, None, None)),
        ("Runs 40 k/wk, was 25.", (25, 40, None, None)), ("I usually do 30 km/week but bumped it to 50", (30, 50, None, None)),
        ("used to run 60k a week", (60, None, None, None)),
        ("longest run went from 12 to 18k", (None, None, 12, 18)), ("long run jumped to 28 from 18", (None, None, 18, 28)),
        ("longest used to be 12k, just did a 24k run sunday", (None, None, 12, 24)), ("my longest run used to be eight k and last weekend I did fourteen", (None, None, 8, 14)),
        ("longest run was 6 miles now its 10", (None, None, 9.7, 16.1)), ("my longest run before it was fourteen kilometres", (None, None, 14, None)),
        ("Ten mile is the furthest I'll go these days", (None, None, None, 16.1)), ("my long run is 18k", (None, None, None, 18)),
    ],
)  # fmt: skip
def test_distances_are_read_before_and_now(values, text, expected):
    found = values(text)
    assert tuple(found.get(fact) for fact in _FACTS) == expected


def test_a_rise_is_a_change_of_training(values):
    assert values("from 30 to 55k a week")["training_change"] == "mileage"
    assert "training_change" not in values("cut back from 60 to 30 km a week")


@pytest.mark.parametrize(
    "text",
    [
        "I run 3 times a week, about 10k each time",
        "i bike 100 km a week", "walks her dog 5k a day", "training for a 10k race", "couch to 5k", "pain at 2k into the run", "it warms up after a k", "drove 400 km last week",
        "went from three classes a week to six", "from 20 to 30 minutes a day", "i live 5 km away", "my salary went from 50 to 60k", "ran 10k on sunday", "from 5 to 9 am",
    ],
)  # fmt: skip
def test_other_distances_are_neither(values, text):
    assert not set(_FACTS) & set(values(text))
