"""Mistakes in ``counterfactuals.yml`` are found on load, with file and key."""

import pytest
import yaml

from rasa_project.errors import DataError
from rasa_project.triage.counterfactuals import load_counterfactuals
from rasa_project.triage.protocol import protocol

RULES = protocol()
GOOD = {
    "changes": [{"fact": "push_off", "value": "weak", "words": "a weak push-off"}],
    "never_told": {"age_band": "nobody can act on it"},
    "later": [
        {"days": 14, "facts": {"trend": "worse"}, "words": "By {date}.", "source": ["K8"]},
    ],
}  # fmt: skip


def load(tmp_path, content):
    file = tmp_path / "counterfactuals.yml"
    file.write_text(yaml.safe_dump(content), encoding="utf-8")
    return load_counterfactuals(file, RULES.specs, RULES.sources)


def test_good_data_loads(tmp_path):
    assert load(tmp_path, GOOD).changes[0].words == "a weak push-off"


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ({"changes": [{"fact": "push", "value": "weak", "words": "x"}]}, "changes[0].fact"),
        ({"changes": [{"fact": "push_off", "value": "w", "words": "x"}]}, "changes[0].value"),
        ({"changes": [{"fact": "swelling", "value": "toe", "words": "x"}]}, "changes[0].value"),
        ({"changes": [{"fact": "push_off", "value": "weak"}]}, "changes[0]"),
        ({"never_told": {"age": "x"}}, "never_told.age"),
        ({"never_told": {"age_band": ""}}, "never_told.age_band"),
        ({"later": [{**GOOD["later"][0], "days": 0}]}, "later[0].days"),
        ({"later": [{**GOOD["later"][0], "facts": {"trend": "up"}}]}, "later[0].facts"),
        ({"later": [{**GOOD["later"][0], "source": ["X1"]}]}, "later[0].source"),
        ({"more": []}, "more"),
    ],
)
def test_a_mistake_names_file_and_key(tmp_path, content, named):
    with pytest.raises(DataError) as error:
        load(tmp_path, {**GOOD, **content})
    assert "counterfactuals.yml" in str(error.value)
    assert named in str(error.value)
