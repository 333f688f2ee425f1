"""A stretch of time as it was said."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from enum import Enum

from rasa_project.language.value_words import phrases

SEPARATORS = frozenset({",", ",,", ".", "!", "?", ";", ":", "-", "(", ")", "\n", "...", "–", "—"})
"""Marks that part stretches of words."""


class Kind(Enum):
    """How a stretch of time is said."""

    AGO = "ago"  # "3 weeks ago", "yesterday", "on Nov 3"
    FOR = "for"  # "for 3 weeks", "the past 3 weeks"
    SINCE = "since"  # "since monday"
    AHEAD = "ahead"  # "in 6 weeks", "6 weeks away"
    EACH = "each"  # "a week", "every 2 days"
    LATER = "later"  # "2 weeks after", "ten days later"
    DAY = "day"  # "day 1"
    BARE = "bare"  # "3 weeks"


@dataclass(frozen=True)
class Span:
    """A stretch of time.

    Attributes:
        days: Its length, or days back from the message; of a range the shorter end, since new
            pain is triaged with more care than old pain.
        kind: How it was said.
        start: Its first word.
        end: One past its last word.
        unit: The unit it was counted in; ``today`` and ``this`` for "today" and "this week".
        most: Of a range the longer end, in days.
        ahead: Days until a date or weekday comes next, for one that could lie ahead.
    """

    days: float
    kind: Kind
    start: int
    end: int
    unit: str = ""
    most: float = 0.0
    ahead: int | None = None


def word_at(words: Sequence[str], at: int) -> str:
    """The word at a place; empty outside the message."""
    return words[at] if 0 <= at < len(words) else ""


def said_before(words: Sequence[str], start: int, options: Container[str]) -> bool:
    """Whether one of these words stands right before a place, fillers skipped."""
    fillers = phrases("when.before_fillers")
    here = start - 1
    while here >= 0 and words[here] in fillers and words[here] not in options:
        here -= 1
    return here >= 0 and words[here] in options
