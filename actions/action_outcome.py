"""Gives the next step, and refuses to when a mandatory question was not answered."""

from datetime import date, datetime
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import Conversation
from rasa_project.advice.articles import default_articles
from rasa_project.advice.plan import PlanCase, make_plan, plan_event
from rasa_project.clinics.directory import default_directory
from rasa_project.clinics.offer import area_text, clinic_event
from rasa_project.clinics.places import find_place
from rasa_project.clinics.zone import TORONTO
from rasa_project.dialogue.answering import answer
from rasa_project.dialogue.asking import outcome_key
from rasa_project.dialogue.checking import concluded, early_review
from rasa_project.dialogue.outcomes import outcome_event, today_in_ontario
from rasa_project.dialogue.state import State
from rasa_project.dialogue.wording import notice, texts
from rasa_project.triage.engine import Assessment, assess, open_facts
from rasa_project.triage.facts import UNSURE
from rasa_project.triage.judged import RECORD, Judged
from rasa_project.triage.protocol import protocol
from rasa_project.triage.rules import Level


class AdviceRefused(RuntimeError):
    """The outcome was asked for before every mandatory fact was answered.

    Raising it aborts the turn: the visitor gets the fail-safe answer and the form stays.
    """


class ActionOutcome(Action):
    """The advice action. It judges the facts itself and trusts no slot that says it may speak."""

    def name(self) -> str:
        """The name in ``domain.yml``."""
        return "action_outcome"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Utters outcome, plan and clinic.

        Raises:
            AdviceRefused: A mandatory fact is unanswered.
        """
        rules = protocol()
        conversation = Conversation(rules, tracker)
        state = conversation.state
        if state.ended == "self_harm":
            dispatcher.utter_message(json_message=notice("handoff", texts()["self_harm"]))
            return []
        judged = assess(rules, state.facts, clinic_known=True)
        self._refuse_if_unanswered(state, judged)
        result, step = concluded(rules, state, judged, clinic_known=True)
        assert result.level is not None
        given = outcome_key(result)
        if given == state.outcome_given:
            return []  # the form has said that it still stands
        revised = state.outcome_given is not None
        today = today_in_ontario()
        event = outcome_event(rules, state.facts, result, state.quotes, revised, today, step)
        # Without a check's step: the record is of what the rules make of these facts alone.
        record = Judged.of(rules, state.facts, judged, clinic_known=True).to_json()
        # The store keeps the record beside the event; the visitor's page never gets it.
        dispatcher.utter_message(json_message={**event, RECORD: record})
        self._plan(state, result, early_review(state, step), dispatcher)
        if result.level in (Level.PROMPT, Level.ROUTINE):
            self._clinic(state, dispatcher)
        state.outcome_given = given
        return conversation.events()

    def _refuse_if_unanswered(self, state: State, result: Assessment) -> None:
        waits_for = open_facts(protocol(), state.facts, result)
        if waits_for or result.level is None:
            raise AdviceRefused(f"unanswered: {sorted(waits_for)}")

    def _clinic(self, state: State, dispatcher: CollectingDispatcher) -> None:
        area = state.facts.get("area")
        place = find_place(area) if area and area != UNSURE else None
        event = clinic_event(default_directory(), place, state.clinic, datetime.now(TORONTO))
        if event is None and place is not None:
            # "Ottawa", "Toronto": told before, and no clinic can be picked by it.
            dispatcher.utter_message(json_message={"type": "text", "text": area_text(place)})
        elif event is None:
            where = answer(default_articles()["locations"], state.clinic)
            dispatcher.utter_message(json_message=where)
        else:
            dispatcher.utter_message(json_message=event)

    def _plan(
        self,
        state: State,
        result: Assessment,
        review_on: date | None,
        dispatcher: CollectingDispatcher,
    ) -> None:
        assert result.level is not None
        case = PlanCase.from_facts(result.level.name, result.irritability, state.facts)
        plan = make_plan(case, today_in_ontario(), review_on=review_on)
        if plan is not None:
            dispatcher.utter_message(json_message=plan_event(plan))
