"""The product's rules beside the protocol table: the level each gives to the same answers."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

from rasa_project.triage.conditions import Context
from rasa_project.triage.engine import applies, assess
from rasa_project.triage.facts import Facts
from rasa_project.triage.protocol import Protocol
from rasa_project.triage.rules import Rule
from tests.safety import protocol_table as table
from tests.safety.classes import AnswerClass, Condition, classes, facts_read, leaves, to_table

SECTION_4 = "section 4"
Known = Mapping[str, Any]


@dataclass(frozen=True)
class Difference:
    """Answers on which product and table part, and what each says."""

    rule: str
    answers: Known
    product: str | None
    table: str | None


def table_answers(protocol: Protocol, known: Known) -> table.Answers:
    """Answers as the product keeps them, in the table's form."""
    facts = Facts(protocol.specs, known)
    return {name: to_table(protocol.specs[name], value) for name, value in facts.items()}


def only(protocol: Protocol, rule: Rule) -> Protocol:
    """The protocol with a single red-flag rule, no section 4 and no questions."""
    left = replace(protocol.disposition, clauses=())
    return replace(protocol, red_flags=(rule,), disposition=left, questions=())


def rule_level(alone: Protocol, known: Known) -> str | None:
    """The level one rule gives; None when it does not fire."""
    fired = assess(alone, Facts(alone.specs, known)).fired
    return next((hit.level.name for hit in fired if hit.rule.id == alone.red_flags[0].id), None)


def rows_level(rows: Iterable[table.Row], answers: table.Answers) -> str | None:
    """The highest level among some of the table's rows; None when none fires."""
    known = {**answers, table.COUNT_FACT: table.left_unsure(answers)}
    levels = [row.level for row in rows if all(c.met(known.get(c.fact)) for c in row.cells)]
    return max(levels, key=table.LEVELS.index, default=None)


def rows_of(rule: str) -> list[table.Row]:
    """The table's rows for one rule of the protocol."""
    return [row for row in table.rows() if row.rule == rule]


def rule_atoms(protocol: Protocol, rule: Rule) -> list[Condition]:
    """The atoms a red-flag rule reads, with those that say when "unsure" counts."""
    atoms = [atom for clause in rule.clauses for atom in leaves(clause.when, protocol)]
    for name in {n for clause in rule.clauses for n in facts_read(clause.when, protocol)}:
        limit = protocol.specs[name].unsure_counts_when
        if limit is not None:
            atoms += list(leaves(limit, protocol))
    return atoms


def rule_facts(protocol: Protocol, rule: Rule) -> list[str]:
    """Every fact that a rule, or the table's rows for it, read."""
    read = {n for clause in rule.clauses for n in facts_read(clause.when, protocol)}
    read |= {cell.fact for row in rows_of(rule.id) for cell in row.cells} - {table.COUNT_FACT}
    return sorted(read)


def combinations(
    protocol: Protocol,
    names: Iterable[str],
    atoms: list[Condition],
    cells: list[table.Cell],
    unanswered: bool = True,
) -> Iterator[dict[str, Any]]:
    """Every combination of the classes of some facts, by an example each.

    Args:
        protocol: The protocol.
        names: The facts.
        atoms: Atoms that tell classes apart.
        cells: Cells of the table that do.
        unanswered: Whether "nobody has answered" is among the classes; without, only for facts
            about which the table says what it comes to.
    """
    names = list(names)
    choices: list[list[AnswerClass]] = []
    for name in names:
        said = any(cell.fact == name and "unanswered" in cell.values for cell in cells)
        found = classes(protocol, name, atoms, cells)
        choices.append(found if unanswered or said else found[:-1])
    for chosen in product(*choices):
        yield {
            name: answer.example
            for name, answer in zip(names, chosen, strict=True)
            if answer.example is not None
        }


def rule_combinations(
    protocol: Protocol, rule: Rule, unanswered: bool = True
) -> Iterator[dict[str, Any]]:
    """The full product of the classes that one rule and its rows of the table can tell apart."""
    cells = [cell for row in rows_of(rule.id) for cell in row.cells]
    names, atoms = rule_facts(protocol, rule), rule_atoms(protocol, rule)
    return combinations(protocol, names, atoms, cells, unanswered)


def rule_differences(
    protocol: Protocol, rule: Rule, unanswered: bool = True
) -> Iterator[Difference]:
    """Where a red-flag rule and its rows of the table part."""
    alone, rows = only(protocol, rule), rows_of(rule.id)
    for known in rule_combinations(protocol, rule, unanswered):
        ours = rule_level(alone, known)
        theirs = rows_level(rows, table_answers(protocol, known))
        if ours != theirs:
            yield Difference(rule.id, known, ours, theirs)


def clause_alone(protocol: Protocol, clause: Rule) -> Protocol:
    """The protocol with a single clause of section 4, no red-flag rule and no questions."""
    left = replace(protocol.disposition, clauses=(clause,))
    return replace(protocol, red_flags=(), disposition=left, questions=())


def section_4_differences(protocol: Protocol) -> Iterator[Difference]:
    """Where a clause of section 4 and the table's rows about the same facts part.

    Every row of section 4 must stand behind a clause that reads its facts, and each clause is
    compared on the full product of its answers. Under 16 section 4 is silent: RF18 decides.
    """
    rows = rows_of(SECTION_4)
    covered: set[int] = set()
    for clause in protocol.disposition.clauses:
        when = clause.clauses[0].when
        names = sorted(facts_read(when, protocol))
        own = [
            row for row in rows
            if {cell.fact for cell in row.cells} <= set(names) and row.level == clause.clauses[0].level.name
        ]  # fmt: skip
        covered |= {row.number for row in own}
        atoms = list(leaves(when, protocol)) + list(leaves(protocol.disposition.unless, protocol))
        cells = [cell for row in own for cell in row.cells]
        alone = clause_alone(protocol, clause)
        for known in combinations(protocol, names, atoms, cells):
            if known.get("age_band") in ("u8", "8_15"):
                continue
            fired = assess(alone, Facts(protocol.specs, {"age_band": "18_39", **known})).fired
            ours = next((hit.level.name for hit in fired if hit.rule.id == clause.id), None)
            theirs = rows_level(own, table_answers(protocol, known))
            if ours != theirs:
                yield Difference(clause.id, known, ours, theirs)
    for row in rows:
        if row.number not in covered:
            yield Difference(SECTION_4, {}, None, f"row {row.number}")


def asking_differences(protocol: Protocol) -> Iterator[Difference]:
    """Where the product asks for a fact and the table does not, or the other way round."""
    conditions = {name: spec.ask_when for name, spec in protocol.specs.items()}
    for question in protocol.questions:
        if question.ask_when is not None:
            conditions |= dict.fromkeys(question.sets, question.ask_when)
    ways = table.asked_when()
    for name in sorted(set(ways) | {name for name, when in conditions.items() if when is not None}):
        when = conditions.get(name)
        cells = [cell for way in ways.get(name, []) for cell in way]
        read = {cell.fact for cell in cells} | (facts_read(when, protocol) if when else set())
        atoms = list(leaves(when, protocol)) if when else []
        for known in combinations(protocol, sorted(read), atoms, cells):
            if len(known) < len(read):
                continue  # While the condition is open the engine waits for what decides it.
            ours = _asked(protocol, name, known)
            answers = table_answers(protocol, known)
            theirs = any(all(c.met(answers.get(c.fact)) for c in way) for way in ways.get(name, []))
            if ours != theirs:
                yield Difference(name, known, str(ours), str(theirs))


def _asked(protocol: Protocol, name: str, known: Known) -> bool:
    """Whether the engine would still ask for a fact when all else is as given."""
    facts = Facts(protocol.specs, known)
    context = Context(protocol.specs, facts, protocol.named)
    question = next(
        (q for q in protocol.questions if name in q.sets and q.ask_when is not None), None
    )
    if question is None:
        return bool(applies(protocol.specs[name], context).holds)
    alone = replace(protocol, questions=(question,), red_flags=())
    return assess(alone, facts).question is not None
