"""Walks through the screens as a visitor does, one question after the other."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from rasa_project.triage.engine import Assessment, asked_facts, assess
from rasa_project.triage.facts import NO, UNSURE, YES, Facts
from rasa_project.triage.protocol import Protocol
from rasa_project.triage.screens import Question
from tests.safety import protocol_table as table
from tests.safety.assignments import quiet

# What must be so for the screen of a conditional fact to come.
CALF = ("zones", {"Z1": YES, "Z2": YES})
OPENS: dict[str, tuple[str, Any]] = {
    "calf_tense": CALF, "calf_bigger": CALF, "vte_risk": CALF, "exertional_leg": CALF,
    "rest_nrs": ("night_rest", "after_activity"), "heel_squeeze": ("zones", {"Z2": YES, "Z5": YES}),
    "inflam": ("side", "both"), "gap_or_dent": ("onset", "sudden_no_pop"),
}  # fmt: skip


@dataclass
class Walk:
    """A walk: the facts, the questions that were asked, and what it came to."""

    facts: Facts
    asked: list[str] = field(default_factory=list)
    result: Assessment | None = None


def answers_to(
    question: Question, known: Mapping[str, Any], facts: Facts, protocol: Protocol
) -> dict[str, Any]:
    """What a visitor with these answers states on a screen: what it sets and the protocol asks."""
    asked = asked_facts(protocol, facts)
    stated = {name: known[name] for name in question.sets if name in asked and name in known}
    left = [n for n in question.sets if n in asked and n not in stated]
    return stated | {n: "Mimico" if protocol.specs[n].kind == "text" else UNSURE for n in left}


def walk(
    protocol: Protocol, known: Mapping[str, Any], volunteered: Mapping[str, Any] | None = None
) -> Walk:
    """Answers every question from `known` until the outcome."""
    done = Walk(Facts(protocol.specs, volunteered or {}))
    while True:
        done.result = assess(protocol, done.facts)
        question = done.result.question
        if question is None:
            return done
        assert question.name not in done.asked, f"{question.name} is asked twice"
        done.asked.append(question.name)
        done.facts = done.facts.with_(answers_to(question, known, done.facts, protocol))


def cell_answers(protocol: Protocol, cell: table.Cell) -> Iterator[Any]:
    """Each value a cell of the table names, as an answer of the product."""
    spec = protocol.specs[cell.fact]
    if cell.low is not None:
        yield from sorted(
            {cell.low, int(cell.high if cell.high is not None else spec.maximum or 0)}
        )
    for value in sorted(cell.values - {"unanswered"}):
        if spec.kind != "list":
            yield value
        elif value == "none":
            yield dict.fromkeys(spec.values, NO)
        elif value == "any item":
            for item in spec.values:
                yield {i: YES if i == item else NO for i in spec.values}
        elif value == UNSURE:
            doubted = (
                set(spec.values) if "any item" in cell.values else cell.values & set(spec.values)
            )
            for item in sorted(doubted):
                yield {i: UNSURE if i == item else NO for i in spec.values}
        else:
            yield {i: YES if i == value else NO for i in spec.values}


def row_answers(protocol: Protocol, row: table.Row) -> Iterator[dict[str, Any]]:
    """For every choice of the values a row names: a quiet visitor with just these answers."""
    base = quiet(protocol)
    for values in product(*(list(cell_answers(protocol, cell)) for cell in row.cells)):
        known = dict(base)
        changed: set[str] = set()
        for cell, value in zip(row.cells, values, strict=True):
            if cell.fact in changed and isinstance(value, dict):  # Two cells about one list.
                value = {i: s if s != NO else known[cell.fact][i] for i, s in value.items()}
            known[cell.fact] = value
            changed.add(cell.fact)
        if "zone_main" in changed:
            main = known["zone_main"]
            known["zones"] = {i: YES if i == main else NO for i in protocol.specs["zones"].values}
        if "zones" in changed:
            sore = [i for i, state in known["zones"].items() if state == YES]
            known["zone_main"] = sore[0] if sore else UNSURE
        for fact in changed & set(OPENS):
            opener, value = OPENS[fact]
            if opener not in changed:
                known[opener] = value
        yield known
