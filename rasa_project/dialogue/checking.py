"""The two-week check in a conversation: what is carried over, asked otherwise, and concluded."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from rasa_project.dialogue.outcomes import today_in_ontario
from rasa_project.dialogue.state import State
from rasa_project.dialogue.wording import Event
from rasa_project.triage.engine import Assessment
from rasa_project.triage.facts import Facts
from rasa_project.triage.protocol import Protocol
from rasa_project.triage.rules import Level
from rasa_project.triage.screens import Option, Question
from rasa_project.triage.two_week_check import Step, take_step, two_week_check, with_step

FOUND = "found"


def begin(protocol: Protocol, state: State, resume: Mapping[str, Any]) -> Event:
    """Takes a code that the visitor gave.

    Args:
        protocol: The protocol in force.
        state: The conversation's memory; changed in place when the code opens a check.
        resume: What the code stands for: ``found`` says whether it works; if so ``keep`` are the
            facts carried over, ``check`` what :attr:`State.check` holds.

    Returns:
        What to say to it.
    """
    texts = two_week_check()
    if resume["found"] != FOUND:
        return _line(texts.refused[resume["found"]])
    if state.check is not None or state.outcome_given is not None:
        return _line(texts.refused["too_late"])
    state.check = dict(resume["check"])
    # What this visitor has said here already is newer than what is carried over.
    new = {name: value for name, value in resume["keep"].items() if name not in state.facts}
    state.facts = Facts(protocol.specs, {**new, **state.facts})
    return _line(texts.greeting)


def _line(text: str) -> Event:
    return {"type": "text", "text": text}


def as_asked(state: State, question: Question | None) -> Question | None:
    """The question as a check asks it: next to the first answers, where that makes a difference."""
    if state.check is None or question is None:
        return question
    words = two_week_check().questions.get(question.name)
    if words is None:
        return question
    if question.name == "onset":
        options = _since(state.check, words["nothing_new"], question)
    else:
        options = tuple(
            Option(raw["value"], raw["label"], raw["means"], {}) for raw in words["options"]
        )
    return replace(
        question, text=words["text"], again=words["again"], why=words["why"],
        options=options, unless_ticked={},
    )  # fmt: skip


def concluded(
    protocol: Protocol, state: State, result: Assessment, clinic_known: bool
) -> tuple[Assessment, Step | None]:
    """The assessment with the check's step, once everything is answered.

    The engine's own level stands when it is higher; a step that books asks for the area, as any
    outcome that names a clinic.

    Args:
        protocol: The protocol in force.
        state: The conversation's memory.
        result: The engine's assessment of the new answers.
        clinic_known: Whether a clinic is given already.
    """
    check, level = state.check, result.level
    if check is None or level not in (Level.SELF_CARE, Level.ROUTINE):
        return result, None
    if result.missing or (result.question is not None and not result.question.clinic):
        return result, None
    step = take_step(
        two_week_check(), check["then"], state.facts,
        date.fromisoformat(check["on"]), date.fromisoformat(check["review_on"]), today_in_ontario(),
    )  # fmt: skip
    raised = with_step(result, step)
    if step.hit.level < level:
        # The new answers ask for a visit whatever the comparison says.
        return raised, replace(step, name="book", words={})
    area = next(q for q in protocol.questions if q.clinic)
    wanted = raised.level == Level.ROUTINE and not clinic_known
    if wanted and result.question is None and not any(map(state.facts.answered, area.sets)):
        raised = replace(raised, question=area, remaining=1)
    return raised, step


def early_review(state: State, step: Step | None) -> date | None:
    """The day that still stands for the check when it was opened too early to compare."""
    if state.check is None or step is None or step.name == "book":
        return None
    review_on = date.fromisoformat(state.check["review_on"])
    return review_on if today_in_ontario() < review_on else None


def _since(check: Mapping[str, Any], label: str, question: Question) -> tuple[Option, ...]:
    """ "Nothing new" repeats how it started and when; what is new is asked for as at first."""
    as_before = Option(
        "none", label, {"onset": check["onset"], "duration_days": check["duration_days"]}, {}
    )
    return (as_before, *(option for option in question.options if option.value != "gradual"))
