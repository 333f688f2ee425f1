"""Typed replies to the open question."""

from collections.abc import Sequence
from functools import lru_cache

from rasa_project.language.answers.amounts import number_alone
from rasa_project.language.answers.labels import labels_alone
from rasa_project.language.answers.options import sharing_a_word
from rasa_project.language.answers.reader import AnswerReader
from rasa_project.language.answers.reading import (
    NONE,
    NOTHING,
    NUMBER,
    UNSURE,
    VALUES,
    Reading,
)  # fmt: skip
from rasa_project.language.answers.words import ReplyWords
from rasa_project.language.lexicon import project_lexicon
from rasa_project.language.mentions import Mention
from rasa_project.triage.screens import Question

__all__ = [
    "NONE", "NOTHING", "NUMBER", "UNSURE", "VALUES", "AnswerReader", "Reading", "bare_number",
    "labels_typed", "left_over", "named_in_part", "read_answer",
]  # fmt: skip


def read_answer(text: str, question: Question, mentions: Sequence[Mention]) -> Reading:
    """Reads a typed reply against the open question, with the project's own word lists.

    See :meth:`AnswerReader.read`.
    """
    return _reader().read(text, question, mentions)


def labels_typed(text: str, question: Question) -> tuple[str, ...]:
    """Options of the open question whose labels are all that a reply says, as if tapped."""
    return labels_alone(_words(), text, question)


def left_over(text: str, question: Question, mentions: Sequence[Mention]) -> list[str]:
    """The words of a reply that nothing accounts for; see :meth:`AnswerReader.left_over`."""
    return _reader().left_over(text, question, mentions)


def bare_number(text: str) -> int | None:
    """The whole number that a reply consists of, fillers aside; None if it says more."""
    return number_alone(_words().without(_words().words(text), "fillers"))


def named_in_part(text: str, question: Question) -> tuple[str, ...]:
    """Options of the open question that a reply may mean, because it has a word of theirs."""
    words = _words().words(text)
    return sharing_a_word(_words(), words, question)


@lru_cache(maxsize=1)
def _reader() -> AnswerReader:
    return AnswerReader(project_lexicon())


@lru_cache(maxsize=1)
def _words() -> ReplyWords:
    return ReplyWords(project_lexicon())
