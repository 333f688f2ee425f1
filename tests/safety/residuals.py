"""What is left of the rules once some facts are known: the state a walk through the screens is in.

A condition over known and unknown facts shrinks to a *residual*: true, false, or a smaller
condition over what is still unknown. Two visitors whose residuals, level so far and open facts are
the same have the same future: every later question and level depends on nothing else. So the
walk may treat them as one. `test_screen_paths.py` also shows it on visitors that were merged.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from rasa_project.triage.conditions import Context, judge
from rasa_project.triage.facts import UNSURE, YES, Facts
from rasa_project.triage.protocol import Protocol
from rasa_project.triage.rules import Level
from tests.safety.classes import Condition, fact_of, facts_read

Residual = Any  # True, False, or nested tuples that name what is still unknown.
LINKED = {"zones": ("zone_main",), "zone_main": ("zones",)}  # The sorest place is a sore one.


@dataclass(frozen=True)
class Watched:
    """A condition of the protocol whose residual belongs to the state.

    Attributes:
        kind: "red flag", "section 4", "unless", "fact" or "question" (when to ask).
        name: The fact or question it decides about.
        level: The level a clause gives.
        when: The condition; None for RF28's count.
        lenient: Whether "unsure" counts as a match.
        reads: Facts it reads.
    """

    kind: str
    name: str
    level: int
    when: Condition
    lenient: bool
    reads: frozenset[str]


class Residuals:
    """Shrinks the protocol's conditions by what is known.

    Args:
        protocol: The protocol whose screens are walked.
    """

    def __init__(self, protocol: Protocol) -> None:
        self.protocol = protocol
        self.watched = tuple(self._watched())
        self._by_fact: dict[str, list[int]] = {name: [] for name in protocol.specs}
        for i, watched in enumerate(self.watched):
            for name in watched.reads:
                self._by_fact[name].append(i)
        self._cache: dict[Any, Residual] = {}

    def _watched(self) -> Iterable[Watched]:
        def entry(kind: str, name: str, level: int, when: Condition, lenient: bool) -> Watched:
            counting = "unresolved_safety_facts" in when
            reads = self.protocol.safety if counting else frozenset(facts_read(when, self.protocol))
            return Watched(kind, name, level, when, lenient, reads)

        for rule in self.protocol.red_flags:
            for clause in rule.clauses:
                strict = clause.level == Level.PROMPT
                yield entry("red flag", rule.id, clause.level, clause.when, not strict)
        for rule in self.protocol.disposition.clauses:
            clause = rule.clauses[0]
            strict = clause.level == Level.PROMPT
            yield entry("section 4", rule.id, clause.level, clause.when, not strict)
        yield entry("unless", "", 0, self.protocol.disposition.unless, False)
        for name, spec in self.protocol.specs.items():
            if spec.ask_when is not None:
                yield entry("fact", name, 0, spec.ask_when, True)
        for question in self.protocol.questions:
            if question.ask_when is not None:
                yield entry("question", question.name, 0, question.ask_when, True)

    def start(self, facts: Facts) -> tuple[Residual, ...]:
        """All residuals for a set of facts."""
        return tuple(self._shrunk(i, facts) for i in range(len(self.watched)))

    def after(
        self, before: tuple[Residual, ...], facts: Facts, changed: str
    ) -> tuple[Residual, ...]:
        """The residuals once a fact has changed: only conditions that read it can differ."""
        left = list(before)
        for name in (changed, *LINKED.get(changed, ())):
            for i in self._by_fact[name]:
                left[i] = self._shrunk(i, facts)
        return tuple(left)

    def level(self, left: tuple[Residual, ...]) -> int:
        """The level that holds so far; 0 for none."""
        child = left[next(i for i, w in enumerate(self.watched) if w.kind == "unless")] is True
        return max(
            (
                w.level
                for w, residual in zip(self.watched, left, strict=True)
                if residual is True
                and (w.kind == "red flag" or (w.kind == "section 4" and not child))
            ),
            default=0,
        )

    def key(self, left: tuple[Residual, ...], facts: Facts, top: int) -> tuple[Any, ...]:
        """The state a visitor is in, given the level that holds so far.

        Returns:
            A value that is equal for two visitors only if their futures are equal.
        """
        rules, unless = set(), None
        for watched, residual in zip(self.watched, left, strict=True):
            if watched.kind == "unless" and top < Level.PROMPT:
                unless = residual
            in_play = watched.kind == "red flag" or (
                watched.kind == "section 4" and top < Level.PROMPT
            )
            if in_play and watched.level > top and residual is not False:
                rules.add((watched.level, residual))
        wanted = self._wanted(left, top)
        open_facts = frozenset(name for name in wanted if not facts.answered(name))
        asking = tuple(
            (w.name, residual)
            for w, residual in zip(self.watched, left, strict=True)
            if (w.kind == "fact" and w.name in open_facts)
            or (w.kind == "question" and top < Level.URGENT and self._is_open(w.name, facts))
        )
        partly = frozenset((n, len(facts[n])) for n in open_facts if isinstance(facts.get(n), dict))
        return (top, frozenset(rules), unless, open_facts, asking, partly)

    def _wanted(self, left: tuple[Residual, ...], top: int) -> set[str]:
        """Facts of questions that can still come: after URGENT those an open higher rule reads."""
        if top < Level.URGENT:
            return {name for q in self.protocol.questions for name in q.sets}
        names = {
            name
            for w, residual in zip(self.watched, left, strict=True)
            if w.kind == "red flag" and w.level > top and isinstance(residual, tuple)
            for name in w.reads
        }
        while True:
            more = {
                n
                for q in self.protocol.questions
                if q.always or names & set(q.sets)
                for n in q.sets
            }
            more |= {
                n for w in self.watched if w.kind == "fact" and w.name in more for n in w.reads
            }
            if more <= names:
                return names
            names |= more

    def _is_open(self, name: str, facts: Facts) -> bool:
        question = self.protocol.question(name)
        return question is not None and not any(facts.answered(n) for n in question.sets)

    def _shrunk(self, i: int, facts: Facts) -> Residual:
        watched = self.watched[i]
        if "unresolved_safety_facts" in watched.when:
            left_open = sum(self._unresolved(name, facts) for name in self.protocol.safety)
            return left_open >= 2 or ("unresolved", left_open)
        seen = (i, *(_frozen(facts.get(name)) for name in sorted(watched.reads)))
        if seen not in self._cache:
            self._cache[seen] = self._shrink(watched.when, facts, watched.lenient)
        return self._cache[seen]

    def _unresolved(self, name: str, facts: Facts) -> bool:
        value, spec = facts.get(name), self.protocol.specs[name]
        if value is None or UNSURE in spec.values:
            return False
        return value in (UNSURE, spec.refused_is) or (
            isinstance(value, dict) and UNSURE in value.values()
        )

    def _shrink(self, condition: Condition, facts: Facts, lenient: bool) -> Residual:
        if "named" in condition:
            return self._shrink(self.protocol.named[condition["named"]], facts, lenient)
        if "irritability" in condition:
            return self._shrink(self.protocol.disposition.irritability["HIGH"], facts, True)
        for group, wins in (("any", True), ("all", False)):
            if group in condition:
                parts = [self._shrink(part, facts, lenient) for part in condition[group]]
                if any(part is wins for part in parts):
                    return wins
                left = frozenset(part for part in parts if part is not (not wins))
                return (group, left) if left else not wins
        return self._atom(condition, facts, lenient)

    def _atom(self, atom: Condition, facts: Facts, lenient: bool) -> Residual:
        name = str(fact_of(atom))
        value, spec = facts.get(name), self.protocol.specs[name]
        if spec.kind == "list":
            return self._list_atom(atom, name, value or {}, facts, lenient)
        if value is None:
            return ("atom", json.dumps(atom, sort_keys=True), lenient)
        context = Context(self.protocol.specs, facts, self.protocol.named, lenient)
        holds = judge(atom, context).holds
        if holds is None:
            return ("unsure", name, self._shrink(spec.unsure_counts_when, facts, lenient))
        return holds

    def _list_atom(
        self, atom: Condition, name: str, value: Mapping[str, str], facts: Facts, lenient: bool
    ) -> Residual:
        items = atom.get("has", list(self.protocol.specs[name].values))
        none = "is_none" in atom
        counts = (YES, UNSURE) if lenient or none else (YES,)
        if any(value.get(item) in counts for item in items):
            return not none
        left = () if facts.answered(name) else tuple(i for i in items if value.get(i) is None)
        return ("list", name, left, none, lenient) if left else none


def _frozen(value: Any) -> Any:
    return tuple(value.items()) if isinstance(value, dict) else value
