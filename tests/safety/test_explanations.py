"""Every question and every outcome is explained, and nothing in an explanation can reassure."""

from datetime import date
from functools import cache, lru_cache

import pytest

from rasa_project.dialogue.outcomes import explained, outcome_event
from rasa_project.dialogue.wording import screen_event
from rasa_project.triage.counterfactuals import default_counterfactuals, higher_levels, later_steps
from rasa_project.triage.engine import assess, level_of
from rasa_project.triage.facts import YES, Facts
from rasa_project.triage.protocol import protocol
from rasa_project.triage.rules import Level
from tests.safety import protocol_table as table
from tests.safety.assignments import quiet, random_sets, single_values
from tests.safety.comparing import table_answers
from tests.safety.walking import row_answers, walk

RULES = protocol()
TOLD = default_counterfactuals()
TODAY = date(2026, 11, 25)


@lru_cache(maxsize=1)
def visitors():
    """One visitor for each row of the table, at the end of the questions, and random ones."""
    found = {}
    for row in table.rows():
        if row.cells[0].fact != table.COUNT_FACT:
            known = next(row_answers(RULES, row))
            done = walk(RULES, known, {cell.fact: known[cell.fact] for cell in row.cells})
            found[f"row {row.number}, {row.rule}"] = done.facts
    for i, known in enumerate(random_sets(RULES, 60, seed=5)):
        facts = Facts(RULES.specs, known)
        if level_of(RULES, facts) is not None:
            found[f"random {i}"] = facts
    return found


@cache
def told(name):
    return higher_levels(RULES, TOLD, visitors()[name])


def with_(facts, change):
    listed = RULES.specs[change.fact].kind == "list"
    return facts.with_({change.fact: {change.value: YES} if listed else change.value})


def test_every_level_is_among_the_visitors():
    assert {level_of(RULES, facts) for facts in visitors().values()} == set(Level)


def test_what_would_have_changed_it_agrees_with_the_protocol_table_and_is_always_graver():
    wrong, count = [], 0
    for name, facts in visitors().items():
        now = level_of(RULES, facts)
        for other in told(name):
            for change in other.changes:
                count += 1
                answers = table_answers(RULES, dict(with_(facts, change)))
                if other.level <= now or table.level(answers) != other.level.name:
                    wrong.append((name, change, other.level.name, table.level(answers)))
    assert wrong == []
    assert count > 500


def test_every_outcome_below_emergency_says_what_would_have_changed_it():
    silent = [
        name
        for name, facts in visitors().items()
        if level_of(RULES, facts) < Level.EMERGENCY and not told(name)
    ]
    assert silent == []


def test_nothing_is_above_an_emergency():
    facts = next(f for f in visitors().values() if level_of(RULES, f) == Level.EMERGENCY)
    event = outcome_event(RULES, facts, assess(RULES, facts), {}, False, TODAY)
    assert event["changes"] == []
    assert event["unless"] == "This stays the same whatever else you answer."


def test_every_answer_that_alone_raises_the_level_can_be_told():
    """A fact that rules read is told or left out with a reason, item by item."""
    base = Facts(RULES.specs, quiet(RULES))
    now = level_of(RULES, base)
    ours = {}
    for change in TOLD.changes:
        level = level_of(RULES, with_(base, change))
        ours.setdefault(change.fact, set()).add((change.value, level))
    missing = []
    for name, values in single_values(RULES).items():
        if name in TOLD.never_told:
            continue
        for value in values:
            items = (
                [i for i, said in value.items() if said == YES]
                if isinstance(value, dict)
                else [value]
            )
            if len(items) != 1:
                continue
            level = level_of(RULES, base.with_({name: value}))
            if level is None or level <= now or items[0] == "unsure":
                continue
            by_item = isinstance(value, dict)
            same = [
                v for v, at in ours.get(name, ()) if (v == items[0] if by_item else at == level)
            ]
            if not same:
                missing.append((name, items[0], level.name))
    assert missing == []


@pytest.mark.parametrize("name", list(visitors()))
def test_every_outcome_gives_its_facts_rules_and_sources(name):
    facts = visitors()[name]
    result = assess(RULES, facts, clinic_known=True)
    event = outcome_event(RULES, facts, result, {}, False, TODAY)
    deciding = [rule for rule in event["rules"] if rule["level"] == event["level"]]
    assert deciding
    for rule in deciding:
        assert rule["words"] and rule["source"]
        assert all(fact["words"] for fact in rule["facts"])
    assert any(rule["facts"] for rule in deciding)
    assert deciding[0]["words"] in event["text"]
    assert event["unless"]
    why = explained(RULES, facts, result, {}, TODAY)
    assert event["because"] in why and event["unless"] in why
    assert deciding[0]["source"] in why


@pytest.mark.parametrize("question", RULES.questions, ids=lambda q: q.name)
def test_every_screen_says_why_it_asks(question):
    assert len(question.why.split()) >= 5
    assert screen_event(question, assess(RULES, Facts(RULES.specs)))["why"] == question.why


def test_what_comes_later_is_told_with_its_day_only_while_it_would_raise_the_level():
    base = Facts(RULES.specs, quiet(RULES))
    assert level_of(RULES, base) == Level.SELF_CARE
    assert later_steps(RULES, TOLD, base, date(2026, 11, 22)) == (
        "If it is no better by 6 December, the next step is a visit.",
    )
    routine = base.with_({"trend": "worse"})
    assert later_steps(RULES, TOLD, routine, TODAY) == ()
