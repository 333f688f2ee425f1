"""Plays the cases' structured facts through the engine alone."""

from collections.abc import Iterable
from dataclasses import dataclass

from bench.vignettes.cases import Case
from rasa_project.triage.engine import assess
from rasa_project.triage.protocol import Protocol
from rasa_project.triage.rules import Level


@dataclass(frozen=True)
class Judged:
    """What the engine made of a case's facts.

    Attributes:
        case: The case.
        level: The level given.
        rules: Rules that fired, the gravest first.
    """

    case: Case
    level: Level | None
    rules: tuple[str, ...]

    @property
    def silent(self) -> tuple[str, ...]:
        """Rules that the case says must fire and that did not."""
        return tuple(rule for rule in self.case.rules if rule not in self.rules)


def judge_all(protocol: Protocol, cases: Iterable[Case]) -> list[Judged]:
    """Assesses every case."""
    judged = []
    for case in cases:
        result = assess(protocol, case.facts, clinic_known=True)
        judged.append(Judged(case, result.level, tuple(hit.rule.id for hit in result.fired)))
    return judged
