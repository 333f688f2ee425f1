"""Starts the triage anew: every answer is forgotten, the page's clinic is kept."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, AllSlotsReset, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher


class ActionStartAgain(Action):
    """The only way an emergency outcome is set aside: the visitor says so."""

    def name(self) -> str:
        """The name in ``domain.yml``."""
        return "action_start_again"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Resets every slot; the words stay in the record."""
        dispatcher.utter_message(response="utter_started_again")
        return [
            AllSlotsReset(),
            SlotSet("clinic", tracker.get_slot("clinic")),
            SlotSet("last_read", tracker.latest_message.get("message_id")),
            ActiveLoop(None),
        ]
