"""The phrases and the measures of the intent comparison; needs PyYAML, NumPy and scikit-learn.

The set apart was written by people who had not seen the training phrases. It is scored and never
trained on.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import yaml
from sklearn.metrics import accuracy_score, f1_score
from sklearn.model_selection import StratifiedKFold

HERE = Path(__file__).resolve().parent
NLU = HERE.parents[1] / "data" / "nlu"
OUT_OF_SCOPE = "out_of_scope"
FOLDS = 5

_SENT_BY_THE_PAGE = {"start", "choose"}

Predict = Callable[[Sequence[str]], list[str]]
"""Texts in, one intent for each out."""


@dataclass(frozen=True)
class Examples:
    """Messages with the intent that a person gave them, and who wrote them."""

    texts: list[str]
    intents: list[str]
    authors: list[str]


@dataclass(frozen=True)
class Scores:
    """How well predictions match.

    Attributes:
        macro_f1: Mean of the F1 of every intent, 0 to 1.
        accuracy: Share that is right, 0 to 1.
        out_of_scope_recall: Share of out-of-scope messages seen as such, 0 to 1.
    """

    macro_f1: float
    accuracy: float
    out_of_scope_recall: float


def training_phrases() -> Examples:
    """The phrases of ``data/nlu``, without intents that only the page sends."""
    texts, intents = [], []
    for file in sorted(NLU.glob("*.yml")):
        for block in yaml.safe_load(file.read_text(encoding="utf-8"))["nlu"]:
            if block["intent"] in _SENT_BY_THE_PAGE:
                continue
            lines = [line.removeprefix("- ") for line in block["examples"].splitlines()]
            texts += lines
            intents += [block["intent"]] * len(lines)
    return Examples(texts, intents, ["project"] * len(texts))


def set_apart(name: str) -> Examples:
    """One set apart, from ``intents_<name>.jsonl``; its intents are the earlier ones.

    Args:
        name: ``dev`` or another set beside this file.
    """
    lines = (HERE / f"intents_{name}.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return Examples(
        [row["text"] for row in rows],
        [row["intent"] for row in rows],
        [row["author"] for row in rows],
    )


def earlier_intent(label: str) -> str:
    """What the sets apart call a label of the phrases; see ``earlier_intents.yml``."""
    group, slash, question = label.partition("/")
    return _earlier().get(question, f"{group}_{question}") if slash else group


@lru_cache(maxsize=1)
def _earlier() -> dict[str, str]:
    return yaml.safe_load((HERE / "earlier_intents.yml").read_text(encoding="utf-8"))


def sets_apart() -> list[str]:
    """Names of the sets that are there."""
    return sorted(file.stem.removeprefix("intents_") for file in HERE.glob("intents_*.jsonl"))


def score(truth: Sequence[str], predicted: Sequence[str]) -> Scores:
    """Compares predictions with the truth, over the intents that occur in the truth.

    Where the truth has the earlier intents, so must the predictions.
    """
    labels = sorted(set(truth))
    outside = [p for t, p in zip(truth, predicted, strict=True) if t == OUT_OF_SCOPE]
    return Scores(
        float(f1_score(truth, predicted, labels=labels, average="macro", zero_division=0)),
        float(accuracy_score(truth, predicted)),
        sum(p == OUT_OF_SCOPE for p in outside) / len(outside),
    )


def cross_validate(
    examples: Examples,
    train: Callable[[Sequence[str], Sequence[str]], Predict],
    folds: int = FOLDS,
) -> Scores:
    """Predicts phrases by a model that has not seen them, in five stratified folds.

    Args:
        examples: The phrases.
        train: Makes a classifier of texts and intents.
        folds: How many of the five folds are run, 1 to 5.
    """
    splits = StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(
        np.zeros(len(examples.texts)), examples.intents
    )
    truth: list[str] = []
    predicted: list[str] = []
    for learn, test in list(splits)[:folds]:
        predict = train([examples.texts[i] for i in learn], [examples.intents[i] for i in learn])
        predicted += predict([examples.texts[i] for i in test])
        truth += [examples.intents[i] for i in test]
    return score(truth, predicted)
