"""Replies that are numbers: pain scores, minutes, days, ages."""

from collections.abc import Sequence
from datetime import date

from rasa_project.language.answers.reading import NO_ANSWER, NUMBER, UNSURE, Reading
from rasa_project.language.answers.words import ReplyWords
from rasa_project.language.mentions import SELF, Mention
from rasa_project.language.numbers import number_at
from rasa_project.language.times import spans
from rasa_project.language.values import age_band
from rasa_project.triage.screens import Question

_ANY_DAY = date(2000, 1, 3)  # for lengths that do not hang on the calendar
_CLOCK = {"minute", "minutes", "hour", "hours", "second", "seconds"}
_OTHER_UNITS = {
    "km", "mile", "day", "days", "week", "weeks", "month", "months", "year", "years", "kg",
    "pounds", "percent", "%",
}  # fmt: skip
_ABOUT = {"about", "around", "roughly", "like", "maybe", "almost", "nearly", "~", "."}
_AGE_WORDS = {
    "i", "am", "he", "she", "is", "year", "years", "old", "age", "aged", "of", "turning",
    "turned", "about", "my", "son", "daughter",
}  # fmt: skip


def read_number(
    reply: ReplyWords,
    words: Sequence[str],
    content: Sequence[str],
    question: Question,
    mentions: Sequence[Mention],
    exact: tuple[str, ...],
) -> Reading:
    """A reply to a numeric question.

    Args:
        reply: The words of replies.
        words: The reply's words.
        content: The same without fillers.
        question: The question.
        mentions: What the extractor found in the reply.
        exact: The option that was typed as it stands, if one was.
    """
    if question.screen == "morning_stiffness":
        for mention in mentions:
            if mention.fact == "stiffness_min":
                return Reading(NUMBER, number=float(mention.value))
        for time in spans(words, _ANY_DAY):
            if time.unit in _CLOCK:
                return _within(round(time.days * 1440), question)
    if reply.is_(content, "unsure"):
        return Reading(UNSURE)
    if exact and exact[0].isdigit():
        return _within(float(exact[0]), question)
    if reply.is_(content, "none", "no"):
        return _within(0.0, question)
    meant = reply.meant(content, question.name, [o.value for o in question.options])
    if meant is not None:
        return _within(float(meant), question)
    return _typed(words, question)


def _typed(words: Sequence[str], question: Question) -> Reading:
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
        return NO_ANSWER
    first = numbers[0]
    tail = list(words[first.end : first.end + 3])
    out_of = tail[:1] == ["/"] or tail[:2] == ["out", "of"]
    if len(numbers) == 2 and not (out_of and numbers[1].low == 10):
        return NO_ANSWER
    if set(tail[:1]) & _OTHER_UNITS:
        return NO_ANSWER
    return _within(first.high, question)


def _within(number: float, question: Question) -> Reading:
    low = question.minimum if question.minimum is not None else 0
    if number < low or (question.maximum is not None and number > question.maximum):
        return NO_ANSWER
    return Reading(NUMBER, number=float(number))


def read_days(mentions: Sequence[Mention]) -> Reading:
    """A reply to "when did it start"."""
    for mention in mentions:
        if mention.fact == "duration_days" and mention.experiencer == SELF:
            return Reading(NUMBER, number=float(mention.value))
    return NO_ANSWER


def read_age(words: Sequence[str]) -> str | None:
    """The age band of a bare age: "45", "45 years old", "he is eleven"."""
    for at in range(min(len(words), 4)):
        number = number_at(words, at)
        if number is not None and number.low == number.high and 1 <= number.low <= 110:
            rest = [*words[:at], *words[number.end :]]
            return age_band(number.low) if set(rest) <= _AGE_WORDS else None
    return None


def number_alone(words: Sequence[str]) -> int | None:
    """A whole number that is all the words say: "90", "about ninety"."""
    words = [word for word in words if word not in _ABOUT]
    number = number_at(words, 0) if words else None
    if number is None or number.end != len(words) or words[0] in ("a", "an", "half"):
        return None
    return int(number.low) if number.low == number.high and number.low == int(number.low) else None
