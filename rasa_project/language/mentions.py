"""What a message says: one fact, with its assertion, who has it and when."""

from dataclasses import dataclass

PRESENT = "present"
ABSENT = "absent"
UNCERTAIN = "uncertain"

SELF = "self"
OTHER = "other"

CURRENT = "current"
PAST = "past"
HYPOTHETICAL = "hypothetical"

SELF_HARM = "self_harm"
"""The one pseudo fact: wording about ending one's life. It is no fact of the protocol."""


@dataclass(frozen=True)
class Mention:
    """One fact said in a message.

    Attributes:
        fact: Protocol fact name, such as ``swelling`` or ``duration_days``, or ``self_harm``.
        value: List facts: the item, or ``none`` (present) when every item is denied. Tri facts:
            ``yes`` or ``no``. Choice facts: the value. Number facts: the number, in the fact's
            own unit. Text facts: the text.
        assertion: ``present``, ``absent`` (the value does not hold) or ``uncertain``.
        experiencer: ``self`` is the person the chat is about, whoever types; else ``other``.
        temporality: ``current``, ``past`` or ``hypothetical``. What is history by nature (an
            old clot, a finished course of pills) is ``current``.
        start: First character of the words in the message as typed.
        end: One past the last character.
        text: The words, as typed.
    """

    fact: str
    value: str | int | float
    assertion: str
    experiencer: str
    temporality: str
    start: int
    end: int
    text: str

    @property
    def is_stated(self) -> bool:
        """Whether it is plainly said of the person now, so that it may be recorded."""
        return (
            self.assertion != UNCERTAIN and self.experiencer == SELF and self.temporality == CURRENT
        )
