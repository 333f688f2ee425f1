"""What the slots of a conversation say, as the dialogue's state; and the latest message."""

from copy import deepcopy
from dataclasses import asdict, fields
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet

from rasa_project.dialogue.reading import Message
from rasa_project.dialogue.state import Pending, State
from rasa_project.language.intents.names import intent_name
from rasa_project.language.mentions import Mention
from rasa_project.triage.facts import Facts
from rasa_project.triage.protocol import Protocol

_REMEMBERED = [field.name for field in fields(State) if field.name != "facts"]


class Conversation:
    """A tracker's slots, read once and written back as events.

    Args:
        protocol: The protocol in force.
        tracker: The SDK's tracker of this conversation.

    Attributes:
        state: What the conversation remembers; to be changed in place.
        last_read: Id of the last message that was read.
    """

    def __init__(self, protocol: Protocol, tracker: Tracker) -> None:
        slots = tracker.slots
        self._before = slots
        self._fact_names = tuple(protocol.specs)
        facts = Facts(
            protocol.specs,
            {name: slots[name] for name in protocol.specs if slots.get(name) is not None},
        )
        # Copies: the state is changed in place, and what changed is told from the slots.
        known = {name: deepcopy(slots[name]) for name in _REMEMBERED if slots.get(name) is not None}
        if "pending" in known:
            known["pending"] = Pending.from_slot(known["pending"])
        self.state = State(facts, **known)
        self.last_read: str | None = slots.get("last_read")

    def events(self) -> list[EventType]:
        """Slot events for everything that changed."""
        state = self.state
        now: dict[str, Any] = {name: state.facts.get(name) for name in self._fact_names}
        for name in _REMEMBERED:
            value = getattr(state, name)
            now[name] = value if value else None
        now["pending"] = asdict(state.pending) if state.pending else None
        now["last_read"] = self.last_read
        return [
            SlotSet(name, value) for name, value in now.items() if self._before.get(name) != value
        ]


def message_of(tracker: Tracker) -> Message:
    """The latest message: typed words with their mentions, or an answer to a screen."""
    latest = tracker.latest_message
    metadata = latest.get("metadata") or {}
    answer = metadata.get("answer") or {}
    intent = latest.get("intent") or {}
    classified = latest.get("classified_intent") or intent
    if metadata.get("typed"):
        intent, classified = _typeable(intent), _typeable(classified)
    return Message(
        text=latest.get("text") or "",
        mentions=[Mention(**mention) for mention in latest.get("facts") or []],
        choice=answer.get("choice"),
        number=answer.get("number"),
        intent=intent_name(intent),
        classified=intent_name(classified),
        confidence=classified.get("confidence") or 0.0,
        ranking=[
            (str(found.get("name")), float(found.get("confidence") or 0.0))
            for found in latest.get("intent_ranking") or []
        ],
        foreign=latest.get("language"),
        clinic=metadata.get("clinic"),
        near=metadata.get("near"),
        resume=metadata.get("resume"),
    )


def _typeable(intent: dict[str, Any]) -> dict[str, Any]:
    """The intent of typed words: the two that only the page can have are none."""
    return {} if intent.get("name") in ("start", "choose") else intent
