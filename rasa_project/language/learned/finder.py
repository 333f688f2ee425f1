"""Finds which facts a message speaks of, and in which of its words.

Kernel ridge regression over labelled sentences: two statements are alike when their sentence
vectors and their letter groups are, and more so when both are. It has a closed form, so training is
one factorisation, and it generalises to unseen authors better than a linear model (figures:
docs/language.md). What each word adds to a score is told by the score's gradient; the words that
speak of a fact are the run that adds most, and the assertion is then read around them.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.linalg import cho_factor, cho_solve
from scipy.sparse import csc_matrix, csr_matrix

from rasa_project.language.blas import one_thread
from rasa_project.language.encoder import Array, SentenceEncoder
from rasa_project.language.learned.features import (
    WordVectors,
    letters,
    statements,
    word_vectors,
)  # fmt: skip
from rasa_project.language.spelling import Speller

Key = tuple[str, str]
"""A fact and one of its values."""

_MEANING = 4.0
"""Weight of alike meaning against alike letters."""

_RIDGE = 0.5
LINE = 0.45
"""Score at which a key is told best from all others."""

_MOST_SHIFT = 0.2
_FEWEST = 5
"""Sentences that must speak of a value for it to be learnt."""


@dataclass(frozen=True)
class Found:
    """A fact value that a message speaks of, whether as present or not.

    Attributes:
        key: Fact and value.
        score: About 1 when it does, about 0 when it does not.
        start: First word.
        end: One past the last.
        first: First word of the statement that it stands in.
        last: One past the statement's last word.
        manner: Shape (manners,): how much the statement sounds like each manner of saying.
    """

    key: Key
    score: float
    start: int
    end: int
    first: int
    last: int
    manner: Array


@dataclass(frozen=True)
class Known:
    """What training leaves.

    Attributes:
        keys: What can be found.
        vectors: float32, shape (sentences, 384): the training sentences' vectors.
        groups: Sparse, shape (sentences, letter groups): their weighted letter groups.
        worth: float32, shape (sentences, keys + manners): what likeness to each sentence is worth
            for a key, and for a manner of saying (denied, in doubt, of somebody else).
        mean: float32, shape (keys + manners,): how often each is there.
        vocabulary: Letter group -> column.
        idf: float32, shape (letter groups,): inverse document frequencies.
    """

    keys: tuple[Key, ...]
    vectors: Array
    groups: csc_matrix
    worth: Array
    mean: Array
    vocabulary: Mapping[str, int]
    idf: Array


@dataclass(frozen=True)
class _Likeness:
    """The statements of a message against all training sentences.

    Attributes:
        parts: Word ranges of the statements.
        meaning: Shape (statements, sentences).
        letters: The same, of letter groups.
        groups: For each statement its letter groups' columns and weights.
    """

    parts: list[tuple[int, int]]
    meaning: Array
    letters: Array
    groups: list[tuple[list[int], Array]]


class FactFinder:
    """The trained finder.

    Args:
        encoder: The frozen encoder.
        speller: Puts misspelt words right.
        known: What training left.
    """

    def __init__(self, encoder: SentenceEncoder, speller: Speller, known: Known) -> None:
        self._encoder = encoder
        self._speller = speller
        self.known = known
        self.keys = known.keys
        self._worth_by_key = np.ascontiguousarray(known.worth.T)

    def read(self, text: str) -> WordVectors:
        """The words of a message, to be passed to ``find``."""
        return word_vectors(self._encoder, self._speller, text)

    def scores(self, words: WordVectors) -> Array:
        """For each key the best score of any statement; shape (keys,)."""
        if not words.spans:
            return np.zeros(len(self.keys), np.float32)
        with one_thread():
            return self._scores(self._compare(words)).max(axis=0)[: len(self.keys)]

    def find(
        self,
        words: WordVectors,
        threshold: float,
        also: frozenset[Key] = frozenset(),
        placed: frozenset[Key] = frozenset(),
    ) -> list[Found]:
        """Every value with a score over a threshold, with the words that speak of it.

        Args:
            words: The message, from ``read``.
            threshold: Least score, about 0 to 1.
            also: Keys to find whatever their score.
            placed: The same, of keys whose words are known: they get their whole statement.
        """
        if not words.spans:
            return []
        with one_thread():
            like = self._compare(words)
            scores = self._scores(like)
            where = scores[:, : len(self.keys)].argmax(axis=0)
            best = scores.max(axis=0)
            found = []
            for part, (first, last) in enumerate(like.parts):
                wanted = [
                    at
                    for at, key in enumerate(self.keys)
                    if where[at] == part and (best[at] > threshold or key in also | placed)
                ]
                manner = scores[part, len(self.keys) :]
                open_ = [at for at in wanted if self.keys[at] not in placed]
                runs = {at: (first, last) for at in wanted}
                if open_:
                    added = self._added(words, like, part, open_)
                    runs |= {
                        at: _heaviest(one, first) for at, one in zip(open_, added, strict=True)
                    }
                for at, (start, end) in runs.items():
                    found.append(
                        Found(self.keys[at], float(best[at]), start, end, first, last, manner)
                    )
        return sorted(found, key=lambda one: one.key)

    def _compare(self, words: WordVectors) -> _Likeness:
        known, parts = self.known, statements(words)
        means = np.stack([words.mean(*part) for part in parts])
        groups = [
            weighted(
                Counter(letters([words.word(at) for at in range(*part)])),
                known.vocabulary,
                known.idf,
            )
            for part in parts
        ]
        alike = np.stack([self._alike(columns, weights) for columns, weights in groups])
        return _Likeness(parts, means @ known.vectors.T, alike, groups)

    def _alike(self, columns: list[int], weights: Array) -> Array:
        """Dot products of a statement's letter groups with every training sentence's."""
        kept = self.known.groups
        starts, ends = kept.indptr[columns], kept.indptr[[column + 1 for column in columns]]
        if not columns:
            return np.zeros(kept.shape[0], np.float32)
        rows = np.concatenate([kept.indices[a:b] for a, b in zip(starts, ends, strict=True)])
        values = np.concatenate([kept.data[a:b] for a, b in zip(starts, ends, strict=True)])
        spread = np.repeat(weights, ends - starts)
        return np.bincount(rows, values * spread, minlength=kept.shape[0]).astype(np.float32)

    def _scores(self, like: _Likeness) -> Array:
        return kernel(like.meaning, like.letters) @ self.known.worth + self.known.mean

    def _added(
        self, words: WordVectors, like: _Likeness, part: int, wanted: Sequence[int]
    ) -> Array:
        """What each word of a statement adds to the scores of keys, less the average word.

        Returns:
            Shape (wanted keys, words of the statement).
        """
        known, (first, last) = self.known, like.parts[part]
        alike, meaning = like.letters[part], like.meaning[part]
        worth = self._worth_by_key[wanted]
        direction = (worth * (1 + alike) * (_MEANING / 2)) @ known.vectors
        sums = words.sums[first:last]
        length = max(float(np.linalg.norm(sums.sum(axis=0))), 1e-9)
        added = direction @ sums.T / length
        columns, weights = like.groups[part]
        if columns:
            by_letters = worth * (1 + 2 * alike + _MEANING * meaning) / 2
            gains = np.stack([self._gain(column, by_letters) for column in columns], axis=1)
            added += (gains * weights) @ _shares(words, first, last, columns, known.vocabulary)
        return added - added.mean(axis=1, keepdims=True)

    def _gain(self, column: int, by_letters: Array) -> Array:
        """What one letter group is worth to each key, by the sentences that have it."""
        kept = self.known.groups
        inside = slice(kept.indptr[column], kept.indptr[column + 1])
        return by_letters[:, kept.indices[inside]] @ kept.data[inside]


def _shares(
    words: WordVectors,
    first: int,
    last: int,
    columns: Sequence[int],
    vocabulary: Mapping[str, int],
) -> Array:
    """Which word has how much of each letter group: shape (groups, words), rows add up to 1."""
    place = {column: at for at, column in enumerate(columns)}
    shares = np.zeros((len(columns), last - first), np.float32)
    for index in range(first, last):
        for group in letters([words.word(index)]):
            column = vocabulary.get(group)
            if column is not None:
                shares[place[column], index - first] += 1
    return shares / np.maximum(shares.sum(axis=1, keepdims=True), 1)


def kernel(meaning: Array, alike: Array) -> Array:
    """How alike two statements are.

    Args:
        meaning: Dot products of their sentence vectors.
        alike: Dot products of their weighted letter groups.
    """
    return (_MEANING * meaning + alike) * (1 + alike) / 2


def _heaviest(added: Array, first: int) -> tuple[int, int]:
    """The run of words with the greatest sum (Kadane's algorithm)."""
    best, best_run = -np.inf, (first, first + 1)
    total, start = 0.0, first
    for at, gain in enumerate(added, first):
        if total <= 0:
            total, start = 0.0, at
        total += float(gain)
        if total > best:
            best, best_run = total, (start, at + 1)
    return best_run


def weighted(
    groups: Mapping[str, int], vocabulary: Mapping[str, int], idf: Array
) -> tuple[list[int], Array]:
    """Letter groups as columns and weights, the weights of length 1."""
    known = [(vocabulary[group], count) for group, count in groups.items() if group in vocabulary]
    columns = [column for column, _ in known]
    counts = np.array([count for _, count in known], np.float32)
    weights = (1 + np.log(counts)) * idf[columns] if known else counts
    return columns, weights / max(float(np.linalg.norm(weights)), 1e-9)


@dataclass(frozen=True)
class Lesson:
    """A sentence to learn from.

    Attributes:
        words: The sentence, as the encoder reads it.
        keys: Key -> whether it is said for certain; False where careful readers could differ.
        manners: For each manner of saying, whether anything is said so.
    """

    words: WordVectors
    keys: Mapping[Key, bool]
    manners: tuple[bool, ...]


def train_finder(
    encoder: SentenceEncoder, speller: Speller, lessons: Sequence[Lesson]
) -> tuple[FactFinder, Array]:
    """Trains a finder.

    Args:
        encoder: The frozen encoder.
        speller: The speller that the lessons were read with.
        lessons: Labelled sentences, all with the same number of manners.

    Returns:
        The finder, and for each lesson the scores it would get from all the others (keys, then
        manners; leave-one-out, in closed form), to train on what an unseen sentence looks like.

    Raises:
        ValueError: No value has enough sentences.
    """
    counts = Counter(key for lesson in lessons for key, sure in lesson.keys.items() if sure)
    keys = tuple(sorted(key for key, count in counts.items() if count >= _FEWEST))
    if not keys:
        raise ValueError(f"no fact value is in {_FEWEST} sentences or more")
    read = [lesson.words for lesson in lessons]
    groups = [Counter(letters([w.word(at) for at in range(len(w.spans))])) for w in read]
    seen = Counter(group for one in groups for group in one)
    vocabulary = {g: i for i, g in enumerate(sorted(g for g, n in seen.items() if n >= 2))}
    idf = np.array([np.log((1 + len(read)) / (1 + seen[g])) + 1 for g in vocabulary], np.float32)
    matrix = _matrix(groups, vocabulary, idf)
    vectors = np.stack([w.mean(0, len(w.spans)) for w in read])
    told = _told(lessons, keys)
    alike = kernel(vectors @ vectors.T, (matrix @ matrix.T).toarray())
    alike[np.diag_indices(len(alike))] += _RIDGE
    mean = told.mean(axis=0)
    inverse = cho_solve(
        cho_factor(alike, overwrite_a=True, check_finite=False),
        np.eye(len(alike), dtype=np.float32),
        overwrite_b=True,
        check_finite=False,
    )
    worth = inverse @ (told - mean)
    left_out = told - worth / np.diag(inverse)[:, None]
    shift = np.zeros_like(mean)
    shift[: len(keys)] = [_shift(left_out[:, at], told[:, at]) for at in range(len(keys))]
    known = Known(keys, vectors, csc_matrix(matrix), worth, mean + shift, vocabulary, idf)
    return FactFinder(encoder, speller, known), left_out


def _shift(scores: Array, told: Array) -> float:
    """What to add to a key's scores so that ``LINE`` is where it is told best from the rest.

    Args:
        scores: The score of each lesson, had it been left out.
        told: What each lesson says of the key: 1, 0, or 0.5 where readers could differ.
    """
    best, line = -1.0, LINE
    for at in np.arange(LINE - _MOST_SHIFT, LINE + _MOST_SHIFT + 0.01, 0.025):
        heard = scores > at
        hits = float((heard & (told == 1)).sum())
        false, missed = float((heard & (told == 0)).sum()), float((~heard & (told == 1)).sum())
        # Inventing a finding weighs twice as much as overlooking one that a phrase may still hear.
        worth = hits / max(hits + (4 * false + missed) / 5, 1.0)
        if worth > best:
            best, line = worth, float(at)
    return LINE - line


def _told(lessons: Sequence[Lesson], keys: Sequence[Key]) -> Array:
    """What each lesson says: 1 said, 0 not, 0.5 where readers could differ."""
    told = np.zeros((len(lessons), len(keys) + len(lessons[0].manners)), np.float32)
    columns = {key: at for at, key in enumerate(keys)}
    for row, lesson in enumerate(lessons):
        for key, sure in lesson.keys.items():
            if key in columns:
                told[row, columns[key]] = 1.0 if sure else 0.5
        told[row, len(keys) :] = lesson.manners
    return told


def _matrix(
    groups: Sequence[Mapping[str, int]], vocabulary: Mapping[str, int], idf: Array
) -> csr_matrix:
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    for row, one in enumerate(groups):
        known, weights = weighted(one, vocabulary, idf)
        rows += [row] * len(known)
        columns += known
        values += list(weights)
    shape = (len(groups), len(vocabulary))
    return csr_matrix((np.array(values, np.float32), (rows, columns)), shape=shape)
