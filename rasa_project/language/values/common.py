"""What the readers of values share."""

from collections.abc import Sequence
from dataclasses import dataclass

SEPARATORS = frozenset({",", ",,", ".", "!", "?", ";", ":", "-", "(", ")", "\n", "...", "–", "—"})


@dataclass(frozen=True)
class Value:
    """A value for a fact, and its words ``start`` up to ``end``."""

    fact: str
    value: str | int | float
    start: int
    end: int


def word_at(words: Sequence[str], at: int) -> str:
    """The word at a place; empty outside the message."""
    return words[at] if 0 <= at < len(words) else ""


def whole(number: float) -> int | float:
    """A number to one decimal, as an integer where it is one."""
    rounded = round(number, 1)
    return int(rounded) if rounded == int(rounded) else rounded


def is_fragment(words: Sequence[str], start: int, end: int) -> bool:
    """Whether words stand alone between marks: ", 29," or "Sixty-one."."""
    before, after = word_at(words, start - 1), word_at(words, end)
    return (not before or before in SEPARATORS) and (not after or after in SEPARATORS)
