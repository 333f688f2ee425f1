"""An outcome's record is all it takes to judge it again."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rasa_project.settings import DATA
from rasa_project.triage.engine import assess
from rasa_project.triage.facts import UNSURE
from rasa_project.triage.judged import Judged, judge_again
from rasa_project.triage.protocol import Protocol, load_protocol, protocol
from rasa_project.triage.rules import Level
from tests.unit.triage.cases import facts

RULES = protocol()


def record(**changes) -> Judged:
    """The record as the database gives it back."""
    known = facts(**changes)
    made = Judged.of(RULES, known, assess(RULES, known, clinic_known=True), clinic_known=True)
    return Judged(**json.loads(json.dumps(made.to_json())))


def candidate(folder: Path, file: str, right: str, wrong: str) -> Protocol:
    shutil.copytree(DATA / "clinical", folder)
    text = (folder / file).read_text()
    assert right in text
    (folder / file).write_text(text.replace(right, wrong, 1))
    return load_protocol(folder)


@settings(max_examples=200, deadline=None)
@given(
    st.fixed_dictionaries(
        {},
        optional={
            name: st.sampled_from([UNSURE, *spec.values])
            for name, spec in RULES.specs.items()
            if spec.kind == "choice" and name not in ("zone_main", "respondent")
        }
        | {
            name: st.lists(st.sampled_from(sorted(spec.values)), unique=True)
            for name, spec in RULES.specs.items()
            if spec.kind == "list"
        },
    )
)
def test_the_same_rules_give_the_same_level_and_rules(changes):
    known = facts(**changes)
    result = assess(RULES, known, clinic_known=True)
    if result.level is None:
        return
    made = record(**changes)
    again = judge_again(RULES, made)
    assert (again.level, list(again.rules)) == (made.level, list(made.rules))
    assert again.unreadable is None


def test_the_record_names_version_hash_and_every_fact():
    made = record()
    assert (made.level, made.protocol_version, made.protocol_hash) == (
        "SELF_CARE",
        RULES.version,
        RULES.hash,
    )
    assert made.facts == dict(facts())
    assert made.clinic_known is True


def test_a_settled_outcome_waits_for_nothing():
    assert judge_again(RULES, record()).waits_for == ()


@pytest.mark.parametrize("changes", [{"fever": None}, {"duration_days": None, "trend": "worse"}])
def test_a_mandatory_fact_that_is_not_there_is_waited_for(changes):
    known = facts(**changes)
    made = replace(record(), facts=dict(known))
    again = judge_again(RULES, made)
    assert set(again.waits_for) >= {name for name, value in changes.items() if value is None}


def test_an_emergency_waits_for_nothing():
    made = replace(record(), facts={"emergency_flags": {"chest_pain": "yes"}})
    again = judge_again(RULES, made)
    assert (again.level, again.waits_for) == (Level.EMERGENCY.name, ())


def test_urgent_care_waits_only_for_what_could_raise_the_level():
    known = facts(swelling=["calf"], emergency_flags=None, general_flags=None, trend=None)
    again = judge_again(RULES, replace(record(), facts=dict(known)))
    assert again.level == Level.URGENT.name
    assert set(again.waits_for) == {"emergency_flags", "general_flags"}


def test_other_rules_give_another_level(tmp_path):
    stricter = candidate(
        tmp_path / "c", "disposition.yml", "{fact: duration_days, at_least: 42}",
        "{fact: duration_days, at_least: 7}",
    )  # fmt: skip
    again = judge_again(stricter, record())
    assert (again.level, again.rules) == ("ROUTINE", ("S4-SIX-WEEKS",))


def test_one_more_mandatory_question_is_waited_for(tmp_path):
    curious = candidate(
        tmp_path / "c", "facts.yml", "ask: optional", "ask: mandatory"
    )  # fmt: skip
    asked = [n for n, s in curious.specs.items() if s.ask != RULES.specs[n].ask]
    made = replace(record(), facts={k: v for k, v in record().facts.items() if k not in asked})
    assert judge_again(RULES, made).waits_for == ()
    assert judge_again(curious, made).waits_for == tuple(asked)


@pytest.mark.parametrize(
    ("facts_", "named"),
    [({"no_such_fact": "yes"}, "no_such_fact"), ({"fever": "hot"}, "fever"), ([], "(all)")],
)
def test_what_the_rules_do_not_know_is_named_by_fact_and_never_by_value(facts_, named):
    again = judge_again(RULES, replace(record(), facts=facts_))
    assert (again.unreadable, again.level) == (named, None)
