"""Chat events (``screen``, ``notice``) and facts worded from the protocol's data."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from rasa_project.loading import read_mapping
from rasa_project.settings import DATA
from rasa_project.triage.engine import Assessment
from rasa_project.triage.facts import NO, UNSURE, YES, Facts
from rasa_project.triage.protocol import Protocol
from rasa_project.triage.screens import Question

Event = dict[str, Any]


@lru_cache(maxsize=1)
def texts() -> Mapping[str, Any]:
    """The words of ``texts.yml``."""
    return read_mapping(DATA / "clinical" / "texts.yml")


def notice(kind: str, text: str) -> Event:
    """A ``notice`` event; ``kind`` is confirm, corrected, fallback, handoff or error."""
    return {"type": "notice", "kind": kind, "text": text}


def screen_event(
    question: Question, assessment: Assessment, again: bool = False, lead: str = ""
) -> Event:
    """A ``screen`` event of the chat contract.

    Args:
        question: What is asked.
        assessment: For the progress figures.
        again: Whether to ask in the other words.
        lead: Words to put before the question, such as what was already heard.
    """
    text = f"{lead} {question.again if again else question.text}".strip()
    event: Event = {
        "type": "screen",
        "text": text,
        "screen": question.screen,
        "kind": question.kind,
        "why": question.why,
        "progress": {"answered": assessment.answered, "remaining": assessment.remaining},
        "options": [
            {
                "value": option.value,
                "label": option.label,
                **({"extra": True} if option.extra else {}),
                **({"group": option.group} if option.group else {}),
            }
            for option in question.options
        ],
    }
    topic = texts()["screen_names"].get(question.name)
    if topic:
        event |= {"topic": topic, "change": texts()["change_about"].format(topic=topic)}
    if question.accepts_number:
        event |= {
            "accepts_number": True,
            "minimum": question.minimum,
            "maximum": question.maximum,
            "unit": question.unit,
        }
    return event


def known_so_far(protocol: Protocol, question: Question, facts: Facts) -> str:
    """What part of a list was volunteered before, put ahead of the question about the rest."""
    told = []
    if question.kind == "single":
        known = [name for name in question.sets if name in facts]
        return (
            texts()["partly_told"].format(facts=answer_words(protocol, question, facts))
            if known
            else ""
        )
    if question.kind != "multi":
        return ""
    for name in question.sets:
        value, spec = facts.get(name), protocol.specs[name]
        if isinstance(value, dict):
            told += [spec.values[item] for item, answer in value.items() if answer == YES]
        elif spec.kind == "tri" and value == YES:
            told.append(spec.label)
        elif spec.kind == "choice" and value not in (None, UNSURE, NO, "none"):
            told.append(spec.values[value])
    return texts()["already_told"].format(facts=", ".join(told)) if told else ""


def label_of(protocol: Protocol, name: str, value: str | None) -> str:
    """The plain words for a fact, or for one of its values."""
    spec = protocol.specs[name]
    return spec.values.get(value, spec.label) if value else spec.label


def value_words(protocol: Protocol, name: str, item: str | None, value: Any) -> str:
    """A fact and its value in plain words: "left", "8 weeks", "not: fever or chills"."""
    spec, words = protocol.specs[name], texts()
    if value == UNSURE and spec.values.get(UNSURE) is None:
        return words["is_unsure"].format(label=label_of(protocol, name, item))
    if spec.kind in ("tri", "bool") or item:
        label = words["tri_facts"].get(f"{name}.yes") or label_of(protocol, name, item)
        if value in (YES, True):
            return words["is_so"].format(label=label)
        denied = words["tri_facts"].get(f"{name}.no")
        return denied or words["is_not_so"].format(label=label)
    if spec.kind == "choice":
        plain = spec.values[value]
        return plain if name in PLAIN else f"{spec.label}: {plain}"
    if spec.kind == "number":
        return _number_words(spec.label, name, value)
    return str(value)


PLAIN = frozenset({"side", "zone_main", "onset", "respondent"})
"""Choices whose values need no name of the fact before them."""


def _number_words(label: str, name: str, value: float) -> str:
    units = texts()["units"]
    if name != "duration_days":
        return units.get(name, units["other"]).format(n=f"{value:g}", label=label)
    for unit, days, least in (("years", 365.25, 730), ("months", 30.44, 90), ("weeks", 7, 14)):
        if value >= least:
            return units[name][unit].format(n=f"{value / days:.0f}")
    return units[name]["day" if value == 1 else "days"].format(n=f"{value:g}")


def answer_words(protocol: Protocol, question: Question, facts: Facts) -> str:
    """What was answered to a question so far."""
    told: list[str] = []
    for name in question.sets:
        value, spec = facts.get(name), protocol.specs[name]
        if name == "zone_main" or value is None:
            continue
        if isinstance(value, dict):
            told += [_named(protocol, name, i, v) for i, v in value.items() if v != NO]
        elif spec.kind == "tri" and question.kind == "multi":
            opposite = {"walk4_then": YES}.get(name, NO)
            if value != opposite:
                told.append(_named(protocol, name, None, value))
        elif not (spec.absent_is and value == spec.absent_is):
            told.append(value_words(protocol, name, None, value))
    return ", ".join(told) or texts()["none_of_it"]


def _named(protocol: Protocol, name: str, item: str | None, value: Any) -> str:
    """In a list of what was told a name alone says "yes"."""
    if value == YES:
        return label_of(protocol, name, item)
    return value_words(protocol, name, item, value)
