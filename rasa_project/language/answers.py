"""Reads a typed reply against the question that is open.

Strict on purpose: what is not understood gives ``nothing`` and sets nothing. Findings that a
reply volunteers ("no but my calf is swollen") are the mentions' business: a denial that comes
with a finding gives ``nothing`` here, so that the finding counts and the rest is asked again.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from rasa_project.errors import DataError
from rasa_project.language.lexicon import Lexicon, project_lexicon
from rasa_project.language.mentions import PRESENT, SELF, UNCERTAIN, Mention
from rasa_project.language.numbers import number_at
from rasa_project.language.phrases import Pattern, PhraseError
from rasa_project.language.times import spans
from rasa_project.language.values import age_band
from rasa_project.language.yaml_files import check_keys, read_yaml, strings
from rasa_project.triage.screens import Question

VALUES, NUMBER, NONE, UNSURE, NOTHING = "values", "number", "none", "unsure", "nothing"
_GROUPS = (
    "yes", "no", "none", "unsure", "doubtful", "all", "fillers", "except",
)  # fmt: skip
_ANY_DAY = date(2000, 1, 3)  # for lengths that do not hang on the calendar
_OTHER_UNITS = set(
    [
        "km",
        "mile",
        "day",
        "days",
        "week",
        "weeks",
        "month",
        "months",
        "year",
        "years",
        "kg",
        "pounds",
        "percent",
        "%",
    ]
)
_AGE_WORDS = set(
    [
        "i",
        "am",
        "he",
        "she",
        "is",
        "year",
        "years",
        "old",
        "age",
        "aged",
        "of",
        "turning",
        "turned",
        "about",
        "my",
        "son",
        "daughter",
    ]
)
_NO_FINDINGS = {"zones", "zone_main", "side", "sport", "respondent", "area", "age_band"}
_LONGEST = 12
"""Words, fillers aside, that a reply of nothing but "no", "yes" or "not sure" can have."""

_ALIKE = 88
"""rapidfuzz score, 0 to 100, from which a reply is an option's label typed."""


@dataclass(frozen=True)
class Reading:
    """What a reply says to the open question.

    Attributes:
        kind: ``values`` (options chosen), ``number``, ``none`` (none of them), ``unsure``, or
            ``nothing`` (no answer to this question).
        values: Option values, in the order of the options.
        number: The number; days on the duration screen, minutes on the stiffness screen.
    """

    kind: str
    values: tuple[str, ...] = ()
    number: float | None = None


_NOTHING = Reading(NOTHING)


class AnswerReader:
    """Reads replies with the words of ``data/language/answers.yml``.

    Args:
        lexicon: For spelling and the phrase language.

    Raises:
        rasa_project.errors.DataError: The file breaks its format.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        path = lexicon.folder / "answers.yml"
        content = read_yaml(path, dict)
        check_keys(path, "", content, (*_GROUPS, "ordinals"))
        self._speller = lexicon.speller
        self._groups: dict[str, list[Pattern]] = {}
        for name in _GROUPS:
            phrases = strings(path, name, content.get(name, []))
            try:
                self._groups[name] = [lexicon.compiler.pattern(text) for text in phrases]
            except PhraseError as error:
                raise DataError(path, name, str(error)) from error
        self._ordinals = _ordinals(path, content.get("ordinals", {}))
        self._only: dict[tuple[str, ...], re.Pattern[str]] = {}
        self._label_cache: dict[str, tuple[str, ...]] = {}

    def read(self, text: str, question: Question, mentions: Sequence[Mention]) -> Reading:
        """Reads one reply.

        Args:
            text: The reply as typed.
            question: The open question.
            mentions: What the extractor found in the same text.

        Returns:
            The reading; ``nothing`` when it answers something else or is not understood.
        """
        words = [token.norm for token in self._speller.tokens(text)]
        content = self._without(words, "fillers")
        if not content:
            return _NOTHING
        if question.kind == "number":
            return self._number(words, content, question, mentions)
        exact = self._exact_option(content, question)
        if exact:
            return Reading(VALUES, exact)
        if self._is(content, "unsure"):
            return Reading(UNSURE)
        if question.screen == "duration":
            return _days(mentions)
        if question.kind == "multi":
            return self._multi(words, content, question, mentions)
        if question.kind == "map":
            return self._pointed(words, question) or self._labels(words, question, several=True)
        if question.kind == "single":
            return self._single(content, words, question)
        return _NOTHING

    def _single(self, content: list[str], words: list[str], question: Question) -> Reading:
        offered = {option.value for option in question.options}
        if {"yes", "no"} <= offered:
            if self._is(content, "doubtful"):
                return Reading(UNSURE)
            for value in ("yes", "no"):
                if self._is(content, value):
                    return Reading(VALUES, (value,))
            return _NOTHING
        band = _age(content) if question.screen == "age_band" else None
        if band in offered:
            return Reading(VALUES, (str(band),))
        pointed = self._pointed(words, question)
        if pointed is not None:
            return pointed if len(pointed.values) == 1 else _NOTHING
        return self._labels(content, question, several=False)

    def _multi(
        self,
        words: list[str],
        content: list[str],
        question: Question,
        mentions: Sequence[Mention],
    ) -> Reading:
        items = [o.value for o in question.options if o.value not in ("none", "unsure")]
        if self._is(content, "none", "no"):
            volunteered = any(
                m.assertion in (PRESENT, UNCERTAIN) and _is_finding(m) for m in mentions
            )
            return _NOTHING if volunteered else Reading(NONE)
        if self._is(content, "all"):
            return Reading(VALUES, tuple(items))
        exception = self._after_exception(words)
        if exception is not None:
            named = self._named(exception, question, mentions)
            return Reading(VALUES, named) if named else _NOTHING
        if self._is(content, "yes"):
            return _NOTHING
        pointed = self._pointed(words, question)
        if pointed is not None:
            return pointed
        return self._labels(content, question, several=True)

    def _after_exception(self, words: list[str]) -> list[str] | None:
        """The words after "none except", or None."""
        for pattern in self._groups["except"]:
            match = pattern.regex.match(_text(words))
            if match:
                return _text(words)[match.end() :].split()
        return None

    def _named(
        self, words: list[str], question: Question, mentions: Sequence[Mention]
    ) -> tuple[str, ...]:
        pointed = self._pointed(words, question)
        labels = pointed or self._labels(words, question, several=True)
        if labels.values:
            return labels.values
        offered = [option.value for option in question.options]
        said = {
            str(m.value) if str(m.value) in offered else m.fact
            for m in mentions
            if m.assertion == PRESENT and m.experiencer == SELF
        }
        by_mention = tuple(value for value in offered if value in said)
        return by_mention or self._by_stem(words, question)

    def _by_stem(self, words: list[str], question: Question) -> tuple[str, ...]:
        """The one option that shares a long word with the reply: "the numbness"."""
        stems = {word[:4] for word in words if len(word) >= 4 and word.isalpha()}
        found = [
            option.value
            for option in question.options
            if option.value not in ("none", "unsure")
            and stems & {word[:4] for word in self._label(option.label) if len(word) >= 4}
        ]
        return tuple(found) if len(found) == 1 else ()

    def _exact_option(self, content: list[str], question: Question) -> tuple[str, ...]:
        """The option whose label or value was typed as it stands."""
        typed = _text(content)
        for option in question.options:
            if typed in (_text(self._label(option.label)), _text(self._label(option.value))):
                return () if option.value in ("none", "unsure") else (option.value,)
        return ()

    def _labels(self, words: list[str], question: Question, several: bool) -> Reading:
        """Options whose labels are in the reply, or nearly so."""
        typed = " ".join(word for word in words if word.isalnum())
        if len(typed) < 4:
            return _NOTHING
        scores: list[tuple[float, str]] = []
        for option in question.options:
            if option.value in ("none", "unsure", "skip"):
                continue
            label = " ".join(word for word in self._label(option.label) if word.isalnum())
            if several and len(label) >= 6 and f" {label} " in f" {typed} ":
                scores.append((100.0, option.value))
            else:
                scores.append((fuzz.ratio(typed, label), option.value))
        alike = [value for score, value in scores if score >= _ALIKE]
        if not alike:
            return _NOTHING
        if several:
            return Reading(VALUES, tuple(alike))
        best = sorted(scores, reverse=True)[:2]
        if len(best) > 1 and best[0][0] - best[1][0] < 3:
            return _NOTHING
        return Reading(VALUES, (best[0][1],))

    def _pointed(self, words: list[str], question: Question) -> Reading | None:
        """ "The second one", "1 and 3", "the first two", "the last one"."""
        options = [o for o in question.options if not o.extra and o.value != "unsure"]
        if question.kind == "multi":
            options = [o for o in options if o.value != "none"]
        chosen: list[int] = []
        rest = [word for word in words if word not in self._ordinals["fillers"]]
        if not rest:
            return None
        if rest[0] in self._ordinals["first"] and len(rest) == 2:
            count = number_at(rest, 1)
            if count is not None and 2 <= count.low <= len(options) and not rest[1][0].isdigit():
                return Reading(VALUES, tuple(o.value for o in options[: int(count.low)]))
        for word in rest:
            position = self._ordinals["places"].get(word)
            if position is None and word.isdecimal() and question.kind != "number":
                position = int(word)
            if position is None or position > len(options) or position == 0:
                return None
            chosen.append(position - 1 if position > 0 else len(options) + position)
        values = [options[index].value for index in sorted(set(chosen))]
        return Reading(VALUES, tuple(values))

    def _number(
        self,
        words: list[str],
        content: list[str],
        question: Question,
        mentions: Sequence[Mention],
    ) -> Reading:
        if question.screen == "morning_stiffness":
            for mention in mentions:
                if mention.fact == "stiffness_min":
                    return Reading(NUMBER, number=float(mention.value))
            for time in spans(words, _ANY_DAY):
                if time.unit in ("minute", "minutes", "hour", "hours", "second", "seconds"):
                    return self._within(round(time.days * 1440), question)
        if self._is(content, "unsure"):
            return Reading(UNSURE)
        exact = self._exact_option(content, question)
        if exact and exact[0].isdigit():
            return self._within(float(exact[0]), question)
        if self._is(content, "none", "no"):
            return self._within(0.0, question)
        numbers = []
        at = 0
        while at < len(words):
            number = number_at(words, at)
            if number is None or words[number.start] in ("a", "an", "half"):
                at += 1
                continue
            numbers.append(number)
            at = number.end
        if not numbers or len(numbers) > 2:
            return _NOTHING
        first = numbers[0]
        tail = words[first.end : first.end + 3]
        out_of = tail[:1] == ["/"] or tail[:2] == ["out", "of"]
        if len(numbers) == 2 and not (out_of and numbers[1].low == 10):
            return _NOTHING
        others = {word for word in tail[:1] if word in _OTHER_UNITS}
        if others:
            return _NOTHING
        return self._within(first.high, question)

    def _within(self, number: float, question: Question) -> Reading:
        low = question.minimum if question.minimum is not None else 0
        if number < low or (question.maximum is not None and number > question.maximum):
            return _NOTHING
        return Reading(NUMBER, number=float(number))

    def _without(self, words: list[str], group: str) -> list[str]:
        """The words without fillers and punctuation."""
        kept = [word for word in words if word[0].isalnum() or word == "/"]
        text = _text(kept)
        for pattern in self._groups[group]:
            while True:
                match = re.search(rf"(?:(?<=^)|(?<= )){pattern.regex.pattern}", text)
                if match is None or match.end() - match.start() == len(text):
                    break
                text = text[: match.start()] + text[match.end() :]
        return text.split()

    def _is(self, words: list[str], *groups: str) -> bool:
        """Whether the words are nothing but phrases of these groups."""
        if not 0 < len(words) <= _LONGEST:
            return False
        if groups not in self._only:
            patterns = [p.regex.pattern for group in groups for p in self._groups[group]]
            self._only[groups] = re.compile(f"(?:{'|'.join(patterns)})+")
        return self._only[groups].fullmatch(_text(words)) is not None

    def _label(self, label: str) -> tuple[str, ...]:
        if label not in self._label_cache:
            norms = [token.norm for token in self._speller.tokens(label)]
            self._label_cache[label] = tuple(norm for norm in norms if norm[0].isalnum())
        return self._label_cache[label]


def _text(words: Sequence[str]) -> str:
    return "".join(f"{word} " for word in words)


def _days(mentions: Sequence[Mention]) -> Reading:
    for mention in mentions:
        if mention.fact == "duration_days" and mention.experiencer == SELF:
            return Reading(NUMBER, number=float(mention.value))
    return _NOTHING


def _age(words: list[str]) -> str | None:
    """The age band of a bare age: "45", "45 years old", "he is eleven"."""
    for at in range(min(len(words), 4)):
        number = number_at(words, at)
        if number is not None and number.low == number.high and 1 <= number.low <= 110:
            rest = words[:at] + words[number.end :]
            return age_band(number.low) if set(rest) <= _AGE_WORDS else None
    return None


def _is_finding(mention: Mention) -> bool:
    """Whether a mention is clinical, so that a bare denial cannot be all that was said."""
    denied = mention.value in ("none", "no") or mention.fact in _NO_FINDINGS
    return mention.experiencer == SELF and not denied


def _ordinals(path: Path, raw: Any) -> Mapping[str, Any]:
    check_keys(path, "ordinals", raw, ("places", "fillers", "first"))
    places = raw.get("places", {})
    if not all(isinstance(place, int) for place in places.values()):
        raise DataError(path, "ordinals.places", "must be words to positions")
    return {
        "places": places,
        "fillers": frozenset(strings(path, "ordinals.fillers", raw.get("fillers", []))),
        "first": frozenset(strings(path, "ordinals.first", raw.get("first", []))),
    }


def read_answer(text: str, question: Question, mentions: Sequence[Mention]) -> Reading:
    """Reads a typed reply against the open question, with the project's own word lists.

    See :meth:`AnswerReader.read`.
    """
    return _reader().read(text, question, mentions)


@lru_cache(maxsize=1)
def _reader() -> AnswerReader:
    return AnswerReader(project_lexicon())
