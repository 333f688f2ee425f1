"""A time that may date the complaint, and the stretch of words it stands in."""

from dataclasses import dataclass

from rasa_project.language.message import Message
from rasa_project.language.times import Span


@dataclass(frozen=True)
class Option:
    """A time that may date the complaint; the lowest rank does."""

    rank: float
    days: float
    time: Span


def sentence(message: Message, at: int) -> tuple[int, int]:
    """First word of the sentence that a word stands in, and one past its last."""
    number = message.sentence[at]
    start = end = at
    while start > 0 and message.sentence[start - 1] == number:
        start -= 1
    while end < len(message.words) and message.sentence[end] == number:
        end += 1
    return start, end
