"""`python -m rasa_project assess`: a line of facts in, a line of assessment out."""

import io
import json

from rasa_project.triage.command import assess_lines
from tests.unit.triage.cases import case


def run(*lines):
    out, err = io.StringIO(), io.StringIO()
    code = assess_lines(lines, out, err)
    return code, [json.loads(line) for line in out.getvalue().splitlines()], err.getvalue()


def test_each_line_gets_its_level_rules_and_next_screen():
    code, answers, err = run(json.dumps(case()), "", json.dumps({"onset": "sudden_pop"}))
    assert (code, err) == (0, "")
    assert answers[0] == {
        "level": "SELF_CARE", "rules": ["S4-SELF-CARE"], "irritability": "MODERATE", "next_screen": None,
    }  # fmt: skip
    assert answers[1]["level"] == "URGENT"
    assert answers[1]["rules"] == ["RF07"]
    assert answers[1]["next_screen"] == "consent"


def test_a_bad_line_is_named_and_the_others_still_run():
    code, answers, err = run(
        "{", json.dumps({"onset": "slowly"}), json.dumps([1]), json.dumps(case())
    )
    assert code == 1
    assert [answer.get("line") for answer in answers] == [1, 2, 3, None]
    assert answers[0]["error"].startswith("line 1: not JSON")
    assert (answers[1]["key"], answers[2]["key"]) == ("onset", "(line)")
    assert answers[3]["level"] == "SELF_CARE"
    assert err.splitlines()[1].startswith("line 2: onset: 'slowly' is not one of")
    assert "must be a JSON object" in answers[2]["error"]
