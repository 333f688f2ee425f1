"""Replies that are nothing but labels of the open question, typed: what a tap would have said."""

from collections.abc import Sequence

from rasa_project.language.answers.words import ReplyWords
from rasa_project.triage.screens import Question

_JOINING = {"and", "also", "plus", "&", "+"}
_ALONE = {"none", "unsure", "skip"}
"""Options that go with no other."""


def labels_alone(reply: ReplyWords, text: str, question: Question) -> tuple[str, ...]:
    """The options whose labels a reply consists of, in the order typed.

    Args:
        reply: The words of replies.
        text: The reply as typed.
        question: The open question.

    Returns:
        Option values that could have been tapped together; empty when a word is left over, or when
        the labels do not go together.
    """
    words = tuple(word for word in reply.words(text) if word[0].isalnum() or word in _JOINING)
    labels = {option.value: reply.label(option.label) for option in question.options}
    values = _split(words, {value: label for value, label in labels.items() if label})
    return values if _go_together(values, question) else ()


def _split(
    words: Sequence[str], labels: dict[str, tuple[str, ...]], at: int = 0
) -> tuple[str, ...]:
    """Labels that fill the words from a place on, the longest first; empty if none do."""
    for value, label in sorted(labels.items(), key=lambda pair: -len(pair[1])):
        end = at + len(label)
        if tuple(words[at:end]) != label:
            continue
        if end == len(words):
            return (value,)
        rest = {v: one for v, one in labels.items() if v != value}
        for start in (end, end + 1):
            if start == end or words[end] in _JOINING:
                more = _split(words, rest, start)
                if more:
                    return (value, *more)
    return ()


def _go_together(values: Sequence[str], question: Question) -> bool:
    if len(values) > 1 and _ALONE & set(values):
        return False
    if question.kind == "multi":
        return bool(values)
    chosen = [option for option in question.options if option.value in values]
    if question.kind == "map":
        return bool(chosen) and sum(option.group == "side" for option in chosen) <= 1
    return sum(not option.extra for option in chosen) == 1
