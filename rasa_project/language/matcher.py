"""Finds lexicon phrases in a message.

medspaCy's target matcher tries every rule at every word or wants each phrase written out; the
lexicon's alternatives stand for millions of phrases. Here each phrase is one regular expression,
tried only where a word stands that it can begin with, so the cost grows with the message and
not with the lexicon. What is found goes to medspaCy ConText as a spaCy span group.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from rasa_project.language.lexicon import CUE, Entry, Lexicon, Phrase


@dataclass(frozen=True)
class Hit:
    """A phrase found at words ``start`` up to ``end``."""

    phrase: Phrase
    start: int
    end: int

    @property
    def entry(self) -> Entry:
        """What it stands for. Idioms stand for nothing and are gone from ``findings``."""
        assert self.phrase.entry is not None
        return self.phrase.entry

    @property
    def length(self) -> int:
        """In words."""
        return self.end - self.start

    def overlaps(self, other: "Hit") -> bool:
        """Whether the two share a word."""
        return self.start < other.end and other.start < self.end


class PhraseMatcher:
    """Looks phrases up by the words they can begin with."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._by_first: dict[str, list[Phrase]] = defaultdict(list)
        for phrase in lexicon.phrases:
            for word in phrase.pattern.first:
                self._by_first[word].append(phrase)

    def hits(self, words: Sequence[str]) -> list[Hit]:
        """Every phrase, at every place, longest reading of each."""
        text = "".join(f"{word} " for word in words)
        starts: list[int] = []
        at = 0
        for word in words:
            starts.append(at)
            at += len(word) + 1
        index_of = {start: index for index, start in enumerate(starts)} | {at: len(words)}
        found = []
        for index, word in enumerate(words):
            for phrase in self._by_first.get(word, ()):
                match = phrase.pattern.regex.match(text, starts[index])
                if match:
                    found.append(Hit(phrase, index, index_of[match.end()]))
        return found


def findings(hits: Sequence[Hit]) -> list[Hit]:
    """What stands after idioms and shorter readings of the same fact are dropped.

    An idiom drops what it overlaps, unless that is longer than the idiom. Of overlapping
    readings of one fact the longest stays.
    """
    blocks = [hit for hit in hits if hit.phrase.polarity == "not"]
    kept: list[Hit] = []
    candidates = [hit for hit in hits if hit.phrase.polarity != "not"]
    for hit in sorted(candidates, key=_order):
        blocked = any(
            block.overlaps(hit)
            and block.length >= hit.length
            and (block.phrase.entry is None or block.entry.fact == hit.entry.fact)
            for block in blocks
        )
        if not blocked and not any(_repeats(hit, other) for other in kept):
            kept.append(hit)
    return sorted(kept, key=lambda hit: (hit.start, hit.end))


def _order(hit: Hit) -> tuple[bool, int, int]:
    """Certain readings before doubtful ones, then the longest, then the first."""
    return hit.phrase.polarity == "doubt", -hit.length, hit.start


def _repeats(hit: Hit, longer: Hit) -> bool:
    """Whether a hit says nothing that a longer one does not."""
    if not longer.overlaps(hit) or longer.entry.fact != hit.entry.fact:
        return False
    if longer.entry.label == hit.entry.label:
        return True
    if hit.phrase.polarity == "doubt":
        return True
    # Different values of one fact, overlapping only in part, may both be meant:
    # "numb foot and leg". Cues are independent of each other.
    inside = longer.start <= hit.start and hit.end <= longer.end
    return inside and hit.entry.fact != CUE
