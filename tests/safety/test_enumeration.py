"""Product and protocol table agree on every combination of answers that can make a difference."""

import random
from dataclasses import replace
from itertools import product

import pytest

from rasa_project.triage.engine import assess
from rasa_project.triage.facts import NO, UNSURE, YES, Facts
from rasa_project.triage.protocol import protocol
from rasa_project.triage.rules import Level
from tests.safety import protocol_table as table
from tests.safety.assignments import asked_only, level_difference, pairs, quiet, random_sets
from tests.safety.classes import (
    Signature,
    all_atoms,
    facts_read,
    item_groups,
    list_class,
    list_example,
)
from tests.safety.comparing import (
    asking_differences,
    only,
    rule_differences,
    rule_level,
    section_4_differences,
    table_answers,
)
from tests.safety.walking import row_answers, walk

RULES = protocol()
SILENT = replace(RULES, questions=())  # The same rules, without the work of choosing a question.
LISTS = [name for name, spec in RULES.specs.items() if spec.kind == "list"]
CELLS = [cell for row in table.rows() for cell in row.cells]
SAID_ONLY = {13, 20}
COUNTED = "RF28"  # Counts over all safety facts: compared on its own below.


@pytest.mark.parametrize("name", LISTS)
def test_no_atom_tells_two_answers_of_one_class_apart(name):
    # For single answers this holds by construction: each answer of a fact is looked at one by
    # one. For lists it is shown here, on every set of items and on sets with unsure items.
    spec, atoms = RULES.specs[name], all_atoms(RULES)
    signature, groups = Signature(RULES, name, atoms, CELLS), item_groups(spec, atoms, CELLS)
    choice, items = random.Random(7), list(spec.values)
    every = [
        dict(zip(items, states, strict=True)) for states in product((NO, YES), repeat=len(items))
    ]
    every += [{i: choice.choice((NO, YES, UNSURE)) for i in items} for _ in range(500)]
    seen = {}
    for value in every:
        key = list_class(groups, value)
        if key not in seen:
            seen[key] = signature(list_example(groups, key))
        assert signature(value) == seen[key], value


@pytest.mark.parametrize(
    "rule", [r for r in RULES.red_flags if r.id != COUNTED], ids=lambda r: r.id
)
def test_a_rule_gives_the_tables_level_on_every_combination_of_its_answers(rule):
    assert list(rule_differences(RULES, rule)) == []


def test_two_safety_facts_left_open_fire_rf28_and_one_does_not():
    rule = next(r for r in RULES.red_flags if r.id == COUNTED)
    alone, base = only(SILENT, rule), quiet(RULES)
    left_open = {name: UNSURE for name in RULES.specs} | {"pregnancy": "prefer_not"}
    for name in LISTS:
        left_open[name] = {**base[name], next(iter(base[name])): UNSURE}
    for one in base:
        for other in base:
            known = {**base, one: left_open[one], other: left_open[other]}
            counted = len({one, other} & table.safety_facts())
            assert (rule_level(alone, known) == "PROMPT") is (counted == 2), (one, other)


def test_section_4_gives_the_tables_level_on_every_combination_of_a_clauses_answers():
    assert list(section_4_differences(RULES)) == []


def test_a_fact_is_asked_exactly_when_the_table_says():
    assert list(asking_differences(RULES)) == []


def test_the_level_is_the_highest_of_the_rules_taken_alone():
    # This is what lets the product over all facts be split by rule.
    single = [only(SILENT, rule) for rule in RULES.red_flags]
    left = [replace(SILENT, red_flags=(), disposition=replace(SILENT.disposition, clauses=(clause,)))
            for clause in SILENT.disposition.clauses]  # fmt: skip
    for known in random_sets(RULES, 300, seed=11):
        facts = Facts(RULES.specs, known)
        alone = [assess(one, facts).level for one in (*single, *left)]
        assert assess(SILENT, facts).level == max(level for level in alone if level)


def test_every_pair_of_answers_gets_the_tables_level():
    sample = list(pairs(RULES))[::9]  # All of them in `make safety`.
    assert [d for known in sample if (d := level_difference(SILENT, known))] == []


def test_random_sets_of_answers_get_the_tables_level():
    for known in random_sets(RULES, 700, seed=3):
        assert level_difference(SILENT, known) is None
        assert level_difference(SILENT, asked_only(RULES, known)) is None


def test_half_answered_sets_never_get_a_level_the_table_does_not_give():
    choice = random.Random(5)
    for known in random_sets(RULES, 700, seed=4):
        part = {name: value for name, value in known.items() if choice.random() < 0.6}
        result = assess(RULES, Facts(RULES.specs, part))
        expected = table.level(table_answers(RULES, part))
        fired = max(
            (hit.level.name for hit in result.fired), key=table.LEVELS.index, default="SELF_CARE"
        )
        assert fired == expected
        assert result.level is not None or result.question is not None


@pytest.mark.parametrize("row", table.rows(), ids=lambda row: f"row{row.number}-{row.rule}")
def test_every_value_of_every_row_is_reached_by_answering_screens(row):
    if row.cells[0].fact == table.COUNT_FACT:
        cases = [{**quiet(RULES), "fever": UNSURE, "wound": UNSURE}]
    else:
        cases = list(row_answers(RULES, row))
    fired_by_screens = 0
    for known in cases:
        done = walk(RULES, known)
        if not fires(row, done) and done.result.level <= Level[row.level]:
            # Not asked in this case: it counts when the visitor says it.
            done = walk(RULES, known, {cell.fact: known[cell.fact] for cell in row.cells})
        else:
            fired_by_screens += fires(row, done)
        assert fires(row, done) or done.result.level > Level[row.level], known
    # After a pop, fall or blow nobody is asked to rise on the toes, so these wait for a remark.
    assert fired_by_screens or row.number in SAID_ONLY


def fires(row, done):
    """Whether a walk ended with the row's rule, at the row's level or a higher one."""
    section_4 = row.rule == "section 4"
    return any(
        hit.level >= Level[row.level]
        for hit in done.result.fired
        if hit.rule.id == row.rule or (section_4 and hit.rule.id.startswith("S4-"))
    )


def test_every_fact_a_rule_reads_is_set_by_a_screen():
    read = set().union(
        *(facts_read(clause.when, RULES) for rule in RULES.red_flags for clause in rule.clauses)
    )
    read |= set().union(
        *(facts_read(rule.clauses[0].when, RULES) for rule in RULES.disposition.clauses)
    )
    read -= {None}
    assert read <= {name for question in RULES.questions for name in question.sets}


def test_facts_without_a_screen_or_a_rule_are_the_ones_the_protocol_only_records():
    on_screens = {name for question in RULES.questions for name in question.sets}
    read = {c.fact for c in CELLS} | {
        c.fact for ways in table.asked_when().values() for w in ways for c in w
    }
    # Section 2, D2 and D3: "only if volunteered or needed for advice".
    volunteered = {"longest_run_before", "longest_run_now", "sport", "run_status", "goal_weeks"}
    assert set(RULES.specs) - on_screens - read == volunteered
    # Asked, but decides no level: consent, who is typing, what the clinician reads, the load spike.
    assert on_screens - read == {
        "consent_chat", "respondent", "walk4_then", "weekly_km_before", "weekly_km_now", "area",
    }  # fmt: skip
