"""What a redaction is: kinds, stretches, and the text with placeholders."""

from collections.abc import Iterable
from dataclasses import dataclass

KINDS = ("email", "card", "health_card", "phone", "postal_code", "address", "name")
"""Where two stretches overlap, the kind that stands first here wins."""


@dataclass(frozen=True)
class Span:
    """A stretch of a text that identifies somebody.

    Attributes:
        kind: One of :data:`KINDS`.
        start: Its first character, from 0.
        end: The character after its last.
    """

    kind: str
    start: int
    end: int


@dataclass(frozen=True)
class Redacted:
    """A text without what identifies.

    Attributes:
        text: Every stretch replaced by its placeholder: "[name]", "[health card]".
        spans: The stretches in the text as it was, in order, for whoever may see it whole.
    """

    text: str
    spans: tuple[Span, ...]

    def shown(self, start: int, end: int) -> tuple[int, int]:
        """Where characters of the text as it was stand in ``text``.

        Args:
            start: The first of them, such as where the words of a fact begin.
            end: The one after the last.

        Returns:
            The same for ``text``; what lies in a redacted stretch is its whole placeholder.
        """
        shift, made_start, made_end = 0, start, end
        for span in self.spans:
            at, length = span.start + shift, len(placeholder(span.kind))
            if span.start < start:
                made_start = at if start < span.end else start + shift + length - _size(span)
            if span.start < end:
                made_end = at + length if end <= span.end else end + shift + length - _size(span)
            shift += length - _size(span)
        return made_start, made_end


def _size(span: Span) -> int:
    return span.end - span.start


def placeholder(kind: str) -> str:
    """What stands for a stretch of this kind."""
    return "[payment card]" if kind == "card" else f"[{kind.replace('_', ' ')}]"


def settle(found: Iterable[Span]) -> tuple[Span, ...]:
    """Stretches in order, none over another; what a winner only partly covers is kept beside it.

    A stretch is never dropped while letters of it would stay readable.
    """
    taken: list[Span] = []
    for span in sorted(found, key=lambda s: (KINDS.index(s.kind), s.start, -s.end)):
        start = span.start
        for other in sorted(taken, key=lambda s: s.start):
            if other.end <= start or other.start >= span.end:
                continue
            if other.start > start:
                taken.append(Span(span.kind, start, other.start))
            start = other.end
        if start < span.end:
            taken.append(Span(span.kind, start, span.end))
    return tuple(sorted(taken, key=lambda s: s.start))


def original(text: str, spans: tuple[Span, ...], place: int) -> int:
    """Where a place in ``replace(text, spans)``, outside of placeholders, stands in ``text``."""
    shift = 0
    for span in spans:
        if span.start + shift >= place:
            break
        shift += len(placeholder(span.kind)) - (span.end - span.start)
    return place - shift


def replace(text: str, spans: Iterable[Span]) -> str:
    """The text with a placeholder for every stretch; they must be in order and apart."""
    made, end = [], 0
    for span in spans:
        made += [text[end : span.start], placeholder(span.kind)]
        end = span.end
    return "".join([*made, text[end:]])
