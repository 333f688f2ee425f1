"""Starts the triage anew: every answer is forgotten, the page's clinic is kept."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, AllSlotsReset, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from rasa_project.dialogue.cues import cues

LONGEST = 10
"""Words: in a longer message "start again" is told of the pain, or of a run."""


class ActionStartAgain(Action):
    """The only way an emergency outcome is set aside: the visitor says so."""

    def name(self) -> str:
        """The name in ``domain.yml``."""
        return "action_start_again"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Resets every slot if the words are plain; they stay in the record."""
        text = tracker.latest_message.get("text") or ""
        read = SlotSet("last_read", tracker.latest_message.get("message_id"))
        if not cues().has(text, "start_again") or len(cues().words(text)) > LONGEST:
            # The classifier's guess is not enough to forget a red flag.
            dispatcher.utter_message(response="utter_start_again_how")
            return [read]
        dispatcher.utter_message(response="utter_started_again")
        return [
            AllSlotsReset(),
            SlotSet("clinic", tracker.get_slot("clinic")),
            read,
            ActiveLoop(None),
        ]
