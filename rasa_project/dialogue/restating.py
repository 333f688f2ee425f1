"""Corrections that name no fact: "sorry, I meant weeks", "no wait, 7", "the other side"."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from rasa_project.dialogue.cues import Correction, cues
from rasa_project.dialogue.reading import Message, read_message
from rasa_project.dialogue.said import is_certain
from rasa_project.dialogue.state import State
from rasa_project.language.mentions import PRESENT, UNCERTAIN, Mention
from rasa_project.language.times import Span, spans
from rasa_project.triage.facts import NO, YES, FactError
from rasa_project.triage.protocol import Protocol

_UNITS = {
    "minute": 1 / 1440, "hour": 1 / 24, "day": 1.0, "week": 7.0, "month": 30.0, "year": 365.0,
}  # fmt: skip
_SHORT = ("minute", "hour")
_ANY_DAY = date(2000, 1, 3)  # for lengths that do not hang on the calendar
_SWELLING_AT = {
    "Z1": "calf", "Z2": "tendon_heel", "Z3": "tendon_heel", "Z4": "tendon_heel",
    "Z5": "tendon_heel", "Z6": "tendon_heel", "Z7": "ankle_joint", "Z8": "ankle_joint",
    "Z9": "ankle_joint", "Z10": "whole_leg",
}  # fmt: skip
_FLIPPED_SIDE = {"left": "right", "right": "left"}


def flipped(mentions: Sequence[Mention], text: str, facts: Mapping[str, Any]) -> list[Mention]:
    """ "I said no swelling but there is some": what was denied is meant to be there.

    A swelling whose place nobody named is at the sorest place.
    """
    if not cues().has(text, "there_is"):
        return list(mentions)
    turned = []
    for mention in mentions:
        value: Any = mention.value
        if mention.fact == "swelling" and (value == "none" or mention.assertion == UNCERTAIN):
            value = _SWELLING_AT.get(facts.get("zone_main", ""), "none")
            if value == "none":
                turned.append(mention)
                continue
        elif value == NO:
            value = YES
        elif mention.assertion == PRESENT:
            turned.append(mention)
            continue
        turned.append(replace(mention, value=value, assertion=PRESENT))
    return turned


def restated(
    protocol: Protocol, state: State, correction: Correction, message: Message
) -> dict[str, Any]:
    """The facts that a correction without a fact of its own means.

    Args:
        protocol: The protocol in force.
        state: What is known, and which question was answered last.
        correction: Its words besides "I meant".
        message: The whole message.

    Returns:
        Facts; empty when they cannot be told.
    """
    if any(is_certain(mention) for mention in message.mentions):
        return {}
    if cues().has(message.text, "other_side"):
        side = _FLIPPED_SIDE.get(state.facts.get("side", ""))
        return {"side": side} if side else {}
    time = _time(state, correction.rest)
    if time:
        return time if _in_range(protocol, time) else {}
    return _last_answer(protocol, state, correction) if correction.sure else {}


def _in_range(protocol: Protocol, updates: Mapping[str, Any]) -> bool:
    """Whether the numbers can be: nobody is stiff for 15 hours."""
    try:
        for name, value in updates.items():
            protocol.specs[name].parse(value)
    except FactError:
        return False
    return True


def _time(state: State, rest: Sequence[str]) -> dict[str, Any]:
    """ "Weeks", "3 months not 3 weeks", "weeks not days"."""
    said = list(rest[: rest.index("not")] if "not" in rest else rest)
    found = spans(said, _ANY_DAY)
    if found and found[0].unit:
        around = said[: found[0].start] + said[found[0].end :]
        # "I rested for two weeks" has a time too, but says more than a time.
        return _as_fact(found[0]) if cues().all_of(around, "around_a_time") else {}
    unit = said[0].removesuffix("s") if len(said) == 1 else ""
    if unit not in _UNITS:
        return {}
    name = "stiffness_min" if unit in _SHORT else "duration_days"
    if unit in ("hour", "minute") and "stiffness_min" not in state.facts:
        return {}
    known = state.facts.get(name)
    if not isinstance(known, int | float):
        return {}
    before = spans(list(cues().words(state.quotes.get(name, ""))), _ANY_DAY)
    counted = [span for span in before if span.unit.removesuffix("s") in _UNITS]
    base = _UNITS["minute" if name == "stiffness_min" else "day"]
    amount = known
    if counted:
        amount = counted[0].days / _UNITS[counted[0].unit.removesuffix("s")]
    return {name: round(amount * _UNITS[unit] / base)}


def _as_fact(span: Span) -> dict[str, Any]:
    if span.unit.removesuffix("s") in _SHORT:
        return {"stiffness_min": round(span.days * 1440)}
    return {"duration_days": round(span.days)}


def _last_answer(protocol: Protocol, state: State, correction: Correction) -> dict[str, Any]:
    """What the rest says to the question that was answered last."""
    if not correction.rest or not state.answered:
        return {}
    question = protocol.question(state.answered[-1])
    if question is None:
        return {}
    facts = state.facts.without(set(question.sets))
    try:
        heard = read_message(protocol, facts, question, True, Message(" ".join(correction.rest)))
    except FactError:
        return {}
    return heard.updates if heard.answered else {}
