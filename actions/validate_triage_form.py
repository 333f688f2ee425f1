"""The form's validation: merges what was said, runs the engine on every turn, asks or ends."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActionExecutionRejected, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import Conversation, intent_of, message_of
from rasa_project.clinics.directory import default_directory
from rasa_project.clinics.offer import area_text
from rasa_project.clinics.places import find_place
from rasa_project.dialogue.reading import Doubt, doubt_question, read_message, settle_doubt
from rasa_project.dialogue.wording import known_so_far, label_of, screen_event, texts
from rasa_project.triage.engine import Assessment, assess
from rasa_project.triage.facts import UNSURE
from rasa_project.triage.protocol import protocol
from rasa_project.triage.rules import Level

# Intents that are never an answer to a question, whatever words they hold.
ASIDES = {
    "start_again", "talk_to_person", "why", "are_you_human", "privacy", "ask_repeat", "greet",
    "thank", "goodbye",
}  # fmt: skip


class ValidateTriageForm(Action):
    """Runs each time the form runs, also when it comes back after an aside.

    It also asks: Rasa allows a validation action to utter the question itself, and one place
    that decides and asks cannot ask something else than it decided.
    """

    def name(self) -> str:
        """The name Rasa calls for the form ``triage_form``."""
        return "validate_triage_form"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Reads the message once, then asks the next question or ends the form."""
        state = Conversation(protocol(), tracker)
        message_id = tracker.latest_message.get("message_id")
        intent = intent_of(tracker)
        again = False
        if state.last_read != message_id:
            state.last_read = message_id
            if intent == "start":
                state.clinic = (tracker.latest_message.get("metadata") or {}).get("clinic")
                dispatcher.utter_message(response="utter_greeting")
            elif intent == "self_harm":
                state.ended = "self_harm"
            elif not state.ended:
                understood, again = self._read(state, tracker, dispatcher, intent)
                if not understood and state.open_question is None:
                    # After the outcome there is no question to come back to.
                    dispatcher.utter_message(response="utter_not_followed")
                    return self._end(state)
                if not understood:
                    return [*state.events(), ActionExecutionRejected("triage_form")]
        else:
            again = state.open_question in state.asked_again
        return self._next(state, dispatcher, again)

    def _read(
        self, state: Conversation, tracker: Tracker, dispatcher: CollectingDispatcher, intent: str
    ) -> tuple[bool, bool]:
        """Merges the message.

        Returns:
            Whether it was understood, and whether to ask in other words.
        """
        rules, message = protocol(), message_of(tracker)
        if state.doubt is not None and not (intent in ASIDES and not message.mentions):
            heard, state.doubt = settle_doubt(rules, state.doubt, message)
            if heard.answered:
                state.facts = state.facts.with_(heard.updates)
                state.quotes |= heard.quotes
                return True, False
            return True, True
        question = rules.question(state.open_question) if state.open_question else None
        if question is not None and question.clinic and message.choice is None:
            return self._read_area(state, dispatcher, message.text, intent)
        if intent in ASIDES and message.choice is None and not message.mentions:
            return False, False
        again = state.open_question in state.asked_again
        heard = read_message(rules, state.facts, question, again, message)
        if not heard.understood:
            return False, False
        state.facts = state.facts.with_(heard.updates)
        state.quotes |= heard.quotes
        state.doubt = heard.doubt
        if state.facts.get("consent_chat") is False:
            # A refusal is respected and can be taken back: the question stays open.
            dispatcher.utter_message(response="utter_consent_declined")
            state.facts = state.facts.without({"consent_chat"})
        elif (
            question is not None
            and question.always
            and not heard.answered
            # Consent is still open. An emergency must not begin with small talk.
            and assess(rules, state.facts).level != Level.EMERGENCY
        ):
            dispatcher.utter_message(text=texts()["acknowledged"])
        if heard.updates.get("respondent") == "self" and question and "respondent" in question.sets:
            dispatcher.utter_message(response="utter_child_typing")
        if heard.unsure and question is not None:
            state.asked_again.append(question.name)
            return True, True
        return True, False

    def _read_area(
        self, state: Conversation, dispatcher: CollectingDispatcher, text: str, intent: str
    ) -> tuple[bool, bool]:
        """A place name or postal area; after a second miss the outcome comes without one."""
        place = find_place(text)
        if place.kind == "found":
            state.facts = state.facts.with_({"area": place.fsa or place.name})
            return True, False
        if intent in ASIDES:
            return False, False
        if place.kind == "outside" or "area" in state.asked_again:
            # Two misses, or too far away: the next step must not wait for a place name.
            dispatcher.utter_message(text=area_text(place))
            state.facts = state.facts.with_({"area": UNSURE})
            return True, False
        state.asked_again.append("area")
        dispatcher.utter_message(text=area_text(place))
        return True, True

    def _next(
        self, state: Conversation, dispatcher: CollectingDispatcher, again: bool
    ) -> list[EventType]:
        rules = protocol()
        result = assess(rules, state.facts, clinic_known=_clinic_known(state.clinic))
        if state.ended or result.level == Level.EMERGENCY:
            state.doubt = None
            return self._end(state)
        if state.doubt is not None:
            self._confirm(state.doubt, result, dispatcher)
            home = next(q for q in rules.questions if state.doubt.fact in q.sets)
            state.open_question = home.name
            return [*state.events(), SlotSet("requested_slot", state.doubt.fact)]
        question = result.question
        if question is None:
            return self._end(state)
        lead = known_so_far(rules, question, state.facts)
        again = again and question.name == state.open_question
        state.open_question = question.name
        dispatcher.utter_message(json_message=screen_event(question, result, again, lead))
        return [*state.events(), SlotSet("requested_slot", question.sets[0])]

    def _confirm(self, doubt: Doubt, result: Assessment, dispatcher: CollectingDispatcher) -> None:
        rules = protocol()
        fact = label_of(rules, doubt.fact, doubt.value)
        if rules.specs[doubt.fact].kind == "tri":
            fact = texts()["tri_facts"].get(f"{doubt.fact}.{doubt.value}", fact)
        text = texts()["confirm"].format(fact=fact)
        question = doubt_question(rules, doubt, text, texts()["confirm_why"])
        dispatcher.utter_message(json_message=screen_event(question, result))

    def _end(self, state: Conversation) -> list[EventType]:
        state.open_question = None
        # Set explicitly: an early end otherwise asks one more question (rasa#6569).
        return [*state.events(), SlotSet("requested_slot", None)]


def _clinic_known(slug: str | None) -> bool:
    """Whether the page's own clinic can be named: it exists and is open."""
    clinic = default_directory().by_slug(slug)
    return clinic is not None and clinic.is_open
