"""Chat events (``screen``, ``outcome``, ``notice``) worded from the protocol's data."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from rasa_project.loading import read_mapping
from rasa_project.settings import DATA
from rasa_project.triage.conditions import Finding
from rasa_project.triage.engine import Assessment, Fired
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
    if question.accepts_number:
        event |= {
            "accepts_number": True,
            "minimum": question.minimum,
            "maximum": question.maximum,
            "unit": question.unit,
        }
    return event


def outcome_event(
    protocol: Protocol, assessment: Assessment, quotes: Mapping[str, str], revised: bool
) -> Event:
    """The ``outcome`` event: what to do, why in the visitor's words, and the safety net.

    Args:
        protocol: The protocol in force.
        assessment: A settled assessment; its level is not None.
        quotes: ``fact`` or ``fact.item`` -> the visitor's own words.
        revised: Whether an earlier outcome is replaced.
    """
    assert assessment.level is not None
    words = protocol.outcomes[assessment.level.name]
    deciding = [hit for hit in assessment.fired if hit.level == assessment.level]
    because = _because(protocol, deciding, quotes)
    unless = texts()["unless"][assessment.level.name]
    paragraphs = [
        texts()["revised"] if revised else "",
        f"{words['title']}. {words['do']}",
        " ".join(_steps(deciding)),
        because,
        words["safety_net"],
        texts()["automated"],
        "" if protocol.signed else texts()["unsigned"],
    ]
    return {
        "type": "outcome",
        "text": "\n\n".join(part for part in paragraphs if part),
        "level": assessment.level.name,
        "title": words["title"],
        "do": " ".join([words["do"], *_steps(deciding)]),
        "rules": [
            {
                "id": hit.rule.id,
                "facts": [
                    {"fact": f.fact, "value": f.value, "quote": _quote(f, quotes)}
                    for f in sorted(hit.findings, key=str)
                ],
                "source": "; ".join(f"{id_}: {protocol.sources[id_]}" for id_ in hit.rule.source),
            }
            for hit in assessment.fired
        ],
        "because": because,
        "unless": unless,
        "safety_net": words["safety_net"],
        "protocol": protocol.stamp,
        "revised": revised,
    }


def known_so_far(protocol: Protocol, question: Question, facts: Facts) -> str:
    """What part of a list was volunteered before, put ahead of the question about the rest."""
    told = []
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


MOST_REASONS = 3
"""How many rules the words of an outcome draw on; the event's ``rules`` hold every one."""


def _steps(deciding: list[Fired]) -> list[str]:
    """What the deciding rules say to do, without saying anything twice."""
    steps: list[str] = []
    for hit in deciding[:MOST_REASONS]:
        for step in (hit.rule.do.strip(), *(words.strip() for words in hit.more)):
            if step and step not in steps:
                steps.append(step)
    return steps


def _because(protocol: Protocol, deciding: list[Fired], quotes: Mapping[str, str]) -> str:
    deciding = deciding[:MOST_REASONS]
    reasons = " ".join(dict.fromkeys(hit.rule.say.strip() for hit in deciding))
    said, unsure = [], []
    for hit in deciding:
        for finding in sorted(hit.findings, key=str):
            if finding.value == UNSURE:
                unsure.append(protocol.specs[finding.fact].label)
            elif quote := _quote(finding, quotes):
                said.append(f"“{quote}”")
    parts = [texts()["because"].format(reasons=reasons)]
    if said:
        parts.append(texts()["you_said"].format(quotes=", ".join(dict.fromkeys(said))))
    if unsure:
        parts.append(texts()["unsure_said"].format(facts=", ".join(dict.fromkeys(unsure))))
    return " ".join(parts)


def _quote(finding: Finding, quotes: Mapping[str, str]) -> str:
    return quotes.get(f"{finding.fact}.{finding.value}") or quotes.get(finding.fact, "")
