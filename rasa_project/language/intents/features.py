"""A message as the intent classifier sees it: its letters, and its meaning."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer

from rasa_project.language.encoder import SentenceEncoder

WIDTH = 256
"""Dimensions that are kept of the encoder's 3 x 384: the rest costs time and adds nothing."""

Array = np.ndarray


class TextFeatures:
    """Letters as weighted character n-grams, meaning as a short dense vector; rows of length 1.

    Args:
        encoder: Gives the sentence vectors.
        letters: Weighs character n-grams; fitted.
        centre: Mean vector of each level, shape (levels, 384).
        axes: Principal axes of the centred vectors, shape (levels * 384, width).
    """

    def __init__(
        self, encoder: SentenceEncoder, letters: TfidfVectorizer, centre: Array, axes: Array
    ) -> None:
        self._encoder = encoder
        self._letters = letters
        self._centre = centre
        self._axes = axes

    @classmethod
    def fit(
        cls, encoder: SentenceEncoder, texts: Sequence[str]
    ) -> tuple[TextFeatures, csr_matrix, Array]:
        """Learns the weights of letters and the axes of meaning.

        Args:
            encoder: Gives the sentence vectors.
            texts: Training phrases.

        Returns:
            The features, and the letters and meanings of the training phrases.
        """
        letters = _vectorizer()
        rows = letters.fit_transform(texts)
        levels = encoder.encode_levels(texts)
        centre = levels.mean(axis=0)
        flat = _flat(levels, centre)
        axes = np.linalg.eigh(flat.T @ flat)[1][:, -WIDTH:]
        features = cls(encoder, letters, centre, np.ascontiguousarray(axes))
        return features, rows.astype(np.float32), _unit(flat @ axes)

    @classmethod
    def from_arrays(cls, encoder: SentenceEncoder, arrays: dict[str, Array]) -> TextFeatures:
        """Restores what ``to_arrays`` gave."""
        letters = _vectorizer(vocabulary=[str(gram) for gram in arrays["grams"]])
        letters.idf_ = arrays["gram_weights"]
        return cls(encoder, letters, arrays["centre"], arrays["axes"])

    def to_arrays(self) -> dict[str, Array]:
        """Everything learnt, as named arrays."""
        return {
            "grams": self._letters.get_feature_names_out().astype(str),
            "gram_weights": self._letters.idf_,
            "centre": self._centre,
            "axes": self._axes,
        }

    def of(self, texts: Sequence[str]) -> tuple[csr_matrix, Array]:
        """Letters, sparse (texts, n-grams), and meanings, dense (texts, width)."""
        flat = _flat(self._encoder.encode_levels(texts), self._centre)
        return self._letters.transform(texts).astype(np.float32), _unit(flat @ self._axes)


def _vectorizer(vocabulary: Sequence[str] | None = None) -> TfidfVectorizer:
    return TfidfVectorizer(
        analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True, vocabulary=vocabulary
    )


def _flat(levels: Array, centre: Array) -> Array:
    """Centred levels side by side, each of length 1: shape (texts, levels * 384)."""
    return _unit(levels - centre).reshape(len(levels), -1)


def _unit(rows: Array) -> Array:
    return rows / np.maximum(np.linalg.norm(rows, axis=-1, keepdims=True), np.float32(1e-12))
