"""The learned reader: finder and assertion model together, trained, kept and loaded as one."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csc_matrix

from rasa_project.errors import DataError
from rasa_project.language.encoder import Array, SentenceEncoder
from rasa_project.language.learned import notation
from rasa_project.language.learned.assertion import (
    STATUSES,
    AssertionModel,
    Place,
    train_assertion,
)  # fmt: skip
from rasa_project.language.learned.features import WordVectors, word_vectors
from rasa_project.language.learned.finder import (
    FactFinder,
    Found,
    Key,
    Known,
    Lesson,
    train_finder,
)  # fmt: skip
from rasa_project.language.spelling import Speller

_ARRAYS = "learned.npz"
_NAMES = "learned.json"
_NOT_LEARNT = {"sport", "area", "age_band", "consent_chat", "self_harm"}
"""Names and numbers, which the value readers know better, and the one wish that ends the chat."""

RulesSay = Callable[[str, Sequence[tuple[Key, int, int]]], list[str]]
"""What the rules read: text and (key, first character, past-last) -> a status each."""


@dataclass(frozen=True)
class Example:
    """A labelled sentence.

    Attributes:
        text: The sentence.
        keys: What to find in it -> whether it is said for certain.
        statuses: How each certain finding is said.
    """

    text: str
    keys: Mapping[Key, bool]
    statuses: Mapping[Key, str]


class LearnedReader:
    """Reads a message with what was learnt from labelled sentences.

    Args:
        finder: Finds facts.
        assertion: Says how they are said.
    """

    def __init__(self, finder: FactFinder, assertion: AssertionModel) -> None:
        self.finder = finder
        self.assertion = assertion

    def judge(self, words: WordVectors, found: Found, rules: str) -> Mapping[str, float]:
        """Probability of each status of one finding.

        Args:
            words: The message, from ``finder.read``.
            found: The finding.
            rules: The status that the rules read.
        """
        place = _place(found, rules, found.manner)
        given = self.assertion.probabilities(words, place)
        return dict(zip(STATUSES, map(float, given), strict=True))

    def save(self, folder: Path) -> None:
        """Writes the reader to a folder."""
        known = self.finder.known
        np.savez(
            folder / _ARRAYS,
            vectors=known.vectors.astype(np.float16),
            group_data=known.groups.data.astype(np.float16),
            group_rows=known.groups.indices,
            group_columns=known.groups.indptr,
            worth=known.worth.astype(np.float32),
            mean=known.mean,
            idf=known.idf,
            assertion_weights=self.assertion.weights,
            assertion_bias=self.assertion.bias,
        )
        names = {
            "keys": known.keys,
            "groups": list(known.vocabulary),
            "features": list(self.assertion.vocabulary),
        }
        (folder / _NAMES).write_text(json.dumps(names), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path, encoder: SentenceEncoder, speller: Speller) -> "LearnedReader":
        """Reads what ``save`` wrote.

        Args:
            folder: Where it was written.
            encoder: The frozen encoder.
            speller: Puts misspelt words right.
        """
        names = json.loads((folder / _NAMES).read_text(encoding="utf-8"))
        with np.load(folder / _ARRAYS) as kept:
            arrays: dict[str, Array] = dict(kept)
        shape = (len(arrays["vectors"]), len(names["groups"]))
        columns = (
            arrays["group_data"].astype(np.float32), arrays["group_rows"],
            arrays["group_columns"],
        )  # fmt: skip
        known = Known(
            keys=tuple((fact, value) for fact, value in names["keys"]),
            vectors=arrays["vectors"].astype(np.float32),
            groups=csc_matrix(columns, shape=shape),
            worth=arrays["worth"],
            mean=arrays["mean"],
            vocabulary={group: at for at, group in enumerate(names["groups"])},
            idf=arrays["idf"],
        )
        features = {feature: at for at, feature in enumerate(names["features"])}
        model = AssertionModel(features, arrays["assertion_weights"], arrays["assertion_bias"])
        return cls(FactFinder(encoder, speller, known), model)


def read_examples(folder: Path) -> list[Example]:
    """The labelled sentences to learn from.

    Args:
        folder: Holds text files in the notation.

    Raises:
        DataError: There is none, or one breaks the notation.
    """
    files = sorted(folder.glob("*.txt"))
    if not files:
        raise DataError(folder, "", "holds no sentences to learn from (*.txt)")
    return [
        example(sentence["text"], sentence["facts"])
        for file in files
        for sentence in notation.sentences(file)
        if "screen" not in sentence  # an answer means little without its question
    ]


def example(text: str, facts: Sequence[Mapping[str, Any]]) -> Example:
    """A sentence with its labels, to learn from.

    Args:
        text: The sentence.
        facts: Labels as ``notation.sentences`` gives them.
    """
    keys: dict[Key, bool] = {}
    statuses: dict[Key, str] = {}
    for fact in facts:
        if "low" in fact or fact["fact"] in _NOT_LEARNT:
            continue
        key = (fact["fact"], fact["value"])
        sure = not fact.get("optional", False)
        keys[key] = sure or keys.get(key, False)
        if sure:
            statuses.setdefault(key, status_of(fact))
    return Example(text, keys, statuses)


def status_of(fact: Mapping[str, Any]) -> str:
    """Assertion, time and person of a label as one of ``STATUSES``."""
    if fact["experiencer"] != "self":
        return "other"
    return str(fact["assertion"] if fact["temporality"] == "current" else fact["temporality"])


def train_reader(
    encoder: SentenceEncoder,
    speller: Speller,
    examples: Sequence[Example],
    rules_say: RulesSay,
) -> LearnedReader:
    """Trains the reader.

    Args:
        encoder: The frozen encoder.
        speller: Puts misspelt words right.
        examples: Labelled sentences.
        rules_say: The rules' own reading, which the assertion model weighs against the words.

    Raises:
        ValueError: The sentences hold too little to learn from.
    """
    lessons = [
        Lesson(
            word_vectors(encoder, speller, one.text),
            one.keys,
            tuple(status in one.statuses.values() for status in STATUSES),
        )
        for one in examples
    ]
    finder, left_out = train_finder(encoder, speller, lessons)
    taught: list[tuple[WordVectors, Place, str]] = []
    for row, one in enumerate(examples):
        words = lessons[row].words
        found = finder.find(words, np.inf, frozenset(one.statuses))
        spans = [(f.key, words.typed[f.start][0], words.typed[f.end - 1][1]) for f in found]
        read = rules_say(one.text, spans)
        for f, rules in zip(found, read, strict=True):
            # What the sentence would look like had it not been learnt from.
            whole = (f.first, f.last) == (0, len(words.spans))
            manner = left_out[row, len(finder.keys) :] if whole else f.manner
            taught.append((words, _place(f, rules, manner), one.statuses[f.key]))
    return LearnedReader(finder, train_assertion(taught))


def _place(found: Found, rules: str, manner: Array) -> Place:
    return Place(found.key[0], found.start, found.end, found.first, found.last, rules, manner)
