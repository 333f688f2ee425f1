"""What a stored conversation holds: its slots as they stand, and its last event of a kind."""

from collections.abc import Mapping, Sequence
from typing import Any

from rasa_project.transcripts.records import Event


def last_event(events: Sequence[Event], kind: str) -> Event | None:
    """The last event of a type."""
    return next((event for event in reversed(events) if event["type"] == kind), None)


def slots_of(tracker_events: list[dict[str, Any]]) -> Mapping[str, Any]:
    """The slots as they stand after a conversation's events."""
    slots: dict[str, Any] = {}
    for event in tracker_events:
        if event.get("event") == "slot":
            slots[event["name"]] = event.get("value")
        elif event.get("event") == "reset_slots":
            slots.clear()
    return slots
