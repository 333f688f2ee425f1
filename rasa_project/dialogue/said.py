"""What the mentions of a message state for certain, deny, and leave in doubt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rasa_project.dialogue.judging import judged
from rasa_project.language.mentions import Mention
from rasa_project.triage.facts import NO, YES, FactError, Facts
from rasa_project.triage.protocol import Protocol
from rasa_project.triage.rules import Level


@dataclass(frozen=True)
class Doubt:
    """A red flag that was mentioned in doubt."""

    fact: str
    value: str
    quote: str


def facts_said(
    protocol: Protocol, mentions: Sequence[Mention], quotes: dict[str, str]
) -> dict[str, Any]:
    """Facts that were stated for certain, about the visitor, now."""
    said: dict[str, Any] = {}
    for mention in mentions:
        if mention.fact not in protocol.specs or not is_certain(mention):
            continue
        stated = _stated(protocol, mention)
        if stated is None:
            continue
        spec = protocol.specs[mention.fact]
        if spec.kind == "choice" and mention.fact in said and mention.fact != "zone_main":
            said[mention.fact] = spec.graver(said[mention.fact], stated)
        else:
            merge_into(said, mention.fact, stated)
        key = f"{mention.fact}.{mention.value}" if spec.kind == "list" else mention.fact
        quotes.setdefault(key, mention.text)
    if "zones" in said and "zone_main" not in said:
        named = [z for z, answer in said["zones"].items() if answer == YES]
        if named:
            said["zone_main"] = next((z for z in named if z not in _only_tight(mentions)), named[0])
    return said


def _only_tight(mentions: Sequence[Mention]) -> set[Any]:
    """Places named for tightness alone: sore perhaps, but not the sorest beside another."""
    tight = [m for m in mentions if m.value == "calf_tight_glute_weak" and is_certain(m)]
    return {
        m.value
        for m in mentions
        if m.fact == "zones" and any(m.start < t.end and t.start < m.end for t in tight)
    }


def choices_denied(
    protocol: Protocol, mentions: Sequence[Mention], said: Mapping[str, Any]
) -> dict[str, str]:
    """Values of choice facts that were denied without another in their place."""
    return {
        m.fact: str(m.value)
        for m in mentions
        if is_certain(m)
        and m.assertion == "absent"
        and m.fact not in said
        and m.fact in protocol.specs
        and protocol.specs[m.fact].kind == "choice"
    }


def is_certain(mention: Mention) -> bool:
    """Whether a mention states something of the visitor, now."""
    return (
        mention.experiencer == "self"
        and mention.temporality == "current"
        and mention.assertion in ("present", "absent")
    )


def _stated(protocol: Protocol, mention: Mention) -> Any:
    """The value of a certain mention in the form facts keep; None when it states nothing."""
    spec = protocol.specs[mention.fact]
    denied = mention.assertion == "absent"
    try:
        if spec.kind == "list":
            if mention.value == "none":
                return None if denied else spec.parse(["none"])
            spec.parse([mention.value])
            return {mention.value: NO if denied else YES}
        if spec.kind == "tri":
            flipped = {YES: NO, NO: YES}
            return flipped[str(mention.value)] if denied else spec.parse(mention.value)
        if denied:
            return spec.absent_is
        return spec.parse(mention.value)
    except (FactError, KeyError):
        return None


def merge_into(updates: dict[str, Any], name: str, value: Any) -> None:
    """Adds a fact to updates, list items one by one."""
    if isinstance(value, dict) and isinstance(updates.get(name), dict):
        # Of "yes" and "no" about one item in the same message, "yes" is the safe reading.
        for item, answer in value.items():
            if updates[name].get(item) != YES:
                updates[name][item] = answer
    else:
        updates[name] = value


def find_doubt(protocol: Protocol, facts: Facts, mentions: Sequence[Mention]) -> Doubt | None:
    """The first doubtful mention that would raise the level to URGENT or EMERGENCY."""
    settled = {(m.fact, m.value) for m in mentions if is_certain(m)}
    now = judged(protocol, facts)
    for mention in mentions:
        name, value = mention.fact, mention.value
        if name not in protocol.specs or is_certain(mention) or (name, value) in settled:
            continue
        if mention.assertion == "absent" or not isinstance(value, str) or value == "none":
            continue
        known = facts.get(name)
        # What was answered "no" before is asked again: the doubt came after the answer.
        if known == value or (isinstance(known, dict) and known.get(value) == YES):
            continue
        stated = {value: YES} if protocol.specs[name].kind == "list" else value
        raised = judged(protocol, facts.with_({name: stated})).level
        if raised is not None and raised >= Level.URGENT and raised > (now.level or 0):
            return Doubt(name, value, mention.text)
    return None
