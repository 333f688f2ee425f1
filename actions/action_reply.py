"""The last resort: what no rule foresees is answered with a way out, never with silence."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from rasa_project.dialogue.wording import notice, texts


class ActionReply(Action):
    """RulePolicy's fallback. The form takes every message, so this is not met in the ordinary."""

    def name(self) -> str:
        """The name in ``domain.yml`` and ``config.yml``."""
        return "action_reply"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Says that it was not understood, and where help is."""
        dispatcher.utter_message(json_message=notice("fallback", texts()["not_followed"]))
        return []
