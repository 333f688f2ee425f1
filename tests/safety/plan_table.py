"""Reads the table form of the protocol's advice: the second opinion the plan is compared with.

It imports nothing of the product.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

TABLE = Path(__file__).with_name("plan_table.md")
NOT_ASKED = "not asked"
AMOUNT = re.compile(
    r"\b(half|quarter|a tenth|a third|twice|second or third day|every other day|once a day|daily"
    r"|a day off|two days|in a row|days a week|seconds?|minutes?|hours?|weeks?|months?|a year"
    r"|times|rounds|sets|km|mm|kg)\b",
    re.IGNORECASE,
)
Case = Mapping[str, str | frozenset[str]]
"""Name of a column or of a condition to what is so; ``change`` is a set."""


@dataclass(frozen=True)
class Line:
    """One row that a plan must hold when it fits, and what that row says."""

    number: int
    kind: str
    part: str
    when: Mapping[str, frozenset[str]]
    numbers: tuple[str, ...]
    amounts: frozenset[str]
    says: tuple[str, ...]
    never: tuple[str, ...]

    def fits(self, case: Case) -> bool:
        """Whether a case calls for this row, given that its kind is given."""
        for name, values in self.when.items():
            known = case[name]
            if isinstance(known, frozenset):
                if not (known if values == {"some"} else known & values):
                    return False
            elif known not in values:
                return False
        return True

    def wrong_with(self, text: str) -> list[str]:
        """What is wrong with a row's words; empty when it is this row."""
        lower = text.lower()
        wrong = [f"does not say {part!r}" for part in self.says if part.lower() not in lower]
        wrong += [f"says {part!r}" for part in self.never if part.lower() in lower]
        numbers = tuple(re.findall(r"\d+", text))
        if numbers != self.numbers:
            wrong.append(f"numbers {numbers}, not {self.numbers}")
        amounts = amounts_in(text)
        if amounts != self.amounts:
            wrong.append(f"amounts {sorted(amounts)}, not {sorted(self.amounts)}")
        return wrong


def amounts_in(text: str) -> frozenset[str]:
    """The words of amount in a text."""
    return frozenset(match.lower() for match in AMOUNT.findall(text))


def _body(heading: str) -> list[list[str]]:
    section = TABLE.read_text(encoding="utf-8").split(f"\n## {heading}")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line[1:-1].split("|")] for line in lines]


def _set(words: str, mark: str = ",") -> frozenset[str]:
    return frozenset(part.strip() for part in words.split(mark) if part.strip())


class Kinds:
    """Who is given what: for each column and value the lines that it leaves open, as bits."""

    def __init__(self) -> None:
        head, _, *body = _body("Who is given what")
        self._kinds = [kind for kind, *_ in body]
        self._columns: dict[str, list[frozenset[str]]] = {
            name: [_set(cells[i]) for _, *cells in body] for i, name in enumerate(head[1:])
        }
        self._open: dict[tuple[str, str], int] = {}

    def given(self, case: Case) -> frozenset[str]:
        """The kinds of advice that a case is given; empty where there is no plan."""
        left = -1
        for name in self._columns:
            left &= self._left(name, case[name])
        return self._named(left & ((1 << len(self._kinds)) - 1))

    def _left(self, name: str, value: str | frozenset[str]) -> int:
        assert isinstance(value, str)
        found = self._open.get((name, value))
        if found is None:
            found = sum(
                1 << i for i, cell in enumerate(self._columns[name]) if cell & {"any", value}
            )
            self._open[name, value] = found
        return found

    @lru_cache(maxsize=512)  # noqa: B019 (one object, which lives as long as the tests)
    def _named(self, left: int) -> frozenset[str]:
        found = {kind for i, kind in enumerate(self._kinds) if left >> i & 1}
        if "plan" not in found:
            return frozenset()
        return frozenset(found if "amounts" in found else found | {"gentle"})


@lru_cache(maxsize=1)
def lines() -> tuple[Line, ...]:
    """Every line of the table of rows."""
    found = []
    for number, (kind, part, when, numbers, amounts, says, never) in enumerate(_body("Rows")[2:]):
        conditions = dict(pair.split(": ") for pair in _set(when, ";"))
        found.append(
            Line(
                number, kind, part, {name: _set(words) for name, words in conditions.items()},
                tuple(numbers.split()), _set(amounts, ";"),
                tuple(_set(says, ";")), tuple(_set(never, ";")),
            )
        )  # fmt: skip
    return tuple(found)


def expected(case: Case, kinds_given: frozenset[str]) -> tuple[Line, ...]:
    """The lines of the rows that a plan must hold."""
    return tuple(line for line in lines() if line.kind in kinds_given and line.fits(case))
