"""Reads a typed reply against the open question: an option, a number, none, or not sure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from rapidfuzz import fuzz

from rasa_project.language.mentions import Mention
from rasa_project.settings import DATA
from rasa_project.triage.loading import read_mapping
from rasa_project.triage.screens import Question

LABEL_MATCH = 88
"""How alike (0-100) a reply and an option's label must be; below that, words that merely share
letters began to match in the tests."""

_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_OUT_OF_TEN = re.compile(r"(\d)\s*(?:/|out of)\s*10\b")
_WORDS = re.compile(r"[a-z0-9']+")


@dataclass(frozen=True)
class Reading:
    """What a reply came to.

    Attributes:
        kind: ``values``, ``number``, ``none``, ``unsure`` or ``nothing``.
        values: Option values, for ``values``.
        number: The number, for ``number``.
    """

    kind: str
    values: tuple[str, ...] = ()
    number: float | None = None


NOTHING = Reading("nothing")


@lru_cache(maxsize=1)
def _words() -> dict[str, Any]:
    return read_mapping(DATA / "language" / "answers.yml")


def read_answer(text: str, question: Question, mentions: Sequence[Mention]) -> Reading:
    """Reads a reply; what it mentions beyond the question is left to the mentions.

    Args:
        text: The words typed.
        question: The open question.
        mentions: Facts heard in the same words. A reply that denies and mentions ("no but my calf
            is swollen") reads as nothing here: the mention counts, and the rest is asked again.

    Returns:
        The reading; nonsense gives ``nothing`` and never a value.
    """
    plain = _OUT_OF_TEN.sub(r"\1", text.lower().replace("’", "'"))
    words = " ".join(_WORDS.findall(plain))
    if not words:
        return NOTHING
    values = {option.value for option in question.options}
    heard = [m for m in mentions if m.experiencer == "self" and m.temporality == "current"]
    if _is(words, "unsure") and not heard:
        return Reading("unsure")
    if {"yes", "no"} <= values:
        return _yes_or_no(words, "unsure" in values)
    if "skip" in values and _is(words, "skip"):
        return Reading("values", ("skip",))
    told_here = [m for m in heard if m.fact in question.sets]
    if "none" in values and not any(m.assertion == "present" and m.value != "none" for m in heard):
        if _is(words, "none") or _is(words, "no"):
            return Reading("none")
        if any(m.fact in question.sets and m.value == "none" for m in heard):
            return NOTHING
    if question.kind == "number":
        # Only here: a bare "3" for "when did it start" could be days or weeks.
        number = _number(words, question)
        if number is not None and not told_here:
            return Reading("number", number=number)
    if question.kind == "multi" and _is(words, "all"):
        return Reading("values", tuple(v for v in values if v not in ("none", "unsure")))
    picked = _by_position(words, question) or _by_label(words, question)
    if picked and not told_here:
        return Reading("values", picked)
    return NOTHING


def _is(words: str, name: str) -> bool:
    """Whether the whole reply is one of the listed phrases, give or take a courtesy."""
    for courtesy in _words()["courtesies"]:
        words = re.sub(rf"\b{courtesy}\b", " ", words)
    words = " ".join(words.split())
    return words in _words()[name]


def _yes_or_no(words: str, may_be_unsure: bool) -> Reading:
    if may_be_unsure and _is(words, "maybe"):
        return Reading("unsure")
    for answer in ("yes", "no"):
        if _is(words, answer) or words.split()[0] in _words()["openers"][answer]:
            return Reading("values", (answer,))
    return NOTHING


def _number(words: str, question: Question) -> float | None:
    """The number of a reply that is little more than a number; of a range the higher."""
    left = [w for w in words.split() if w not in _words()["number_fillers"]]
    numbers = []
    for word in left:
        if _NUMBER.fullmatch(word):
            numbers.append(float(word.replace(",", ".")))
        elif word in _words()["numbers"]:
            numbers.append(float(_words()["numbers"][word]))
        else:
            return None
    return max(numbers) if numbers else None


def _by_position(words: str, question: Question) -> tuple[str, ...]:
    """Reads "the second one" and "1 and 3", for questions that ask for no number."""
    if question.kind not in ("single", "multi", "map") or question.screen == "age_band":
        return ()
    places = _words()["positions"]
    left = [w for w in words.split() if w not in _words()["position_fillers"]]
    if not left or any(w not in places for w in left):
        return ()
    chosen = [places[w] for w in left]
    if any(place > len(question.options) for place in chosen):
        return ()
    return tuple(dict.fromkeys(question.options[place - 1].value for place in chosen))


def _by_label(words: str, question: Question) -> tuple[str, ...]:
    """An option typed out, with a slip or two; the whole reply must be that option."""
    best, score = None, 0.0
    for option in question.options:
        label = " ".join(_WORDS.findall(option.label.lower().replace("’", "'")))
        if words in (label, option.value.lower()):
            return (option.value,)
        alike = fuzz.ratio(words, label)
        if alike > score:
            best, score = option.value, alike
    return (best,) if best is not None and score >= LABEL_MATCH else ()
