"""Says how a finding is said: present, absent, in doubt, over, hypothetical or somebody else's.

A linear model over the words around the finding, their vectors, and what ConText read. Trained on
the same sentences as the finder.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

from rasa_project.language.encoder import Array
from rasa_project.language.learned.features import WordVectors
from rasa_project.language.yaml_files import read_yaml, strings
from rasa_project.settings import DATA

STATUSES = ("present", "absent", "uncertain", "past", "hypothetical", "other")

_LEFT, _RIGHT = 6, 5
_NEAR = 2
_CONTEXT_WEIGHT = 2.0
_MANNER_WEIGHT = 4.0
_CLOSE = ("", "1", "2")
_DISTANCES = (1, 2, 4, 7)
"""Where "near" ends, in words; a cue further off than the last is far."""
_STRENGTH = 1.0


@dataclass(frozen=True)
class Place:
    """A finding in a message.

    Attributes:
        fact: The fact it speaks of.
        start: First word.
        end: One past the last word.
        first: First word of its statement.
        last: One past the statement's last word.
        context: The status that the rules read.
        manner: Shape (6,): how much the whole statement sounds like each of ``STATUSES``.
    """

    fact: str
    start: int
    end: int
    first: int
    last: int
    context: str
    manner: Array


class AssertionModel:
    """The trained model.

    Args:
        vocabulary: Feature -> column.
        weights: float32, shape (statuses, columns + 2 * 384 + 6).
        bias: Shape (statuses,).
    """

    def __init__(self, vocabulary: Mapping[str, int], weights: Array, bias: Array) -> None:
        self.vocabulary = vocabulary
        self.weights = weights
        self.bias = bias

    def probabilities(self, words: WordVectors, place: Place) -> Array:
        """Probability of each of ``STATUSES``; shape (6,)."""
        cut = len(self.vocabulary)
        logits = self.weights[:, cut:] @ _vectors(words, place) + self.bias
        for feature, value in _features(words, place):
            column = self.vocabulary.get(feature)
            if column is not None:
                logits = logits + self.weights[:, column] * value
        odds = np.exp(logits - logits.max())
        return odds / odds.sum()


def train_assertion(
    examples: Sequence[tuple[WordVectors, Place, str]],
) -> AssertionModel:
    """Trains the model.

    Args:
        examples: Findings with the status they were said in.

    Raises:
        ValueError: A status has no example.
    """
    if missing := set(STATUSES) - {status for _, _, status in examples}:
        raise ValueError(f"no training sentence for {sorted(missing)}")
    lists = [list(_features(words, place)) for words, place, _ in examples]
    vocabulary = {f: i for i, f in enumerate(sorted({f for one in lists for f, _ in one}))}
    rows, columns, values = [], [], []
    for row, one in enumerate(lists):
        for feature, value in dict(one).items():
            rows.append(row)
            columns.append(vocabulary[feature])
            values.append(value)
    sparse = csr_matrix((values, (rows, columns)), shape=(len(lists), len(vocabulary)))
    dense = np.stack([_vectors(words, place) for words, place, _ in examples])
    model = LogisticRegression(C=_STRENGTH, max_iter=400)
    model.fit(hstack([sparse, csr_matrix(dense)]).tocsr(), [status for _, _, status in examples])
    order = [list(model.classes_).index(status) for status in STATUSES]
    return AssertionModel(
        vocabulary,
        model.coef_[order].astype(np.float32),
        model.intercept_[order].astype(np.float32),
    )


def _vectors(words: WordVectors, place: Place) -> Array:
    return np.concatenate(
        [
            words.mean(place.start, place.end),
            words.mean(place.first, place.last),
            place.manner * _MANNER_WEIGHT,
        ]
    )


def _features(words: WordVectors, place: Place) -> Iterable[tuple[str, float]]:
    made: dict[str, float] = {}
    count = len(words.spans)
    for at in range(place.first, place.last):
        made[f"in {words.word(at)}"] = 0.5
    for at in range(max(0, place.start - _LEFT), place.start):
        made[f"before {words.word(at)}"] = 1.0
    for at in range(max(0, place.start - _NEAR), place.start):
        made[f"just before {words.word(at)}"] = 1.0
    for at in range(place.start, place.end):
        made[f"of {words.word(at)}"] = 1.0
    for at in range(place.end, min(count, place.end + _RIGHT)):
        made[f"after {words.word(at)}"] = 1.0
    for name, far in _cues(words, place):
        made[f"cue {name}"] = 1.0
        made[f"cue {name} {far}"] = 1.0
        if far in _CLOSE:  # "can't push off" states weakness; "no push off pain" denies it
            made[f"cue {name} with {place.fact}"] = 1.0
    made[f"fact {place.fact}"] = 1.0
    made[f"rules {place.context}"] = _CONTEXT_WEIGHT
    return made.items()


def _cues(words: WordVectors, place: Place) -> Iterator[tuple[str, str]]:
    """The nearest cue of each kind before, in and after a finding, and how far off it is."""
    kinds = cue_words()
    for name, listed in kinds.items():
        before = [
            place.start - at for at in range(place.first, place.start) if _is(words, at, listed)
        ]
        after = [
            at - place.end + 1 for at in range(place.end, place.last) if _is(words, at, listed)
        ]
        if before:
            turned = any(
                _is(words, at, kinds["turn"])
                for at in range(place.start - min(before) + 1, place.start)
            )
            yield f"{name} before{' a turn' if turned else ''}", _distance(min(before))
        if after:
            turned = any(
                _is(words, at, kinds["turn"]) for at in range(place.end, place.end + min(after) - 1)
            )
            yield f"{name} after{' a turn' if turned else ''}", _distance(min(after))
        if any(_is(words, at, listed) for at in range(place.start, place.end)):
            yield f"{name} in", ""


def _is(words: WordVectors, at: int, listed: frozenset[str]) -> bool:
    return words.word(at).replace("’", "'") in listed


def _distance(words: int) -> str:
    return str(next((limit for limit in _DISTANCES if words <= limit), "far"))


@lru_cache(maxsize=1)
def cue_words() -> Mapping[str, frozenset[str]]:
    """The cue words of ``data/language/cues.yml`` by kind.

    Raises:
        rasa_project.errors.DataError: The file is missing or is not lists of words.
    """
    path = DATA / "language" / "cues.yml"
    content = read_yaml(path, dict)
    return {name: frozenset(strings(path, name, listed)) for name, listed in content.items()}
