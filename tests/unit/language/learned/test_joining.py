"""Where phrases and the learned reader differ, the doubtful reading of a red flag is asked about."""

import pytest

from rasa_project.language.learned.joining import Candidate, Thresholds, joined, one_of_each

LINES = Thresholds(add=0.45, ask=0.4, drop=0.05, turn=0.8, deny=0.95)


def candidate(
    rules, score, status="present", sure=1.0, red_flag=True, key=("fever", "yes"), reassures=False
):
    rest = (1 - sure) / 5
    names = ("present", "absent", "uncertain", "past", "hypothetical", "other")
    statuses = {name: sure if name == status else rest for name in names}
    return Candidate(key, rules, score, statuses, red_flag, reassures)


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        pytest.param(candidate("present", 0.9), "present", id="both hear it"),
        pytest.param(candidate("present", None), "present", id="never learnt: the rules decide"),
        pytest.param(candidate(None, 0.8), "present", id="no phrase, but surely a flag"),
        pytest.param(candidate(None, 0.5), "uncertain", id="no phrase, perhaps a flag: ask"),
        pytest.param(candidate(None, 0.8, sure=0.7), "uncertain", id="a flag, not surely present"),
        pytest.param(candidate(None, 0.5, red_flag=False), "present", id="no phrase, no flag"),
        pytest.param(candidate(None, 0.9, reassures=True), None, id="never settled for the better"),
        pytest.param(candidate(None, 0.9, "absent"), None, id="a denial needs a phrase"),
        pytest.param(candidate(None, 0.42), "uncertain", id="no phrase, weak score: ask"),
        pytest.param(candidate(None, 0.42, red_flag=False), None, id="weak and no red flag"),
        pytest.param(candidate(None, 0.2), None, id="hardly like it"),
        pytest.param(candidate("present", 0.01), "uncertain", id="a phrase in another sense: ask"),
        pytest.param(candidate("present", 0.01, red_flag=False), None, id="another sense, no flag"),
        pytest.param(candidate("absent", 0.01, "absent"), "absent", id="a denial needs no score"),
        pytest.param(
            candidate("absent", 0.9, "present", 0.97), "uncertain", id="no real denial: ask"
        ),
        pytest.param(candidate("absent", 0.9, "present", 0.9), "absent", id="the denial stands"),
        pytest.param(candidate("present", 0.9, "absent", 0.9), "uncertain", id="denial in dispute"),
        pytest.param(
            candidate("present", 0.9, "absent", 0.97),
            "uncertain",
            id="denied by learning alone: ask",
        ),
        pytest.param(
            candidate("uncertain", 0.9, "absent"), "uncertain", id="a doubt stays a doubt"
        ),
        pytest.param(candidate("present", 0.9, "other", 0.85), "uncertain", id="whose? ask"),
        pytest.param(candidate("present", 0.9, "other", 0.97), "other", id="somebody else's"),
        pytest.param(candidate("present", 0.9, "past", 0.6), "present", id="the flag stands"),
    ],
)
def test_two_readings_become_one(one, expected):
    assert joined(one, LINES) == expected


def test_of_two_learnt_values_of_a_choice_the_better_heard_stays():
    weak = candidate(None, 0.5, key=("push_off", "weak"))
    unable = candidate(None, 0.8, key=("push_off", "unable"))
    kept = one_of_each([(weak, "present"), (unable, "present")], frozenset({"push_off"}))
    assert [one.key[1] for one, _ in kept] == ["unable"]


def test_what_phrases_say_of_a_choice_stands_against_what_was_learnt():
    both = [
        (candidate("present", 0.3, key=("side", side)), "present") for side in ("left", "right")
    ]
    learnt = (candidate(None, 0.9, key=("side", "both")), "present")
    assert one_of_each([*both, learnt], frozenset({"side"})) == both


def test_a_learnt_none_goes_when_an_item_is_named():
    none = candidate(None, 0.9, key=("health", "none"))
    item = candidate("present", 0.9, key=("health", "gout"))
    kept = one_of_each([(none, "present"), (item, "present")], frozenset())
    assert [one.key[1] for one, _ in kept] == ["gout"]
