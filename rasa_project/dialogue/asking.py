"""What is asked next: the chat's own question, a question opened again, or the protocol's next."""

from typing import Any

from rasa_project.clinics.directory import default_directory
from rasa_project.dialogue.checking import as_asked, concluded
from rasa_project.dialogue.commands import Say, text_event
from rasa_project.dialogue.judging import judged
from rasa_project.dialogue.own_questions import as_question
from rasa_project.dialogue.state import MEANING, State
from rasa_project.dialogue.wording import answer_words, known_so_far, screen_event, texts
from rasa_project.triage.engine import Assessment
from rasa_project.triage.protocol import Protocol
from rasa_project.triage.rules import Level
from rasa_project.triage.screens import Question


def ask_next(protocol: Protocol, state: State, again: bool, said: bool) -> list[Say]:
    """Asks, or ends when nothing is left to ask.

    Args:
        protocol: The protocol in force.
        state: What the conversation remembers; the open question is set.
        again: Whether to ask in other words.
        said: Whether something was said this turn.
    """
    clinic_known = _clinic_known(state.clinic)
    result = judged(protocol, state.facts, clinic_known=clinic_known)
    result, _ = concluded(protocol, state, result, clinic_known)
    if state.ended or result.level == Level.EMERGENCY:
        state.pending = state.reopened = None
        return _end(protocol, state, result, said)
    if state.stopped:
        return []
    if state.pending is not None and state.pending.kind != MEANING:
        return [screen_event(as_question(protocol, state.pending), result)]
    reopened = protocol.question(state.reopened) if state.reopened else None
    question = reopened or result.question
    if question is None:
        return _end(protocol, state, result, said)
    lead = _lead(protocol, state, question, reopened is not None)
    asked_before = question.name == state.open_question and question.name in state.asked_again
    state.open_question = question.name
    question = as_asked(state, question) or question
    return [screen_event(question, result, again or asked_before, lead)]


def _lead(protocol: Protocol, state: State, question: Question, reopened: bool) -> str:
    """Words before the question: what was told already."""
    if not reopened:
        return known_so_far(protocol, question, state.facts)
    answer = answer_words(protocol, question, state.facts)
    if set(question.sets) & set(state.settled):
        return str(texts()["not_so"].format(old=answer))
    return str(texts()["reopened"].format(answer=answer))


def _end(protocol: Protocol, state: State, result: Assessment, said: bool) -> list[Say]:
    """The outcome action speaks, unless the outcome that was given still stands."""
    state.open_question = None
    if state.ended or state.outcome_given is None or result.level is None:
        return []
    same = outcome_key(result) == state.outcome_given
    if not same or (said and result.level < Level.URGENT):
        return []
    # After an urgent outcome nothing may sound as if it were over.
    words = protocol.outcomes[result.level.name]["do"]
    return ["utter_outcome_stands", text_event(words)]


def outcome_key(assessment: Assessment) -> dict[str, Any]:
    """What makes an outcome another one than the last."""
    assert assessment.level is not None
    return {"level": assessment.level.name, "rules": [hit.rule.id for hit in assessment.fired]}


def requested_slot(protocol: Protocol, state: State) -> str | None:
    """The fact that the open question asks for; None when nothing is open."""
    own = state.pending is not None and state.pending.kind != MEANING
    name = state.pending.home if own and state.pending else state.open_question
    question = protocol.question(name) if name else None
    return question.sets[0] if question is not None else None


def _clinic_known(slug: str | None) -> bool:
    """Whether the page's own clinic can be named: it exists and is open."""
    clinic = default_directory().by_slug(slug)
    return clinic is not None and clinic.is_open
