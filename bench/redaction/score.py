"""Recall, precision and kind of a redactor on marked messages; the measures are in ``GUIDE.md``."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from bench.redaction.cases import Case
from rasa_project.transcripts.redaction.spans import Span

Redactor = Callable[[str], Sequence[Span]]


@dataclass
class Score:
    """Counts by kind, and the messages that went wrong.

    Attributes:
        marked, found, same_kind: Of the marked stretches, by marked kind.
        made, right: Of the redactions, by redacted kind.
        clean, left_alone: Messages with nothing to redact, and how many of them came through.
        misses, wrong: Identifier of the message and the letters, for looking at.
    """

    marked: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    same_kind: Counter[str] = field(default_factory=Counter)
    made: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    clean: int = 0
    left_alone: int = 0
    misses: list[tuple[str, str]] = field(default_factory=list)
    wrong: list[tuple[str, str]] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """Found of marked, 0 to 1."""
        return self.found.total() / self.marked.total()

    @property
    def precision(self) -> float:
        """Right of all redactions, 0 to 1; 1 when there is none."""
        return self.right.total() / self.made.total() if self.made else 1.0


def score(cases: Iterable[Case], redactor: Redactor) -> Score:
    """Redacts every message and counts."""
    total = Score()
    for case in cases:
        made = redactor(case.text)
        taken = _letters(case.text, made)
        marked = _letters(case.text, case.marked)
        allowed = marked | _letters(case.text, case.optional)
        for span in case.marked:
            total.marked[span.kind] += 1
            if _letters(case.text, [span]) <= taken:
                total.found[span.kind] += 1
                kinds = {m.kind for m in made if m.start < span.end and span.start < m.end}
                total.same_kind[span.kind] += kinds == {span.kind}
            else:
                total.misses.append((case.id, case.text[span.start : span.end]))
        for span in made:
            letters = _letters(case.text, [span])
            if letters <= allowed and not letters & marked:
                continue  # optional: neither right nor wrong
            total.made[span.kind] += 1
            if letters <= allowed:
                total.right[span.kind] += 1
            else:
                total.wrong.append((case.id, case.text[span.start : span.end]))
        if not case.marked:
            total.clean += 1
            total.left_alone += taken <= allowed
    return total


def _letters(text: str, spans: Iterable[Span]) -> set[int]:
    """Places of the letters and digits in the spans."""
    return {i for span in spans for i in range(span.start, span.end) if text[i].isalnum()}
