"""Scores Rasa's default pipeline with DIET on the same phrases, folds and set apart.

Needs Rasa 3.6.21 with its real TensorFlow 2.12 in an environment of its own (2.5 GB)::

    python3.10 -m venv DIET && DIET/bin/pip install rasa==3.6.21 "setuptools<81"
    DIET/bin/python -m bench.language.intents_diet

from the project's folder. One training takes minutes, so of the five folds only the first is run.
The figures are kept in ``intents_diet.json`` and printed with the others by
``python -m bench.language.intents``.
"""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import yaml

from bench.language.intents_data import (
    HERE,
    Predict,
    cross_validate,
    earlier_intent,
    score,
    set_apart,
    sets_apart,
    training_phrases,
)

RESULT = HERE / "intents_diet.json"

EPOCHS = 30
"""The default is 100; from the twentieth on the training accuracy no longer moves."""

# What `rasa init` writes for the NLU part, without the fallback and what is for responses.
CONFIG = {
    "recipe": "default.v1",
    "language": "en",
    "assistant_id": "diet",
    "pipeline": [
        {"name": "WhitespaceTokenizer"},
        {"name": "RegexFeaturizer"},
        {"name": "LexicalSyntacticFeaturizer"},
        {"name": "CountVectorsFeaturizer"},
        {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
        {"name": "DIETClassifier", "epochs": EPOCHS, "constrain_similarities": True,
         "entity_recognition": False, "random_seed": 0},
    ],
}  # fmt: skip


def train(texts: Sequence[str], intents: Sequence[str]) -> Predict:
    """Trains DIET in a temporary folder and gives its predictions."""
    from rasa.core.agent import Agent
    from rasa.model_training import train_nlu

    folder = Path(tempfile.mkdtemp())
    (folder / "config.yml").write_text(yaml.safe_dump(CONFIG))
    blocks: dict[str, list[str]] = {}
    for text, intent in zip(texts, intents, strict=True):
        blocks.setdefault(intent, []).append(f"- {text}\n")
    nlu = [{"intent": name, "examples": "".join(lines)} for name, lines in blocks.items()]
    (folder / "nlu.yml").write_text(
        yaml.safe_dump({"version": "3.1", "nlu": nlu}, allow_unicode=True)
    )
    path = train_nlu(str(folder / "config.yml"), str(folder / "nlu.yml"), str(folder))
    agent = Agent.load(path)

    def predict(messages: Sequence[str]) -> list[str]:
        async def parse() -> list[str]:
            return [(await agent.parse_message(text))["intent"]["name"] for text in messages]

        return asyncio.run(parse())

    return predict


def main() -> None:
    """Trains, scores and writes the figures; the sets apart first."""
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    phrases = training_phrases()
    began = time.process_time()
    predict = train(phrases.texts, phrases.intents)
    result: dict[str, object] = {"train_seconds": time.process_time() - began, "apart": {}}
    times = []
    for text in set_apart(sets_apart()[0]).texts[:200]:
        start = time.process_time()
        predict([text])
        times.append(time.process_time() - start)
    result["milliseconds"] = statistics.median(times) * 1000
    for name in sets_apart():
        examples = set_apart(name)
        predicted = [earlier_intent(label) for label in predict(examples.texts)]
        result["apart"][name] = asdict(score(examples.intents, predicted))
    RESULT.write_text(json.dumps(result, indent=1) + "\n")
    print(result, flush=True)
    result["cross_validation"] = asdict(cross_validate(phrases, train, folds=1))
    RESULT.write_text(json.dumps(result, indent=1) + "\n")
    print(result["cross_validation"])


if __name__ == "__main__":
    sys.exit(main())
