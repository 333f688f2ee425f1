"""Takes names, contact data, health numbers and addresses out of messages for staff to read.

Pure: text in, text out. Knows neither Rasa nor the database.
"""

from functools import cache

from rasa_project.transcripts.redaction import numbers, written
from rasa_project.transcripts.redaction.addresses import Addresses
from rasa_project.transcripts.redaction.names import Names
from rasa_project.transcripts.redaction.spans import Redacted, Span, original, replace, settle
from rasa_project.transcripts.redaction.words import project_words

_ROUNDS = 4
"""A number can hide the next one from view ("card, then phone"); more than two rounds are rare."""


def redact(text: str) -> Redacted:
    """A text without what identifies people; what is kept and what goes: ``docs/privacy.md``.

    Args:
        text: A message as it was typed, at most a few thousand characters.

    Returns:
        The text with placeholders, and the stretches of ``text`` they stand for. Redacting the
        result again changes nothing.

    Raises:
        rasa_project.errors.DataError: The lists in ``data/redaction`` are unusable.
    """
    spans = find(text)
    return Redacted(replace(text, spans), spans)


def find(text: str) -> tuple[Span, ...]:
    """The stretches that identify, in order and apart; otherwise like :func:`redact`."""
    spans: tuple[Span, ...] = ()
    for _ in range(_ROUNDS):
        shown = replace(text, spans)
        more = [
            Span(span.kind, original(text, spans, span.start), original(text, spans, span.end))
            for span in _once(shown)
        ]
        if not more:
            break
        spans = settle([*spans, *more])
    return spans


def _once(text: str) -> tuple[Span, ...]:
    names, addresses = _finders()
    return settle(
        [
            *written.emails(text),
            *numbers.cards(text),
            *numbers.health_cards(text),
            *numbers.phones(text),
            *written.postal_codes(text),
            *addresses.find(text),
            *names.find(text),
        ]
    )


@cache
def _finders() -> tuple[Names, Addresses]:
    words = project_words()
    return Names(words), Addresses(words)
