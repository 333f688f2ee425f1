"""The form's validation: hands the message to the dialogue, says what it says, asks or ends."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import Conversation, message_of
from rasa_project.dialogue.asking import requested_slot
from rasa_project.dialogue.commands import Say
from rasa_project.dialogue.judging import judged
from rasa_project.dialogue.turn import Turn
from rasa_project.triage.judged import STANDING, red_flags
from rasa_project.triage.protocol import Protocol, protocol


class ValidateTriageForm(Action):
    """Runs each time the form runs, which is on every message.

    It also asks: Rasa allows a validation action to utter the question itself, and one place
    that decides and asks cannot ask something else than it decided. It answers asides itself for
    the same reason, so that no rule must bring the form back to its question.
    """

    def name(self) -> str:
        """The name Rasa calls for the form ``triage_form``."""
        return "validate_triage_form"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Takes the message, once; the form goes on while a question is open."""
        rules = protocol()
        conversation = Conversation(rules, tracker)
        message_id = tracker.latest_message.get("message_id")
        if conversation.last_read == message_id:
            turn = Turn(rules, conversation.state).ask()
        else:
            conversation.last_read = message_id
            turn = Turn(rules, conversation.state).take(message_of(tracker))
        self._tell_red_flags(rules, conversation, turn)
        for said in turn:
            if isinstance(said, str):
                dispatcher.utter_message(response=said)
            else:
                dispatcher.utter_message(json_message=said)
        # Set explicitly: an early end otherwise asks one more question (rasa#6569).
        slot = requested_slot(rules, conversation.state)
        return [*conversation.events(), SlotSet("requested_slot", slot)]

    def _tell_red_flags(self, rules: Protocol, conversation: Conversation, turn: list[Say]) -> None:
        """Notes for staff what holds while the questions go on; the store takes it off again."""
        held = red_flags(rules, judged(rules, conversation.state.facts))
        for place in reversed(range(len(turn) if held else 0)):
            said = turn[place]
            if isinstance(said, dict):
                turn[place] = {**said, STANDING: held}
                return
