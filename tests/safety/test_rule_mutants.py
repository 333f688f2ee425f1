"""A mistake in the rule data is noticed: every single one of the deletions, and the rest by sample.

`make safety` runs all mutants.
"""

import pytest

from tests.safety.checks import CHECKS, in_force, killed_by
from tests.safety.rule_mutants import Mutator
from tests.safety.survivors import reason

MUTANTS = list(Mutator().mutants())
CLAUSES = [m for m in MUTANTS if m.file == "red_flags.yml" and m.kind == "drop"]
OTHERS = [m for m in MUTANTS if m not in CLAUSES][::40]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_protocol_in_force_passes_every_check(check):
    assert check(in_force()) is None


def test_mutants_have_names_of_their_own():
    names = [mutant.name for mutant in MUTANTS]
    assert len(names) == len(set(names)) > 1000


@pytest.mark.parametrize("rule", sorted({m.place.split(".")[0] for m in CLAUSES}))
def test_deleting_any_part_of_a_red_flag_rule_is_noticed(rule):
    for mutant in CLAUSES:
        if mutant.place.split(".")[0] == rule:
            assert killed_by(mutant) is not None, mutant.name


def test_other_mistakes_are_noticed_or_change_nothing():
    survivors = {m.name for m in OTHERS if killed_by(m) is None}
    assert {name for name in survivors if reason(name) is None} == set()
