"""What the learned reader sees of a message: its words' vectors and their letters."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from rasa_project.language.encoder import DIMENSIONS, Array, SentenceEncoder
from rasa_project.language.spelling import Speller

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[^\w\s]|_")
_ENDS = {".", "!", "?", ";", "…"}
_JOINS = {",", "and", "but", "also", "so", "n", "then", "-", "&", "plus", "with", "because", "cuz"}
LONGEST = 24
"""Words of a stretch that is read as one statement."""

_SHORTEST = 4


@dataclass(frozen=True)
class WordVectors:
    """A message as the encoder reads it.

    Attributes:
        text: As read: misspelt words put right.
        spans: Characters of each word in ``text``.
        typed: The characters that each word stands for in the message as typed.
        sums: float32, shape (words, 384): the sum of the vectors of each word's pieces.
        counts: Shape (words,): how many pieces each word has.
    """

    text: str
    spans: tuple[tuple[int, int], ...]
    typed: tuple[tuple[int, int], ...]
    sums: Array
    counts: Array

    def word(self, at: int) -> str:
        """One word, in lower case."""
        start, end = self.spans[at]
        return self.text[start:end].lower()

    def mean(self, first: int, last: int) -> Array:
        """The vector of words ``first`` up to ``last``: length 1, shape (384,)."""
        total = self.sums[first:last].sum(axis=0)
        return total / max(float(np.linalg.norm(total)), 1e-9)


def word_vectors(encoder: SentenceEncoder, speller: Speller, text: str) -> WordVectors:
    """Reads a message word by word, after putting misspelt words right.

    Args:
        encoder: The frozen encoder.
        speller: Puts words right.
        text: Any text, as typed.
    """
    corrected = speller.corrected(text)
    spans = tuple(match.span() for match in _WORD.finditer(corrected.text))
    typed = tuple(corrected.typed(*span) for span in spans)
    vectors, offsets = encoder.pieces(corrected.text)
    sums = np.zeros((len(spans), DIMENSIONS), np.float32)
    counts = np.zeros(len(spans), np.float32)
    at = 0
    for vector, (start, end) in zip(vectors, offsets, strict=True):
        while at < len(spans) and spans[at][1] <= start:
            at += 1
        if at < len(spans) and spans[at][0] < end:
            sums[at] += vector
            counts[at] += 1
    return WordVectors(corrected.text, spans, typed, sums, counts)


def statements(words: WordVectors) -> list[tuple[int, int]]:
    """Cuts a message into stretches of one statement or a few: sentences, then clauses.

    Returns:
        Word ranges, first and past-last, that cover the message; a short message is one.
    """
    found: list[tuple[int, int]] = []
    first = 0
    for at in range(len(words.spans)):
        if words.word(at) in _ENDS:
            found += _clauses(words, first, at + 1)
            first = at + 1
    found += _clauses(words, first, len(words.spans))
    return found


def _clauses(words: WordVectors, first: int, last: int) -> Iterator[tuple[int, int]]:
    start = first
    for at in range(first, last):
        long_enough = at - start >= LONGEST // 2 and words.word(at) in _JOINS
        if (long_enough and last - at >= _SHORTEST) or at - start >= LONGEST:
            yield start, at
            start = at
    if last > start:
        yield start, last


def letters(words: Sequence[str]) -> list[str]:
    """The letter groups of words: two to four letters, word edges marked by a space.

    The same as scikit-learn's ``char_wb`` analyser gives, but word by word, so that what a word
    adds to a score can be told.
    """
    found: list[str] = []
    for word in words:
        marked = f" {word} "
        for size in (2, 3, 4):
            found += [marked[i : i + size] for i in range(max(1, len(marked) - size + 1))]
    return found
