"""What the slots of a conversation say, as values of the triage."""

from dataclasses import asdict
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet

from rasa_project.dialogue.reading import Doubt, Message
from rasa_project.language.mentions import Mention
from rasa_project.triage.facts import Facts
from rasa_project.triage.protocol import Protocol


class Conversation:
    """A tracker's slots, read once and written back as events.

    Args:
        protocol: The protocol in force.
        tracker: The SDK's tracker of this conversation.
    """

    def __init__(self, protocol: Protocol, tracker: Tracker) -> None:
        slots = tracker.slots
        self._before = slots
        self.facts = Facts(
            protocol.specs,
            {name: slots[name] for name in protocol.specs if slots.get(name) is not None},
        )
        self.quotes: dict[str, str] = dict(slots.get("quotes") or {})
        self.clinic: str | None = slots.get("clinic")
        self.open_question: str | None = slots.get("open_question")
        self.asked_again: list[str] = list(slots.get("asked_again") or [])
        self.doubt = Doubt(**slots["doubt"]) if slots.get("doubt") else None
        self.last_read: str | None = slots.get("last_read")
        self.ended: str | None = slots.get("ended")
        self.outcome_given: dict[str, Any] | None = slots.get("outcome_given")

    def events(self) -> list[EventType]:
        """Slot events for everything that changed."""
        now: dict[str, Any] = dict(self.facts)
        now |= {
            "quotes": self.quotes,
            "clinic": self.clinic,
            "open_question": self.open_question,
            "asked_again": self.asked_again,
            "doubt": asdict(self.doubt) if self.doubt else None,
            "last_read": self.last_read,
            "ended": self.ended,
            "outcome_given": self.outcome_given,
        }
        return [
            SlotSet(name, value) for name, value in now.items() if self._before.get(name) != value
        ]


def message_of(tracker: Tracker) -> Message:
    """The latest message: typed words with their mentions, or an answer to a screen."""
    latest = tracker.latest_message
    metadata = latest.get("metadata") or {}
    answer = metadata.get("answer") or {}
    return Message(
        text=latest.get("text") or "",
        mentions=[Mention(**mention) for mention in latest.get("facts") or []],
        choice=answer.get("choice"),
        number=answer.get("number"),
    )


def intent_of(tracker: Tracker) -> str:
    """The intent of the latest message; empty when there is none."""
    return (tracker.latest_message.get("intent") or {}).get("name") or ""
