"""What a message that was not understood may have meant: two or three readings, never a guess."""

from rapidfuzz import fuzz

from rasa_project.dialogue.answering import article_of
from rasa_project.dialogue.reading import Message
from rasa_project.dialogue.wording import texts
from rasa_project.language.answers import bare_number, named_in_part
from rasa_project.triage.screens import Question

MOST = 3
"""Readings offered at once."""

LEAST = 0.03
"""Confidence below which the classifier's reading is noise; it knows some eighty intents."""

ALIKE = 70
"""rapidfuzz score, 0 to 100, from which a message may be meant as an option of the question."""


DAYS = {"days": 1, "weeks": 7, "months": 30.44}
"""How many days a unit has that a bare number may be meant in."""


def in_which_unit(text: str, question: Question) -> list[tuple[str, str]]:
    """What a number without a unit may mean where a time is asked for: "90".

    Args:
        text: The reply.
        question: The open question.

    Returns:
        Value and label; the value is ``number:`` and the days. Empty for any other reply.
    """
    number = bare_number(text) if question.kind == "text" and question.accepts_number else None
    if not number:
        return []
    return [
        (f"number:{round(number * days)}", texts()["ago"][unit][number > 1].format(n=number))
        for unit, days in DAYS.items()
        if question.maximum is None or number * days <= question.maximum
    ]


def likely_readings(message: Message, question: Question | None) -> list[tuple[str, str]]:
    """Readings to offer, the likeliest first: options of the open question, then intents.

    Args:
        message: Words that gave no fact, no answer and no intent that is sure enough.
        question: The open question.

    Returns:
        Value and label; an intent's value is its name, an option's is ``option:`` and its value.
    """
    readings = _options(message.text, question) if question is not None else []
    labels = texts()["readings"]
    for intent, confidence in message.ranking:
        article = article_of(intent)
        label = article.button if article else labels.get(intent)
        if confidence >= LEAST and label:
            readings.append((intent, label))
    return readings[:MOST]


def _options(text: str, question: Question) -> list[tuple[str, str]]:
    typed = text.lower()
    if len(typed) < 4:
        return []
    part = named_in_part(text, question)
    scored = [
        (100.0 if option.value in part else fuzz.ratio(typed, option.label.lower()), option)
        for option in question.options
        if option.value not in ("none", "unsure", "skip") and not option.label.isdigit()
    ]
    scored.sort(key=lambda pair: -pair[0])
    return [
        (f"option:{option.value}", option.label)
        for score, option in scored[:MOST]
        if score >= ALIKE
    ]
