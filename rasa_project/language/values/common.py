"""What the readers of values share."""

from collections.abc import Sequence
from dataclasses import dataclass

from rasa_project.language.times.span import SEPARATORS, word_at

__all__ = ["SEPARATORS", "Value", "begins", "stops", "whole", "word_at"]


@dataclass(frozen=True)
class Value:
    """A value for a fact, and its words ``start`` up to ``end``."""

    fact: str
    value: str | int | float
    start: int
    end: int


def whole(number: float) -> int | float:
    """A number to one decimal, as an integer where it is one."""
    rounded = round(number, 1)
    return int(rounded) if rounded == int(rounded) else rounded


def begins(words: Sequence[str], at: int) -> bool:
    """Whether a stretch of words begins there: at the start, or after a mark."""
    return at <= 0 or words[at - 1] in SEPARATORS


def stops(words: Sequence[str], at: int) -> bool:
    """Whether a stretch of words ends before a place."""
    return at >= len(words) or words[at] in SEPARATORS
