"""The page for a therapist: every answer in the field's terms, by its state, on one sheet."""

import re
from itertools import chain

import pytest
import yaml

from rasa_project.errors import DataError
from rasa_project.settings import DATA
from rasa_project.summary.handover import handover, load_terms
from rasa_project.summary.render import render
from rasa_project.triage.protocol import protocol
from tests.unit.summary.example import OUTCOME
from tests.unit.summary.full import LONG, full_summary
from tests.unit.summary.reading import page_texts


def rows(summary) -> dict[str, str]:
    made = handover(summary)
    return {row.heading: row.text for row in chain(made.history, made.flags)}


def test_it_says_region_mechanism_duration_load_pain_stiffness_and_irritability():
    facts = {
        "zone_main": "Z2", "zones": {"Z2": "yes"}, "side": "left", "onset": "gradual",
        "duration_days": 20, "history": "first", "training_change": {"mileage": "yes"},
        "push_off_nrs": 4, "stiffness_min": 15, "next_day_worse": "no", "trend": "same",
        "drugs": {"fq_6m": "yes"}, "health": {"diabetes": "no"}, "goal_weeks": 10, "sport": "10 km",
    }  # fmt: skip
    found = rows(full_summary(facts=facts, quotes={}, irritability="MODERATE"))
    assert "Achilles mid-portion" in found["Region"] and "Side: left" in found["Region"]
    assert "Onset: gradual" in found["Mechanism"]
    assert "Symptom duration: 20 days" in found["Duration"]
    assert "volume" in found["Load history"] and "Sport: 10 km" in found["Load history"]
    assert "NRS, push-off: 4/10" in found["Pain and stiffness"]
    assert "Morning stiffness: 15 min" in found["Pain and stiffness"]
    assert "24-hour response: no flare next morning" in found["Pain and stiffness"]
    assert found["Irritability"] == "moderate"
    assert "fluoroquinolone in the last 6 months" in found["Drugs"]
    assert "Event in: 10 weeks" in found["Goals"]


@pytest.mark.parametrize(
    ("state", "heading"),
    [("yes", "Red flags, present"), ("unsure", "Not certain"), ("no", "Asked and denied")],
)
def test_a_red_flag_stands_under_its_state_and_no_other(state, heading):
    found = rows(full_summary(facts={"fever": state, "neuro": {"foot_drop": state}}, quotes={}))
    for flag in ("fever or chills", "foot drop"):
        assert [h for h, text in found.items() if flag in text] == [heading]


def test_what_was_not_asked_is_never_among_the_denied():
    found = rows(full_summary(facts={}, quotes={}, irritability=None))
    assert found["Asked and denied"] == found["Red flags, present"] == "nothing"
    assert "fever or chills" in found["Not asked"]
    assert found["Irritability"] == "not graded"
    assert found["Drugs"] == "not asked: Drugs"


def test_a_list_that_was_answered_in_part_says_what_was_not_asked():
    found = rows(full_summary(facts={"drugs": {"fq_now": "no"}}, quotes={}))
    assert "all denied; not asked: fluoroquinolone in the last 6 months" in found["Drugs"]


@pytest.mark.parametrize("state", ["yes", "no", "unsure"])
def test_it_is_one_sheet_of_its_own_whatever_was_answered(state):
    many = [{"id": f"RF{n:02}", "facts": [], "source": "K2"} for n in range(1, 31)]
    summary = full_summary(state, outcome={**OUTCOME, "rules": many})
    texts = page_texts(render(summary, "application/pdf"))
    assert [i for i, text in enumerate(texts) if "For your therapist" in text] == [len(texts) - 1]
    last = re.sub(r"\s+", " ", texts[-1])
    # From the first row to the last: nothing ran over the end of the sheet.
    assert "Region" in last and "In the patient's words" in last and "RF30" in last
    assert last.rstrip().endswith(f"BCDFGH, page {len(texts)} of {len(texts)}")


def test_long_words_are_shortened_there_and_whole_in_the_visitors_part():
    summary = full_summary(facts={"onset": "gradual"}, quotes={"onset": LONG})
    texts = page_texts(render(summary, "application/pdf"))
    whole = " ".join(" ".join(texts[:-1]).split())
    assert " ".join(LONG.split()) in whole
    assert "Zoë dit: ça tire 😀 word" in texts[-1] and "…" in texts[-1]
    assert texts[-1].count("word") < 30


def test_every_fact_of_the_protocol_has_its_place():
    known = load_terms()
    placed = [*chain(*known.sections.values()), *known.red_flags, *known.left_out]
    assert sorted(placed) == sorted(protocol().specs)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda d: d["red_flags"].remove("fever"), "fever"),
        (lambda d: d["red_flags"].append("onset"), "onset"),
        (lambda d: d["terms"].update({"onset.boom": "x"}), "onset.boom"),
        (lambda d: d["units"].update({"onset": "{n}"}), "onset"),
        (lambda d: d.update(source=["F99"]), "F99"),
        (lambda d: d["grades"].pop("LOW"), "LOW"),
    ],
)
def test_a_mistake_in_the_terms_is_named(tmp_path, change, named):
    for name in ("facts.yml", "sources.yml", "handover.yml"):
        (tmp_path / name).write_text((DATA / "clinical" / name).read_text(encoding="utf-8"))
    content = yaml.load((tmp_path / "handover.yml").read_text(), yaml.BaseLoader)
    change(content)
    (tmp_path / "handover.yml").write_text(yaml.safe_dump(content, allow_unicode=True))
    with pytest.raises(DataError, match=re.escape(named)):
        load_terms(tmp_path)


def test_the_page_carries_the_reference_and_the_rule_set():
    text = page_texts(render(full_summary(), "application/pdf"))[-1]
    assert "Reference code: BCDFGH" in text
    assert "unsigned, demonstration" in text
