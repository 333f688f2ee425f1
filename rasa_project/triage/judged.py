"""The record of an outcome: what it was judged on, and how to judge it again."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from rasa_project.triage.engine import Assessment, assess, open_facts
from rasa_project.triage.facts import FactError, Facts, parse_facts
from rasa_project.triage.protocol import Protocol

RECORD = "judged"
"""Key of an outcome event under which its record travels from the action to the store."""

STANDING = "standing"
"""Key of an event under which the ids of red-flag rules that hold by then travel likewise."""


@dataclass(frozen=True)
class Judged:
    """An outcome with everything the engine read for it.

    Attributes:
        level: The level that was given.
        rules: Ids of the rules that held, highest level first.
        protocol_version: The protocol's version then.
        protocol_hash: The hash of its files then.
        facts: What was known, by the protocol's names.
        clinic_known: Whether the engine was told that no area is needed.
    """

    level: str
    rules: Sequence[str]
    protocol_version: str
    protocol_hash: str
    facts: Mapping[str, Any]
    clinic_known: bool

    @classmethod
    def of(
        cls, protocol: Protocol, facts: Facts, assessment: Assessment, clinic_known: bool
    ) -> "Judged":
        """The record of an assessment that has a level."""
        assert assessment.level is not None
        return cls(
            level=assessment.level.name,
            rules=_ids(assessment),
            protocol_version=protocol.version,
            protocol_hash=protocol.hash,
            facts=dict(facts),
            clinic_known=clinic_known,
        )

    def to_json(self) -> dict[str, Any]:
        """The record as plain values."""
        return asdict(self)


@dataclass(frozen=True)
class Again:
    """The same facts under some rules.

    Attributes:
        level: The level now; None while no rule holds and something could still change that.
        rules: Ids of the rules that hold, highest level first.
        waits_for: Facts these rules would ask for before any outcome.
        unreadable: The fact that these rules do not know or allow; then nothing could be judged.
    """

    level: str | None = None
    rules: tuple[str, ...] = ()
    waits_for: tuple[str, ...] = ()
    unreadable: str | None = None


def judge_again(protocol: Protocol, record: Judged) -> Again:
    """Judges the facts of a stored outcome under other rules, or under the same ones.

    Args:
        protocol: The rules to judge under.
        record: A stored outcome.
    """
    if not isinstance(record.facts, Mapping):
        return Again(unreadable="(all)")
    try:
        facts = parse_facts(protocol.specs, record.facts)
    except FactError as error:
        return Again(unreadable=error.key)
    # What would be asked next is most of the engine's work, and tells nothing about the level.
    result = assess(replace(protocol, questions=()), facts, record.clinic_known)
    return Again(
        level=result.level.name if result.level is not None else None,
        rules=tuple(_ids(result)),
        waits_for=tuple(sorted(open_facts(protocol, facts, result))),
    )


def red_flags(protocol: Protocol, assessment: Assessment) -> list[str]:
    """Ids of the red-flag rules that hold, highest level first."""
    known = {rule.id for rule in protocol.red_flags}
    return [id_ for id_ in _ids(assessment) if id_ in known]


def _ids(assessment: Assessment) -> list[str]:
    return [hit.rule.id for hit in assessment.fired]
