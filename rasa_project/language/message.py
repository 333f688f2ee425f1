"""A message cut up: its words, sentences, clauses, what was found in it, and its times."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from rasa_project.language.lexicon import CUE
from rasa_project.language.matcher import Hit
from rasa_project.language.spelling import Token
from rasa_project.language.times import Span

_CLAUSE_ENDS = {",", "but", "then", "though", "however"}


@dataclass
class Message:
    """One message under reading.

    Attributes:
        text: As typed.
        tokens: Its normalised words with their spans in ``text``.
        starts: For each word, whether a sentence starts there.
        hits: Findings and cues, idioms already gone.
        times: Stretches of time in it.
        year: The year it was written in.
    """

    text: str
    tokens: list[Token]
    starts: list[bool]
    hits: list[Hit]
    times: list[Span]
    year: int
    words: list[str] = field(init=False)
    sentence: list[int] = field(init=False)
    clause: list[int] = field(init=False)
    _indexed: list[Hit] | None = field(init=False, default=None)
    _findings: list[Hit] = field(init=False, default_factory=list)
    _by_start: dict[int, Hit] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.words = [token.norm for token in self.tokens]
        self.sentence, self.clause = [], []
        sentence = clause = 0
        for word, start in zip(self.words, self.starts, strict=True):
            sentence += start
            clause += start or word in _CLAUSE_ENDS
            self.sentence.append(sentence)
            self.clause.append(clause)

    @property
    def findings(self) -> list[Hit]:
        """Hits that are facts."""
        self._index()
        return self._findings

    @property
    def finding_at(self) -> dict[int, Hit]:
        """Findings by their first word."""
        self._index()
        return self._by_start

    def _index(self) -> None:
        if self._indexed is not self.hits:
            self._indexed = self.hits
            self._findings = [hit for hit in self.hits if hit.entry.fact != CUE]
            self._by_start = {hit.start: hit for hit in self._findings}

    def cues(self, name: str) -> list[Hit]:
        """Hits of one cue, without denied ones."""
        return [
            hit
            for hit in self.hits
            if hit.entry.fact == CUE and hit.entry.value == name and not hit.denied_at
        ]

    def same_sentence(self, one: int, other: int) -> bool:
        """Whether two words stand in one sentence."""
        return self.sentence[one] == self.sentence[other]

    def same_clause(self, one: int, other: int) -> bool:
        """Whether two words stand in one clause; commas, "but" and "then" part clauses."""
        return self.clause[one] == self.clause[other]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Character span of words ``start`` up to ``end``."""
        return self.tokens[start].start, self.tokens[end - 1].end


def distance(one: tuple[int, int], other: tuple[int, int]) -> int:
    """Words between two word spans; 0 when they touch or overlap."""
    return max(one[0] - other[1], other[0] - one[1], 0)


def nearest(place: tuple[int, int], options: Iterable[Hit], most: int) -> Hit | None:
    """The hit nearest to a word span, no further than ``most`` words away."""
    found = [(distance(place, (hit.start, hit.end)), hit.start, hit) for hit in options]
    best = min(found, key=lambda item: item[:2], default=None)
    return best[2] if best is not None and best[0] <= most else None
