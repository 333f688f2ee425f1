"""Compares intent classifiers by cross-validation and on messages of people who saw no phrases.

``python -m bench.language.intents`` prints the table of ``docs/language.md``, the confidence of the
shipped classifier against how often it is right, and its weakest intents.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score

from bench.language.intents_data import (
    HERE,
    Examples,
    Predict,
    Scores,
    cross_validate,
    earlier_intent,
    score,
    set_apart,
    sets_apart,
    training_phrases,
)
from rasa_project.language.blas import one_thread
from rasa_project.language.encoder import SentenceEncoder, default_encoder
from rasa_project.language.intents.model import IntentModel

TIMED = 100
"""Messages that are classified one by one to time a classifier."""

Train = Callable[[Sequence[str], Sequence[str]], Predict]


@dataclass(frozen=True)
class Row:
    """One classifier's figures.

    Attributes:
        name: The classifier.
        cross_validation: On the training phrases, five folds.
        apart: By name of the set apart.
        milliseconds: Median for one message, encoder included; processor time on one core.
        train_seconds: Training on all phrases, encoder included; processor time.
    """

    name: str
    cross_validation: Scores | None
    apart: dict[str, Scores]
    milliseconds: float
    train_seconds: float


class _Memory:
    """The encoder with a memory, so that folds do not encode the same phrases again."""

    def __init__(self, encoder: SentenceEncoder) -> None:
        self._encoder = encoder
        self._known: dict[str, np.ndarray] = {}
        self.on = True

    def encode_levels(self, texts: Sequence[str]) -> np.ndarray:
        if not self.on:
            return self._encoder.encode_levels(texts)
        missing = [text for text in dict.fromkeys(texts) if text not in self._known]
        self._known.update(zip(missing, self._encoder.encode_levels(missing), strict=True))
        return np.stack([self._known[text] for text in texts])

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        return self.encode_levels(texts)[:, -1]


def _regression(features: np.ndarray | csr_matrix, intents: Sequence[str]) -> LogisticRegression:
    model = LogisticRegression(C=20, max_iter=200, class_weight="balanced")
    return model.fit(features, intents)


def _letters(texts: Sequence[str], intents: Sequence[str]) -> Predict:
    grams = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True)
    model = _regression(grams.fit_transform(texts), intents)
    return lambda messages: list(model.predict(grams.transform(messages)))


def _meaning(encoder: _Memory) -> Train:
    def train(texts: Sequence[str], intents: Sequence[str]) -> Predict:
        model = _regression(encoder.encode(texts), intents)
        return lambda messages: list(model.predict(encoder.encode(messages)))

    return train


def _both(encoder: _Memory) -> Train:
    def train(texts: Sequence[str], intents: Sequence[str]) -> Predict:
        grams = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True)
        grams.fit(texts)

        def features(messages: Sequence[str]) -> csr_matrix:
            dense = csr_matrix(encoder.encode(messages))
            return hstack([grams.transform(messages), dense]).tocsr()

        model = _regression(features(texts), intents)
        return lambda messages: list(model.predict(features(messages)))

    return train


def _shipped(encoder: _Memory) -> Train:
    def train(texts: Sequence[str], intents: Sequence[str]) -> Predict:
        model = IntentModel.fit(encoder, texts, intents)  # type: ignore[arg-type]
        labels = np.array(model.labels)
        return lambda messages: list(labels[model.probabilities(messages).argmax(axis=1)])

    return train


def rows() -> list[Row]:
    """Figures of every classifier; DIET's are those kept from its own environment."""
    memory = _Memory(default_encoder())
    systems = {
        "letters, logistic regression": _letters,
        "MiniLM, logistic regression": _meaning(memory),
        "both, logistic regression": _both(memory),
        "both, kernel ridge (shipped)": _shipped(memory),
    }
    phrases = training_phrases()
    sets = {name: set_apart(name) for name in sets_apart()}
    made = [_row(name, train, memory, phrases, sets) for name, train in systems.items()]
    kept = HERE / "intents_diet.json"
    if kept.exists():
        made.insert(1, _kept_row("DIET (Rasa's default)", json.loads(kept.read_text())))
    return made


def _row(
    name: str, train: Train, memory: _Memory, phrases: Examples, sets: dict[str, Examples]
) -> Row:
    memory.on = False
    began = time.process_time()
    predict = train(phrases.texts, phrases.intents)
    seconds = time.process_time() - began
    messages = next(iter(sets.values())).texts[:TIMED]
    with one_thread():
        milliseconds = statistics.median(_timed(predict, text) for text in messages) * 1000
    memory.on = True
    apart = {
        key: score(one.intents, [earlier_intent(label) for label in predict(one.texts)])
        for key, one in sets.items()
    }
    return Row(name, cross_validate(phrases, train), apart, milliseconds, seconds)


def _timed(predict: Predict, text: str) -> float:
    began = time.process_time()
    predict([text])
    return time.process_time() - began


def _kept_row(name: str, kept: dict) -> Row:
    folds = kept.get("cross_validation")
    return Row(
        name,
        Scores(**folds) if folds else None,
        {key: Scores(**value) for key, value in kept["apart"].items()},
        kept["milliseconds"],
        kept["train_seconds"],
    )


def table(made: Sequence[Row]) -> str:
    """The figures as a Markdown table; F1, accuracy and out-of-scope recall stand in one cell."""
    names = list(made[-1].apart)
    head = ["classifier", "cross-validation", *names, "gap", "ms a message", "training, s"]
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    for row in made:
        apart = [_cell(row.apart.get(name)) for name in names]
        first = row.apart.get(names[0])
        gap = (
            f"{row.cross_validation.macro_f1 - first.macro_f1:+.3f}"
            if row.cross_validation and first
            else "–"
        )
        cells = [row.name, _cell(row.cross_validation), *apart, gap]
        cells += [f"{row.milliseconds:.1f}", f"{row.train_seconds:.0f}"]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _cell(scores: Scores | None) -> str:
    if scores is None:
        return "–"
    return f"{scores.macro_f1:.3f} / {scores.accuracy:.3f} / {scores.out_of_scope_recall:.2f}"


def confidence_lines(model: IntentModel, examples: Examples) -> list[str]:
    """What the fallback threshold costs and brings, and the weakest intents, on one set apart."""
    probabilities = model.probabilities(examples.texts)
    labels = np.array([earlier_intent(label) for label in model.labels])
    predicted = labels[probabilities.argmax(axis=1)]
    truth = np.array(examples.intents)
    sure, right = probabilities.max(axis=1), predicted == truth
    lines = []
    for threshold in (0.2, 0.25, 0.3, 0.35, 0.4, 0.5):
        kept = sure >= threshold
        lines.append(
            f"below {threshold:.2f} it asks: {1 - kept.mean():.1%} of messages, "
            f"{(right & ~kept).sum() / right.sum():.1%} of the right readings, "
            f"{(~right & ~kept).sum() / max((~right).sum(), 1):.0%} of the wrong ones; "
            f"the rest is right in {right[kept].mean():.1%}"
        )
    best = np.argsort(-probabilities, axis=1)[:, :3]
    within = (labels[best] == truth[:, None]).any(axis=1).mean()
    lines.append(f"the right intent is among the likeliest three: {within:.1%}")
    asked = sorted(set(truth))
    f1 = f1_score(truth, predicted, labels=asked, average=None)
    weakest = sorted(zip(f1, asked, strict=True))[:8]
    lines.append("weakest: " + ", ".join(f"{label} {value:.2f}" for value, label in weakest))
    pairs = Counter(
        (t, str(p)) for t, p in zip(truth, predicted, strict=True) if t != p
    ).most_common(8)
    lines.append("confused: " + ", ".join(f"{t} as {p} {n}x" for (t, p), n in pairs))
    for author in sorted(set(examples.authors)):
        mine = [i for i, name in enumerate(examples.authors) if name == author]
        scores = score([truth[i] for i in mine], [predicted[i] for i in mine])
        lines.append(f"author {author}: {_cell(scores)}")
    return lines


def main() -> None:
    """Prints the tables."""
    print("Each cell: macro-F1 / accuracy / out-of-scope recall. Gap: cross-validation less apart.")
    print(table(rows()))
    phrases = training_phrases()
    model = IntentModel.fit(default_encoder(), phrases.texts, phrases.intents)
    for name in sets_apart():
        print(f"\nThe shipped classifier on the set apart {name!r}:")
        print("\n".join(confidence_lines(model, set_apart(name))))


if __name__ == "__main__":
    sys.exit(main())
