"""Whole sets of answers to compare product and table on: pairs, triples and random ones."""

import random
from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any

from rasa_project.triage.engine import asked_facts, assess
from rasa_project.triage.facts import NO, UNSURE, YES, Facts
from rasa_project.triage.protocol import Protocol
from tests.safety import protocol_table as table
from tests.safety.classes import all_atoms, classes, item_groups, list_example
from tests.safety.comparing import Difference, table_answers

# A runner with ten days of mid-tendon pain and nothing else; every fact is answered.
QUIET: dict[str, Any] = {
    "consent_chat": True, "respondent": "self", "age_band": "18_39", "zone_main": "Z2",
    "side": "left", "onset": "gradual", "duration_days": 10, "walk4_now": YES, "walk4_then": YES,
    "push_off": "normal", "heel_raise": "full", "gap_or_dent": NO, "bone_tender": NO,
    "calf_bigger": NO, "calf_tense": NO, "heat_redness": "none", "fever": NO, "wound": NO,
    "pregnancy": "no", "night_rest": "none", "stiffness_min": 0, "push_off_nrs": 0, "rest_nrs": 0,
    "next_day_worse": "no", "trend": "same", "walk_limp": NO, "heel_squeeze": NO,
    "exertional_leg": NO, "history": "first",
}  # fmt: skip
QUIET_LISTS = {"zones": "Z2", "training_change": "footwear"}


def quiet(protocol: Protocol) -> dict[str, Any]:
    """The quiet visitor, lists included."""
    known = dict(QUIET)
    for name, spec in protocol.specs.items():
        if spec.kind == "list":
            known[name] = {i: YES if QUIET_LISTS.get(name) == i else NO for i in spec.values}
    return known


def single_values(protocol: Protocol) -> dict[str, list[Any]]:
    """For each fact that matters: every class of its answers; for a list, one group at a time."""
    atoms = all_atoms(protocol)
    cells = [c for row in table.rows() for c in row.cells]
    cells += [c for ways in table.asked_when().values() for way in ways for c in way]
    found: dict[str, list[Any]] = {}
    for name, known in quiet(protocol).items():
        spec = protocol.specs[name]
        if spec.kind == "bool":
            continue
        if spec.kind != "list":
            found[name] = [
                c.example for c in classes(protocol, name, atoms, cells) if c.example is not None
            ]
            continue
        groups = item_groups(spec, atoms, cells)
        silent = (False, False)
        values = [list_example(groups, [silent] * len(groups))]
        for i in range(len(groups)):
            for state in ((True, False), (False, True)):
                key = [state if i == j else silent for j in range(len(groups))]
                values.append(list_example(groups, key))
        values.append(dict.fromkeys(spec.values, UNSURE))
        found[name] = [value for value in values if value != known]
    return found


def asked_only(protocol: Protocol, known: Mapping[str, Any]) -> dict[str, Any]:
    """The same answers without those the protocol does not ask for in this case."""
    left = dict(known)
    for _ in range(3):  # A fact taken away can make another one needless.
        asked = asked_facts(protocol, Facts(protocol.specs, left))
        left = {name: value for name, value in left.items() if name in asked}
    return left


def pairs(protocol: Protocol) -> Iterator[dict[str, Any]]:
    """Every pair of classes of two facts, everything else quiet."""
    base, values = quiet(protocol), single_values(protocol)
    for one, other in combinations(values, 2):
        for a in values[one]:
            for b in values[other]:
                yield {**base, one: a, other: b}


def random_sets(protocol: Protocol, count: int, seed: int) -> Iterator[dict[str, Any]]:
    """Random whole sets of answers: from three unusual answers to all at random."""
    choice = random.Random(seed)
    base, values = quiet(protocol), single_values(protocol)
    names = list(values)
    for _ in range(count):
        how_many = choice.choice([3, 3, 3, 4, 5, 8, 15, len(names)])
        changed = choice.sample(names, how_many)
        yield {**base, **{name: choice.choice(values[name]) for name in changed}}


def level_difference(protocol: Protocol, known: Mapping[str, Any]) -> Difference | None:
    """Where the levels of product and table part for one whole set of answers."""
    facts = Facts(protocol.specs, known)
    ours = assess(protocol, facts).level
    theirs = table.level(table_answers(protocol, known))
    name = ours.name if ours else None
    return None if name == theirs else Difference("level", known, name, theirs)
