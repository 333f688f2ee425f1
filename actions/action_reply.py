"""Answers an aside: a greeting, a question about the article, thanks, or words not understood."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import Conversation, intent_of
from rasa_project.clinics.directory import default_directory
from rasa_project.dialogue.wording import notice
from rasa_project.triage.protocol import protocol


class ActionReply(Action):
    """One action for every aside; the rule that calls it decides what comes after."""

    def name(self) -> str:
        """The name in ``domain.yml``."""
        return "action_reply"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Utters ``utter_<intent>``; words that were not understood get a way out."""
        state = Conversation(protocol(), tracker)
        intent = intent_of(tracker)
        question = protocol().question(state.open_question) if state.open_question else None
        if intent == "why" and question is not None:
            dispatcher.utter_message(text=question.why)
        elif intent == "talk_to_person":
            self._hand_off(state, dispatcher, domain)
        elif f"utter_{intent}" in domain["responses"]:
            dispatcher.utter_message(response=f"utter_{intent}")
        else:
            dispatcher.utter_message(response="utter_not_followed")
        given = state.outcome_given
        if question is None and given and given["level"] in ("EMERGENCY", "URGENT"):
            # After an urgent outcome nothing may sound as if it were over.
            dispatcher.utter_message(response="utter_outcome_stands")
            dispatcher.utter_message(text=protocol().outcomes[given["level"]]["do"])
        return []

    def _hand_off(
        self, state: Conversation, dispatcher: CollectingDispatcher, domain: dict[str, Any]
    ) -> None:
        clinic = default_directory().by_slug(state.clinic) if state.clinic else None
        text = domain["responses"]["utter_talk_to_person"][0]["text"]
        if clinic is not None and clinic.phone:
            text = f"{text} {clinic.name}: {clinic.phone}."
        dispatcher.utter_message(json_message=notice("handoff", text))
