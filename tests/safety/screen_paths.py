"""Explores every path through the screens, by class of answers, to exhaustion.

A step answers one fact (of a list: one group of items) by one of its classes; "not sure" is always
one of them. Visitors in the same state (see `residuals.py`) go on as one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from rasa_project.triage.engine import asked_facts, assess, unanswered_mandatory
from rasa_project.triage.facts import NO, UNSURE, YES, Facts
from rasa_project.triage.protocol import Protocol
from rasa_project.triage.rules import Level
from rasa_project.triage.screens import Question
from tests.safety.classes import all_atoms, classes, item_groups
from tests.safety.residuals import Residual, Residuals

# Screens the protocol asks only when they apply; each adds one to the sixteen.
CONDITIONAL = {
    "injury_checks", "clot_risk", "heel_squeeze", "rest_pain", "inflammatory", "weekly_distance",
    "who_is_typing",
}  # fmt: skip


Left = tuple[Residual, ...]
Steps = list[tuple[str, list[Any]]]


@dataclass
class Future:
    """What can still come from a state.

    Attributes:
        screens: Outcome level -> the most screens still to come before it.
        always: The same, counting only screens that everybody is asked.
    """

    screens: dict[Level, int] = field(default_factory=dict)
    always: dict[Level, int] = field(default_factory=dict)

    def add(self, other: "Future", question: Question | None) -> None:
        """Takes in a way on, after a question if one was asked."""
        one = int(question is not None)
        common = int(question is not None and question.name not in CONDITIONAL)
        for level, count in other.screens.items():
            self.screens[level] = max(self.screens.get(level, 0), count + one)
            self.always[level] = max(self.always.get(level, 0), other.always[level] + common)


class Explorer:
    """Walks all paths once.

    Args:
        protocol: The protocol to walk.
        unsure: Whether "not sure" is among the answers.

    Attributes:
        faults: What went against the protocol, in words, with the facts that led there.
        states: Distinct states that were seen.
        merged: Pairs of visitors the walk took for one, a sample, to be checked.
        after_urgent: Questions that were asked after URGENT.
    """

    def __init__(self, protocol: Protocol, unsure: bool = True) -> None:
        self.protocol, self._unsure = protocol, unsure
        self.residuals = Residuals(protocol)
        self.faults: list[tuple[str, dict[str, Any]]] = []
        self.merged: list[tuple[Facts, Facts]] = []
        self.after_urgent: set[str] = set()
        self.endings: dict[Level, int] = {}
        self.steps = self._joins = 0
        self._futures: dict[Any, Future] = {}
        self._first: dict[Any, Facts] = {}
        self._choices = {name: list(self._classes(name)) for name in protocol.specs}

    @property
    def states(self) -> int:
        """How many distinct states were seen."""
        return len(self._futures)

    def _classes(self, name: str) -> Iterator[list[Any]]:
        """The steps that answer a fact: for each, the updates one can choose from."""
        spec, atoms = self.protocol.specs[name], all_atoms(self.protocol)
        if spec.kind == "list":
            for group in item_groups(spec, atoms, []):
                first, rest = group[0], dict.fromkeys(group[1:], NO)
                states = (NO, YES, UNSURE) if self._unsure else (NO, YES)
                yield [{first: state, **rest} for state in states]
        elif spec.kind == "bool":
            yield [True]
        elif spec.kind == "text":
            yield ["Mimico"]
        else:
            examples = [
                c.example for c in classes(self.protocol, name, atoms, []) if c.example is not None
            ]
            # "Not sure how it started" is an answer that the screen offers.
            yield [e for e in examples if self._unsure or e != UNSURE or UNSURE in spec.values]

    def explore(self, said: Mapping[str, Any] | None = None) -> Future:
        """Walks every path from the first screen; what is found stands in the attributes.

        Args:
            said: Facts that were volunteered before.
        """
        facts = Facts(self.protocol.specs, said)
        return self._at_a_question(facts, self.residuals.start(facts), None)

    def _at_a_question(self, facts: Facts, left: Left, came_from: Question | None) -> Future:
        top = self.residuals.level(left)
        key = ("question", came_from and came_from.name, self.residuals.key(left, facts, top))
        if key in self._futures:
            self._joins += 1
            if self._joins % 10 == 0:
                self.merged.append((self._first[key], facts))
            return self._futures[key]
        self._first[key] = facts
        result = assess(self.protocol, facts)
        level = result.level
        # A duration nobody gave counts as short for the engine, until it is known.
        expected = top or (Level.SELF_CARE if level == Level.SELF_CARE else None)
        if level != expected and (facts.answered("duration_days") or (level or 0) < top):
            self._fault("the walk and the engine give different levels", facts)
        if came_from is not None and any(
            name in asked_facts(self.protocol, facts) and not facts.answered(name)
            for name in came_from.sets
        ):
            self._fault(f"{came_from.name} would be asked twice", facts)
        if level == Level.EMERGENCY or result.question is None:
            self._futures[key] = self._ending(facts, level, result.question)
            return self._futures[key]
        question, future = result.question, Future()
        asked = asked_facts(self.protocol, facts)
        to_answer = [
            n for n in question.sets if not facts.answered(n) and (n in asked or question.follow_up)
        ]
        future.add(self._answer(facts, left, question, to_answer, top), question)
        if level == Level.URGENT and not question.always:
            self.after_urgent.add(question.name)
            if Level.EMERGENCY not in future.screens:
                self._fault(f"{question.name} is asked after URGENT and can raise nothing", facts)
        self._futures[key] = future
        return future

    def _answer(
        self, facts: Facts, left: Left, question: Question, names: list[str], top: int
    ) -> Future:
        """Answers the facts of a question one by one, then goes on to the next question."""
        steps = [(name, updates) for name in names for updates in self._choices[name]]
        return self._step(facts, left, question, steps, 0, top)

    def _step(
        self, facts: Facts, left: Left, question: Question, steps: Steps, i: int, top: int
    ) -> Future:
        if i == len(steps):
            return self._at_a_question(facts, left, question)
        key = (question.name, len(steps) - i, self.residuals.key(left, facts, top))
        if key in self._futures:
            return self._futures[key]
        future = Future()
        name, updates = steps[i]
        for update in updates:
            self.steps += 1
            then = facts.with_({name: update})
            then_left = self.residuals.after(left, then, name)
            level = self.residuals.level(then_left)
            if level == Level.EMERGENCY:
                future.add(self._ending(then, Level.EMERGENCY, None), None)
            else:
                future.add(self._step(then, then_left, question, steps, i + 1, level), None)
        self._futures[key] = future
        return future

    def _ending(self, facts: Facts, level: Level | None, question: Question | None) -> Future:
        if level is None:
            self._fault("an outcome without a level", facts)
            return Future()
        if question is not None:
            self._fault("a question after EMERGENCY", facts)
        if level == Level.SELF_CARE and (left := unanswered_mandatory(self.protocol, facts)):
            self._fault(f"SELF_CARE before {sorted(left)} were asked", facts)
        self.endings[level] = self.endings.get(level, 0) + 1
        return Future({level: 0}, {level: 0})

    def _fault(self, words: str, facts: Facts) -> None:
        self.faults.append((words, dict(facts)))
