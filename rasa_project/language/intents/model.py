"""The intent classifier: kernel ridge regression on letters and meaning, with true confidence.

Each training phrase votes for its intent with a weight that falls with its distance from the
message, in letters and in meaning. One linear system is solved once for all votes. Its solution
also tells what each training phrase would score had it been left out, and from those scores the
confidence is made: 0.8 means right in four of five such messages, not "far from the others".
``docs/language.md`` compares it with the usual classifiers.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.linalg import lapack
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix
from scipy.special import log_softmax, softmax

from rasa_project.language.blas import one_thread
from rasa_project.language.encoder import SentenceEncoder
from rasa_project.language.intents.features import TextFeatures

LETTERS_SHARE = 0.5
"""Part of the similarity that is about letters; the rest is about meaning."""

LETTERS_NARROWNESS = 1.0
MEANING_NARROWNESS = 2.0
"""How fast a vote falls with distance: exp(-2 * narrowness * (1 - cosine))."""

RIDGE = 0.1
"""How much a training phrase may be contradicted by those around it."""

_FILE = "intents.npz"

Array = np.ndarray


class IntentModel:
    """A trained classifier; see the module.

    Args:
        features: Turns texts into letters and meaning.
        labels: Intent names, in the order of the columns of ``votes``.
        letters: Letters of the training phrases, shape (phrases, n-grams).
        meanings: Meanings of the training phrases, shape (phrases, width).
        votes: What each training phrase adds for each intent, shape (phrases, intents).
        sharpness: Factor between scores and log odds.
    """

    def __init__(
        self,
        features: TextFeatures,
        labels: Sequence[str],
        letters: csr_matrix,
        meanings: Array,
        votes: Array,
        sharpness: float,
    ) -> None:
        self.labels = list(labels)
        self._features = features
        self._letters = letters
        self._meanings = meanings
        self._votes = votes
        self._sharpness = sharpness

    @classmethod
    def fit(
        cls, encoder: SentenceEncoder, texts: Sequence[str], intents: Sequence[str]
    ) -> IntentModel:
        """Trains on phrases.

        Args:
            encoder: Gives the sentence vectors.
            texts: Training phrases.
            intents: The intent of each phrase; at least two different ones.

        Raises:
            ValueError: There are no two intents to tell apart.
        """
        labels, numbers = np.unique(np.asarray(intents), return_inverse=True)
        if len(labels) < 2:
            raise ValueError("training phrases of at least two intents are needed")
        features, letters, meanings = TextFeatures.fit(encoder, texts)
        targets = np.full((len(numbers), len(labels)), -1, np.float32)
        targets[np.arange(len(numbers)), numbers] = 1
        kernel = _kernel(letters, meanings, letters, meanings)
        votes, inverse_diagonal = _solve(kernel, targets)
        left_out = targets - votes / inverse_diagonal[:, None]
        return cls(features, labels, letters, meanings, votes, _sharpness(left_out, numbers))

    def probabilities(self, texts: Sequence[str]) -> Array:
        """Confidence of every intent for every text: shape (texts, intents), rows sum to 1."""
        with one_thread():
            kernel = _kernel(*self._features.of(texts), self._letters, self._meanings)
            return softmax(self._sharpness * (kernel @ self._votes), axis=1)

    def rank(self, text: str) -> list[tuple[str, float]]:
        """All intents with their confidence, 0 to 1, the likeliest first."""
        confidences = self.probabilities([text])[0]
        return [(self.labels[i], float(confidences[i])) for i in np.argsort(-confidences)]

    def save(self, folder: Path) -> None:
        """Writes the model into a folder, as plain arrays."""
        np.savez_compressed(
            folder / _FILE,
            labels=np.array(self.labels),
            letters_data=self._letters.data,
            letters_indices=self._letters.indices,
            letters_indptr=self._letters.indptr,
            meanings=self._meanings,
            votes=self._votes,
            sharpness=np.array(self._sharpness),
            **self._features.to_arrays(),
        )

    @classmethod
    def load(cls, folder: Path, encoder: SentenceEncoder) -> IntentModel:
        """Reads a model.

        Args:
            folder: Where ``save`` wrote it.
            encoder: The encoder that the model was trained with.

        Raises:
            OSError: There is no model in the folder.
        """
        with np.load(folder / _FILE, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        parts = tuple(arrays[f"letters_{part}"] for part in ("data", "indices", "indptr"))
        letters = csr_matrix(parts, shape=(len(arrays["meanings"]), len(arrays["grams"])))
        return cls(
            TextFeatures.from_arrays(encoder, arrays),
            [str(label) for label in arrays["labels"]],
            letters,
            arrays["meanings"],
            arrays["votes"],
            float(arrays["sharpness"]),
        )


def _kernel(
    letters: csr_matrix, meanings: Array, other_letters: csr_matrix, other_meanings: Array
) -> Array:
    """How alike texts are, 0 to 1: shape (texts, other texts)."""
    if letters.shape[0] == 1:
        # One message: a dense row against a sparse matrix skips scipy's costly sparse product.
        alike = (other_letters @ letters.toarray()[0])[None, :]
    else:
        alike = (letters @ other_letters.T).toarray()
    in_letters = np.exp(2 * LETTERS_NARROWNESS * (alike - 1))
    in_meaning = np.exp(2 * MEANING_NARROWNESS * (meanings @ other_meanings.T - 1))
    return LETTERS_SHARE * in_letters + (1 - LETTERS_SHARE) * in_meaning


def _solve(kernel: Array, targets: Array) -> tuple[Array, Array]:
    """Votes that fit the targets, and the diagonal of the inverse that found them."""
    ridged = kernel + RIDGE * np.eye(len(kernel), dtype=np.float32)
    factor, failed = lapack.spotrf(ridged, lower=1)
    if failed:
        raise ValueError("the training phrases cannot be fitted: their kernel is not definite")
    votes, _ = lapack.spotrs(factor, targets, lower=1)
    inverse, _ = lapack.spotri(factor, lower=1)
    return votes, np.diag(inverse).copy()


def _sharpness(left_out: Array, numbers: Array) -> float:
    """The factor that makes the left-out scores the best confidences (by log loss)."""
    rows = np.arange(len(numbers))

    def loss(factor: float) -> float:
        return -float(log_softmax(factor * left_out, axis=1)[rows, numbers].mean())

    return float(minimize_scalar(loss, bounds=(0.5, 50), method="bounded").x)
