"""The long measurements of `make safety`, each a function of its own that gives plain figures."""

import re
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field, replace

from rasa_project.settings import ROOT
from rasa_project.triage.protocol import protocol
from tests.safety import protocol_table as table
from tests.safety.assignments import asked_only, level_difference, pairs, random_sets, single_values
from tests.safety.classes import all_atoms
from tests.safety.comparing import (
    Difference,
    asking_differences,
    rule_combinations,
    rule_differences,
    section_4_differences,
    table_answers,
)
from tests.safety.rule_mutants import Mutant, Mutator
from tests.safety.screen_paths import Explorer
from tests.safety.survivors import reason
from tests.safety.walking import walk

RANDOM_SETS = 60_000
RECURSION = 20_000
TESTS = [
    "tests/safety", "--ignore=tests/safety/test_vignettes.py", "tests/unit/triage",
]  # fmt: skip


def _words(difference: Difference) -> str:
    return f"{difference.rule}: product {difference.product}, table {difference.table}, {difference.answers}"


@dataclass
class Compared:
    """How product and table compare.

    Attributes:
        combinations: Rule -> combinations of its answers that were compared.
        pairs: Pairs of answers, everything else quiet.
        random: Random whole sets of answers.
        levels: Level -> random sets that got it.
        under: Differences in which the product's level is the lower one, in words.
        over: Those in which it is the higher one.
        atoms: Distinct tests of a fact in the rules.
        classes: Classes of single answers.
    """

    combinations: dict[str, int] = field(default_factory=dict)
    pairs: int = 0
    random: int = 0
    levels: Counter[str] = field(default_factory=Counter)
    under: list[str] = field(default_factory=list)
    over: list[str] = field(default_factory=list)
    atoms: int = 0
    classes: int = 0

    def note(self, difference: Difference | None) -> None:
        """Files a difference under the direction it has."""
        if difference is None:
            return
        order = (None, *table.LEVELS)
        names = {"True", "False"} & {difference.product, difference.table}
        lower = not names and order.index(difference.product) < order.index(difference.table)
        (self.under if lower or names else self.over).append(_words(difference))


def compare() -> Compared:
    """Enumerates every rule's answers, every pair, and random whole sets."""
    rules, found = protocol(), Compared()
    silent = replace(rules, questions=())
    found.atoms = len(all_atoms(rules))
    found.classes = sum(len(values) for values in single_values(rules).values())
    for rule in rules.red_flags:
        if rule.id == "RF28":
            continue
        found.combinations[rule.id] = sum(1 for _ in rule_combinations(rules, rule))
        for difference in rule_differences(rules, rule):
            found.note(difference)
    for difference in (*section_4_differences(rules), *asking_differences(rules)):
        found.note(difference)
    for known in pairs(rules):
        found.pairs += 1
        found.note(level_difference(silent, known))
    for known in random_sets(rules, RANDOM_SETS // 2, seed=2026):
        for answers in (known, asked_only(rules, known)):
            found.random += 1
            found.note(level_difference(silent, answers))
        found.levels[table.level(table_answers(rules, known))] += 1
    return found


@dataclass
class Walked:
    """Every path through the screens.

    Attributes:
        states: Distinct states.
        steps: Answers given in all of them.
        longest: Outcome level -> the most screens before it.
        longest_always: The same, without the screens that only some are asked.
        faults: What went against the protocol, in words.
        after_urgent: Screens asked after URGENT.
        merged: Pairs of visitors taken for one whose futures were compared.
    """

    states: int
    steps: int
    longest: dict[str, int]
    longest_always: dict[str, int]
    faults: list[str]
    after_urgent: list[str]
    merged: int


def walk_all() -> Walked:
    """Explores every path of screens, "not sure" included."""
    sys.setrecursionlimit(RECURSION)
    explorer = Explorer(protocol())
    future = explorer.explore()
    faults = [f"{words}: {facts}" for words, facts in explorer.faults]
    visitors = random_sets(protocol(), len(explorer.merged), seed=9)
    for (one, other), known in zip(explorer.merged, visitors, strict=True):
        first, second = walk(protocol(), known, one), walk(protocol(), known, other)
        if (first.asked, first.result.level) != (second.asked, second.result.level):
            faults.append(f"two visitors taken for one differ: {dict(one)} {dict(other)}")
    return Walked(
        explorer.states, explorer.steps,
        {level.name: n for level, n in future.screens.items()},
        {level.name: n for level, n in future.always.items()},
        faults, sorted(explorer.after_urgent), len(explorer.merged),
    )  # fmt: skip


@dataclass
class Mutated:
    """What became of the mutants.

    Attributes:
        killed: Kind of mistake -> how many were noticed.
        total: Kind of mistake -> how many there are.
        by: Check -> how many it noticed first.
        excused: Survivor -> why it changes nothing.
        survivors: Survivors without a reason.
    """

    killed: Counter[str] = field(default_factory=Counter)
    total: Counter[str] = field(default_factory=Counter)
    by: Counter[str] = field(default_factory=Counter)
    excused: dict[str, str] = field(default_factory=dict)
    survivors: list[str] = field(default_factory=list)


def mutants() -> list[Mutant]:
    """Every mutant of the rule data."""
    return list(Mutator().mutants())


def count_mutants(every: list[Mutant], noticed: list[str | None]) -> Mutated:
    """Sums up which check noticed which mutant."""
    found = Mutated()
    for mutant, check in zip(every, noticed, strict=True):
        found.total[mutant.kind] += 1
        if check is not None:
            found.killed[mutant.kind] += 1
            found.by[check] += 1
        elif why := reason(mutant.name):
            found.excused[mutant.name] = why
        else:
            found.survivors.append(mutant.name)
    return found


@dataclass
class Tested:
    """The tests of this folder, with the long settings."""

    passed: int
    failed: list[str]


def run_tests() -> Tested:
    """Runs the safety tests with many more examples than `make test` takes."""
    command = [sys.executable, "-m", "pytest", "-q", "-rf", *TESTS]
    environment = {"SAFETY": "full", "PATH": "/usr/bin:/bin", "PYTHONWARNINGS": "ignore"}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    passed = re.search(r"(\d+) passed", done.stdout)
    failed = re.findall(r"^FAILED (\S+)", done.stdout, re.MULTILINE)
    if done.returncode and not failed:
        failed = [done.stdout[-2000:] + done.stderr[-2000:]]
    return Tested(int(passed[1]) if passed else done.stdout.count("."), failed)
