"""Equivalence classes of answers, derived from the atoms of the rules themselves.

An *atom* is a single test of one fact ("rest_nrs at least 8", "swelling has calf"). Two answers to
a fact belong to one class when no atom of any rule, and no cell of the protocol table, tells them
apart. One answer of each class then stands for all of them.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from rasa_project.triage.conditions import Context, judge
from rasa_project.triage.facts import NO, UNSURE, YES, Facts, FactSpec
from rasa_project.triage.protocol import Protocol
from tests.safety.protocol_table import Answer, Cell

Condition = Mapping[str, Any]
UNANSWERED = None
COMPARED = ("at_least", "at_most", "more_than")


def leaves(condition: Condition, protocol: Protocol) -> Iterator[Condition]:
    """The atoms of a condition, through groups and shared names."""
    if "named" in condition:
        yield from leaves(protocol.named[condition["named"]], protocol)
    elif group := next((g for g in ("all", "any", "count") if g in condition), None):
        for part in condition[group]:
            yield from leaves(part, protocol)
    elif "irritability" in condition:
        for grade in protocol.disposition.irritability.values():
            yield from leaves(grade, protocol)
    else:
        yield condition


def fact_of(atom: Condition) -> str | None:
    """The fact an atom tests; None for the count of unresolved facts."""
    return atom.get("fact") or atom.get("yes") or atom.get("no")


def conditions(protocol: Protocol) -> Iterator[tuple[str, Condition]]:
    """Every condition of the protocol, with the place it stands."""
    for rule in protocol.red_flags:
        for i, clause in enumerate(rule.clauses):
            yield f"{rule.id}.levels[{i}]", clause.when
        for i, (when, _) in enumerate(rule.more):
            yield f"{rule.id}.more[{i}]", when
    for rule in protocol.disposition.clauses:
        yield rule.id, rule.clauses[0].when
    yield "section 4 unless", protocol.disposition.unless
    for name, grade in protocol.disposition.irritability.items():
        yield f"irritability {name}", grade
    for name, spec in protocol.specs.items():
        if spec.ask_when is not None:
            yield f"{name}.ask_when", spec.ask_when
        if spec.unsure_counts_when is not None:
            yield f"{name}.unsure_counts_when", spec.unsure_counts_when
    for question in protocol.questions:
        if question.ask_when is not None:
            yield f"{question.name}.ask_when", question.ask_when


def all_atoms(protocol: Protocol) -> list[Condition]:
    """Every distinct atom of the protocol."""
    found = {
        json.dumps(atom, sort_keys=True): atom
        for _, condition in conditions(protocol)
        for atom in leaves(condition, protocol)
    }
    return list(found.values())


def facts_read(condition: Condition, protocol: Protocol) -> set[str]:
    """Every fact a condition reads, with those that say when "unsure" counts."""
    read: set[str] = set()
    for atom in leaves(condition, protocol):
        name = fact_of(atom)
        if name is not None:
            read.add(name)
            limit = protocol.specs[name].unsure_counts_when
            if limit is not None and ("yes" in atom or "no" in atom):
                read |= facts_read(limit, protocol)
    return read


def to_table(spec: FactSpec, value: Any) -> Answer:
    """A fact's value as the product keeps it, in the form the protocol table reads."""
    if spec.kind != "list":
        return value
    items = {item for item, answer in value.items() if answer == YES}
    items |= {f"{item}?" for item, answer in value.items() if answer == UNSURE}
    if items:
        return frozenset(items)
    complete = all(item in value for item in spec.values)
    return frozenset({"none"} if complete else ())


@dataclass(frozen=True)
class AnswerClass:
    """Answers that no rule tells apart.

    Attributes:
        example: One of them, as :class:`Facts` keeps it; None when nobody has answered.
        members: How many answers the class holds.
    """

    example: Any
    members: int


class Signature:
    """What a set of atoms and table cells see of one fact's answer."""

    def __init__(
        self, protocol: Protocol, name: str, atoms: Iterable[Condition], cells: Iterable[Cell]
    ) -> None:
        self.protocol, self.spec = protocol, protocol.specs[name]
        self.atoms = [atom for atom in atoms if fact_of(atom) == name]
        self.cells = [cell for cell in cells if cell.fact == name]
        limit = self.spec.unsure_counts_when
        others = facts_read(limit, protocol) if limit is not None else set()
        # What "unsure" comes to may hang on another fact: look at it under each of that fact's values.
        self.settings = [
            {other: value} for other in others for value in (*protocol.specs[other].values, UNSURE)
        ] or [{}]

    def __call__(self, value: Any) -> tuple[Any, ...]:
        seen: list[Any] = []
        for setting in self.settings:
            facts = Facts(self.protocol.specs, {**setting, self.spec.name: value})
            for lenient in (False, True):
                context = Context(self.protocol.specs, facts, self.protocol.named, lenient)
                seen += [judge(atom, context).holds for atom in self.atoms]
        answer = to_table(self.spec, value)
        seen += [cell.met(answer) for cell in self.cells]
        unsure = value == UNSURE or (isinstance(value, dict) and UNSURE in value.values())
        return (*seen, unsure, value == self.spec.refused_is)


def item_groups(
    spec: FactSpec, atoms: Iterable[Condition], cells: Iterable[Cell]
) -> list[list[str]]:
    """Items of a list that every atom and cell treats alike."""
    own_atoms = [atom for atom in atoms if fact_of(atom) == spec.name and "has" in atom]
    own_cells = [cell for cell in cells if cell.fact == spec.name]
    groups: dict[tuple[bool, ...], list[str]] = {}
    for item in spec.values:
        key = (*(item in a["has"] for a in own_atoms), *(item in c.values for c in own_cells))
        groups.setdefault(key, []).append(item)
    return list(groups.values())


def list_class(groups: list[list[str]], value: Mapping[str, str]) -> tuple[tuple[bool, bool], ...]:
    """The class of a list's answer: for each group, whether any item is "yes" and any unsure."""
    return tuple(
        (any(value[i] == YES for i in group), any(value[i] == UNSURE for i in group))
        for group in groups
    )


def list_example(groups: list[list[str]], key: Iterable[tuple[bool, bool]]) -> dict[str, str]:
    """The first answer of a list's class."""
    value: dict[str, str] = {}
    for group, (yes, unsure) in zip(groups, key, strict=True):
        answers = ([YES] if yes else []) + ([UNSURE] if unsure else [])
        answers += [NO] * (len(group) - len(answers))
        value.update(zip(group, answers, strict=True))
    return value


def list_classes(groups: list[list[str]]) -> Iterator[tuple[tuple[bool, bool], ...]]:
    """Every class of a list's answers."""
    states = [
        [(y, u) for y in (False, True) for u in (False, True) if y + u <= len(group)]
        for group in groups
    ]
    return product(*states)


def all_answers(
    spec: FactSpec, atoms: Iterable[Condition] = (), cells: Iterable[Cell] = ()
) -> Iterator[Any]:
    """Answers to a fact that is not a list: every one, "not sure" included.

    Numbers are whole, as the protocol asks for them. Given atoms and cells, only the numbers next
    to a bound are listed: in between nothing changes (`test_enumeration.py` looks at all of them).
    """
    if spec.kind == "number":
        low, high = int(spec.minimum or 0), int(spec.maximum or 0)
        bounds = {low, high}
        bounds |= {int(a[t]) for a in atoms if fact_of(a) == spec.name for t in COMPARED if t in a}
        bounds |= {
            n for c in cells if c.fact == spec.name for n in (c.low, c.high) if n is not None
        }
        near = {n + step for n in bounds for step in (-1, 0, 1)}
        yield from sorted(n for n in near if low <= n <= high)
    elif spec.kind == "bool":
        yield from (True, False)
    elif spec.kind == "text":
        yield "Mimico"
    else:
        yield from spec.values or (YES, NO)
    if UNSURE not in spec.values:
        yield UNSURE


def classes(
    protocol: Protocol, name: str, atoms: Iterable[Condition], cells: Iterable[Cell]
) -> list[AnswerClass]:
    """The classes of one fact's answers, with an example of each; "unanswered" comes last."""
    atoms, cells = list(atoms), list(cells)
    spec, signature = protocol.specs[name], Signature(protocol, name, atoms, cells)
    found: dict[Any, AnswerClass] = {}
    if spec.kind == "list":
        groups = item_groups(spec, atoms, cells)
        values: Iterable[Any] = (list_example(groups, key) for key in list_classes(groups))
    else:
        values = all_answers(spec, atoms, cells)
    for value in values:
        seen = signature(value)
        known = found.get(seen)
        found[seen] = AnswerClass(
            known.example if known else value, known.members + 1 if known else 1
        )
    return [*found.values(), AnswerClass(UNANSWERED, 1)]
