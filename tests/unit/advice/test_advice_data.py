"""A mistake in the advice data is an error that names file and key."""

import shutil

import pytest

from rasa_project.advice.rows import load_advice
from rasa_project.errors import DataError
from rasa_project.settings import DATA

MISTAKES = [
    ("review_days: 14", "review_days: soon", "review_days"),
    ("    drawing: heel_hold\n", "    drawing: heel_hodl\n", "rows.hold.drawing"),
    ("    drawing: heel_hold\n", "", "rows.hold.drawing"),
    ("    drawing: calf_stretch\n", "", "rows"),
    ("parts: [pain_rule]", "parts: [pain_rules]", "groups"),
    ("parts: [pain_rule]", "parts: [pain_rule, starter]", "groups"),
    ("goal_within: 12", "goal_within: soon", "rows.goal.goal_within"),
    ("sports: [gym]", "sports: [chess]", "rows.sport_gym.sports"),
    ("gentle_title: Until your visit", "gentel_title: Until your visit", "gentel_title"),
    ("    given: gentle", "    given: always", "rows.gentle.given"),
    ("    part: gentle\n", "    part: gentle\n    colour: red\n", "rows.gentle.colour"),
    ("  - id: ask_first", "  - id: gentle", "rows.gentle"),
    ("    source: [P, K9]\n", "", "rows.gentle"),
    ("    source: [P, K9]\n", "    source: []\n", "rows.gentle.source"),
    ("    source: [P, K9]\n", "    source: [F99]\n", "rows.gentle.source"),
    ("    what: Ease off\n", "    what: ''\n", "rows.gentle.what"),
    ("levels: [SELF_CARE]\n    zones: [Z2, Z3]", "levels: [ROUTINE]\n    zones: [Z2, Z3]", "rows.hold.levels"),
    ("levels: [SELF_CARE]\n    zones: [Z2, Z3]", "zones: [Z2, Z3]", "rows.hold.levels"),
    ("irritability: [LOW]\n    run_status", "irritability: [LOWW]\n    run_status", "rows.running_low.irritability"),
    ("irritability: [LOW]\n    run_status", "irritability: [HIGH]\n    run_status", "rows (running)"),
    ("zones: [Z3]\n    what: Shoes", "zones: [Z2]\n    what: Shoes", "rows (shoes)"),
    ("training_change: surface", "training_change: mileage", "rows (pattern)"),
    ("months: [11, 12, 1, 2, 3]", "months: [13]", "rows.winter.months"),
    ("  Z5: soreness under the heel\n", "", "zones"),
    ("  source: [F19, K6, F9, F5, F8, P]", "  source: [X1]", "stop_if.source"),
]  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "key"), MISTAKES, ids=[m[2] for m in MISTAKES])
def test_a_mistake_is_named(tmp_path, right, wrong, key):
    for name in ("advice.yml", "sources.yml"):
        shutil.copy(DATA / "clinical" / name, tmp_path / name)
    shutil.copytree(DATA / "clinical" / "drawings", tmp_path / "drawings")
    file = tmp_path / "advice.yml"
    content = file.read_text(encoding="utf-8")
    assert right in content
    file.write_text(content.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(DataError) as error:
        load_advice(tmp_path)
    assert (error.value.file, error.value.key) == (str(file), key)


def test_every_row_of_the_project_names_its_sources():
    assert all(row.source for row in load_advice().rows)
