"""Gathers a conversation from the record and renders the visitor's summary."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from rasa_project.dialogue.wording import label_of
from rasa_project.summary.content import make_summary
from rasa_project.summary.render import render
from rasa_project.transcripts.records import Event
from rasa_project.transcripts.store import ConversationStore
from rasa_project.triage.protocol import Protocol


class Summaries:
    """Makes summaries of stored conversations.

    Args:
        store: The record.
        protocol: The protocol in force, for the words of its facts.
    """

    def __init__(self, store: ConversationStore, protocol: Protocol) -> None:
        self._store = store
        self._protocol = protocol

    def __call__(self, conversation_id: str, media_type: str) -> bytes:
        """Renders the summary.

        Args:
            conversation_id: An open conversation.
            media_type: One that the contract lists.

        Raises:
            StoreUnavailable: The database failed.
        """
        conversation = self._store.conversation(conversation_id)
        assert conversation is not None
        slots = _slots(self._store.tracker_events(conversation_id))
        events = self._store.events_after(conversation_id)
        specs = self._protocol.specs
        outcome = _last(events, "outcome")
        # Plan and clinic belong to the last outcome; a revised one may have neither.
        after = [e for e in events if outcome is not None and e["seq"] > outcome["seq"]]
        summary = make_summary(
            facts={name: slots[name] for name in specs if slots.get(name) is not None},
            quotes=slots.get("quotes") or {},
            outcome=outcome,
            plan=_last(after, "plan"),
            clinic=_last(after, "clinic"),
            reference=conversation.reference,
            created_at=datetime.fromisoformat(events[0]["at"].replace("Z", "+00:00")),
            labels=lambda name, value: label_of(self._protocol, name, value),
            protocol_facts={
                name: tuple(spec.values)
                if spec.kind == "list" and not spec.partial_is_enough
                else ()
                for name, spec in specs.items()
            },
            protocol=self._protocol.stamp,
        )
        return render(summary, media_type)


def _last(events: list[Event], kind: str) -> Event | None:
    return next((event for event in reversed(events) if event["type"] == kind), None)


def _slots(tracker_events: list[dict[str, Any]]) -> Mapping[str, Any]:
    """The slots as they stand after a conversation's events."""
    slots: dict[str, Any] = {}
    for event in tracker_events:
        if event.get("event") == "slot":
            slots[event["name"]] = event.get("value")
        elif event.get("event") == "reset_slots":
            slots.clear()
    return slots
