"""Reads the table form of the protocol and finds the level it gives to a set of answers.

It imports nothing of the product: it is the second opinion the product's rules are compared with.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

TABLE = Path(__file__).with_name("protocol_table.md")
LEVELS = ("SELF_CARE", "ROUTINE", "PROMPT", "URGENT", "EMERGENCY")
UNSURE = "unsure"
COUNT_FACT = "safety facts left unsure"

# A single choice or yes/no is a text, a number an int, a list a set of items. An item somebody is unsure of carries a
# question mark ("calf?"); a whole list left unsure, like any other fact, is "unsure".
Answer = str | int | frozenset[str]
Answers = Mapping[str, Answer]


@dataclass(frozen=True)
class Cell:
    """One condition of a row: a fact and the values that meet it."""

    fact: str
    values: frozenset[str]
    low: int | None = None
    high: int | None = None

    def met(self, answer: Answer | None) -> bool:
        """Whether an answer meets this condition.

        Args:
            answer: What is known of the fact; None when nobody has answered.
        """
        if answer is None:
            return "unanswered" in self.values
        if isinstance(answer, frozenset):
            said = {item for item in answer if not item.endswith("?") and item != "none"}
            doubted = {item[:-1] for item in answer if item.endswith("?")}
            if "any item" in self.values and said:
                return True
            if UNSURE in self.values and (
                doubted & self.values or ("any item" in self.values and doubted)
            ):
                return True
            return bool(said & self.values) or ("none" in self.values and not said and not doubted)
        if isinstance(answer, int):
            return self.low is not None and self.low <= answer <= (
                self.high if self.high is not None else answer
            )
        return answer in self.values


@dataclass(frozen=True)
class Row:
    """One row of the table: all cells met give the level."""

    number: int
    rule: str
    level: str
    cells: tuple[Cell, ...]


def read_cell(fact: str, words: str) -> Cell:
    """A condition from its two columns."""
    low = high = None
    values = set()
    for value in (part.strip() for part in words.split(",")):
        if span := re.fullmatch(r"(\d+) to (\d+)", value):
            low, high = int(span[1]), int(span[2])
        elif least := re.fullmatch(r"(\d+) or more", value):
            low = int(least[1])
        else:
            values.add(value)
    return Cell(fact, frozenset(values), low, high)


def _section(heading: str) -> str:
    return TABLE.read_text(encoding="utf-8").split(f"\n## {heading}")[1].split("\n## ")[0]


def _lines(heading: str) -> list[list[str]]:
    """The body of a section's table: a list of columns for each line."""
    lines = [line for line in _section(heading).splitlines() if line.startswith("|")]
    return [[column.strip() for column in line[1:-1].split("|")] for line in lines[2:]]


def _cells(columns: list[str]) -> tuple[Cell, ...]:
    pairs = zip(columns[::2], columns[1::2], strict=True)
    return tuple(read_cell(fact, words) for fact, words in pairs if fact)


@lru_cache(maxsize=1)
def rows() -> tuple[Row, ...]:
    """Every row of the table, in order."""
    return tuple(
        Row(int(number), rule, level, _cells(columns))
        for number, rule, level, *columns in _lines("Rows")
    )


@lru_cache(maxsize=1)
def asked_when() -> dict[str, list[tuple[Cell, ...]]]:
    """Facts that are asked only sometimes, each with its alternatives."""
    found: dict[str, list[tuple[Cell, ...]]] = {}
    for fact, *columns in _lines("When a fact is asked"):
        found.setdefault(fact, []).append(_cells(columns))
    return found


@lru_cache(maxsize=1)
def safety_facts() -> frozenset[str]:
    """The facts that count toward "cannot triage safely"."""
    body = _section("Safety facts").split("\n", 1)[1]
    return frozenset(re.findall(r"\b[a-z][a-z0-9_]+\b", body))


def left_unsure(answers: Answers) -> int:
    """How many safety facts were left unsure or refused."""
    doubtful = 0
    for fact in safety_facts():
        answer = answers.get(fact)
        items = answer if isinstance(answer, frozenset) else frozenset()
        doubtful += answer in (UNSURE, "prefer_not") or any(item.endswith("?") for item in items)
    return doubtful


def fired(answers: Answers) -> list[Row]:
    """The rows that fire for a set of answers."""
    known: dict[str, Answer] = {**answers, COUNT_FACT: left_unsure(answers)}
    return [row for row in rows() if all(cell.met(known.get(cell.fact)) for cell in row.cells)]


def level(answers: Answers) -> str:
    """The highest level of the rows that fire; SELF_CARE when none does."""
    return max((row.level for row in fired(answers)), key=LEVELS.index, default="SELF_CARE")
