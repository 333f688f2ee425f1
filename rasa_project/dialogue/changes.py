"""What a message says against what is known: new facts, and facts that are said differently."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rasa_project.dialogue.judging import judged
from rasa_project.triage.facts import UNSURE, Facts
from rasa_project.triage.judged import red_flags
from rasa_project.triage.protocol import Protocol
from rasa_project.triage.rules import Level

NEAR = {
    "duration_days": (1.5, 3),
    "stiffness_min": (1.5, 10),
    "push_off_nrs": (1, 1),
    "rest_nrs": (1, 1),
}
"""Two numbers for the same thing agree when they differ by no more than this factor, or by no
more than this much: nobody counts days or minutes twice alike."""


@dataclass(frozen=True)
class Change:
    """A fact, or an item of a list fact, that is said to be otherwise than is known."""

    fact: str
    item: str | None
    old: Any
    new: Any

    @property
    def updates(self) -> dict[str, Any]:
        """The change as facts keep it."""
        return {self.fact: {self.item: self.new} if self.item else self.new}

    @property
    def key(self) -> str:
        """Its name among the quotes."""
        return f"{self.fact}.{self.item}" if self.item else self.fact


def split(
    facts: Facts, updates: Mapping[str, Any], exact: bool
) -> tuple[dict[str, Any], list[Change]]:
    """Parts what a message says into new facts and changes of known ones.

    Args:
        facts: What is known.
        updates: What was said.
        exact: Whether what may be a loose way to say the same is a change too: a number that is
            nearly the known one, another sore place as the sorest.

    Returns:
        Facts that nothing stands against, and changes. What was said before and is now "not
        sure" stays as it was.
    """
    fresh: dict[str, Any] = {}
    changes: list[Change] = []
    for name, value in updates.items():
        known = facts.get(name)
        if name == "zone_main" and known and not exact and value in updates.get("zones", ()):
            continue  # one more sore place; nobody said that it is the sorest
        if isinstance(value, dict):
            for item, new in value.items():
                old = (known or {}).get(item)
                if old is None:
                    fresh.setdefault(name, {})[item] = new
                elif new not in (old, UNSURE):
                    changes.append(Change(name, item, old, new))
        elif known is None:
            fresh[name] = value
        elif not _agree(name, known, value, exact):
            changes.append(Change(name, None, known, value))
    return fresh, changes


def _agree(name: str, old: Any, new: Any, exact: bool) -> bool:
    if new == old or (new == UNSURE and name != "onset"):
        return True
    if exact or name not in NEAR or UNSURE in (old, new):
        return False
    factor, span = NEAR[name]
    low, high = sorted((float(old), float(new)))
    return high - low <= span or high <= low * factor


def together(changes: Sequence[Change]) -> dict[str, Any]:
    """Several changes as one set of updates."""
    updates: dict[str, Any] = {}
    for change in changes:
        if change.item:
            updates.setdefault(change.fact, {})[change.item] = change.new
        else:
            updates[change.fact] = change.new
    return updates


def raises(protocol: Protocol, facts: Facts, updates: Mapping[str, Any]) -> bool:
    """Whether the updates raise the level to PROMPT or above: then they act at once."""
    if not updates:
        return False
    before = judged(protocol, facts).level
    after = judged(protocol, facts.with_(updates)).level
    return after is not None and after >= Level.PROMPT and after > (before or 0)


def takes_back(protocol: Protocol, facts: Facts, updates: Mapping[str, Any]) -> bool:
    """Whether the updates lower the level by taking back what a red-flag rule rests on."""
    if not updates:
        return False
    before, after = judged(protocol, facts), judged(protocol, facts.with_(updates))
    if before.level is None or (after.level is not None and after.level >= before.level):
        return False
    return bool(set(red_flags(protocol, before)) - set(red_flags(protocol, after)))
