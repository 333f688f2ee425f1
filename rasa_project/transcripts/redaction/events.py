"""Redacts a whole line of a chat, as it is stored and exported."""

from typing import Any

from rasa_project.transcripts.redaction import redact

_OURS = frozenset(
    ("seq", "at", "from", "type", "screen", "kind", "value", "id", "fact", "level", "source")
)
"""Keys that hold the product's own words, never the visitor's."""

_OURS_WHOLE = frozenset(("clinic",))
"""Types of event that hold nothing of the visitor: a clinic's phone and address are public."""


def redact_event(event: dict[str, Any]) -> dict[str, Any]:
    """A copy of an event in which no text identifies the visitor.

    Args:
        event: One line of ``GET /chat/events``, the visitor's or the bot's, which quotes the
            visitor ("You said ...", the facts of an outcome).

    Returns:
        The copy. Whoever may see the original reads the event itself.
    """
    if event.get("type") in _OURS_WHOLE:
        return dict(event)
    return {key: value if key in _OURS else _redacted(value) for key, value in event.items()}


def _redacted(value: Any) -> Any:
    if isinstance(value, str):
        return redact(value).text
    if isinstance(value, dict):
        return {key: part if key in _OURS else _redacted(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_redacted(part) for part in value]
    return value
