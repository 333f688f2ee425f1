"""A context word in a message: "no", "maybe", "used to"."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Modifier:
    """Words ``start`` up to ``end`` that say how something is meant.

    Attributes:
        category: One of the categories of ``context.py``.
        start: First word.
        end: One past the last word.
        comma: What a comma does to it; see ``context.py``.
        kind: ``fear`` or ``long``; see ``context.py``. Mostly empty.
    """

    category: str
    start: int
    end: int
    comma: str
    kind: str
