"""What one other answer would have led to: the engine run again with that answer changed.

Only answers that raise the level are told. One that would lower it would sound as if something
were ruled out, and nothing in a chat can do that.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from rasa_project.errors import DataError
from rasa_project.loading import check_keys, read_mapping
from rasa_project.settings import DATA
from rasa_project.triage.engine import level_of
from rasa_project.triage.facts import YES, FactError, Facts, FactSpec, parse_facts
from rasa_project.triage.protocol import Protocol, protocol
from rasa_project.triage.rules import Level

MOST_EACH = 3
"""How many answers are told for a level."""


@dataclass(frozen=True)
class Change:
    """One other answer: the fact, its value or list item, and words that follow "With"."""

    fact: str
    value: Any
    words: str


@dataclass(frozen=True)
class Later:
    """What could come after some days: the facts it would mean, and words with ``{date}``."""

    days: int
    facts: Mapping[str, Any]
    words: str


@dataclass(frozen=True)
class Counterfactuals:
    """Contents of ``counterfactuals.yml``.

    Attributes:
        changes: In the order in which they are worth telling.
        later: What could come later.
        never_told: Facts that are left out, with the reason.
    """

    changes: tuple[Change, ...]
    later: tuple[Later, ...]
    never_told: Mapping[str, str]


@dataclass(frozen=True)
class Told:
    """A level that was not reached, and the answers of which each alone would have led to it."""

    level: Level
    changes: tuple[Change, ...]


def higher_levels(rules: Protocol, told: Counterfactuals, facts: Facts) -> tuple[Told, ...]:
    """The nearest counterfactuals, by running the engine again with one answer changed.

    Args:
        rules: The protocol in force.
        told: What may be told.
        facts: What is known; the level they give is settled.

    Returns:
        For each higher level, highest first, at most :data:`MOST_EACH` answers that would have
        led to it. The level is the least that the answer leads to: it may open more questions.
    """
    level = level_of(rules, facts)
    if level is None or level == max(Level):
        return ()
    found: dict[Level, list[Change]] = {higher: [] for higher in Level if higher > level}
    for change in told.changes:
        other = level_of(rules, _with(rules.specs[change.fact], facts, change))
        if other in found and len(found[other]) < MOST_EACH:
            found[other].append(change)
    return tuple(Told(higher, tuple(found[higher])) for higher in reversed(found) if found[higher])


def later_steps(
    rules: Protocol, told: Counterfactuals, facts: Facts, today: date
) -> tuple[str, ...]:
    """What could come later and would give a higher level, as sentences with the day.

    Args:
        rules: The protocol in force.
        told: What may be told.
        facts: What is known now.
        today: The visitor's date; the days are counted from it.
    """
    level = level_of(rules, facts)
    sentences = []
    for later in told.later:
        other = level_of(rules, facts.with_(later.facts))
        if level is not None and other is not None and other > level:
            day = today + timedelta(days=later.days)
            sentences.append(later.words.format(date=f"{day.day} {day:%B}"))
    return tuple(sentences)


def load_counterfactuals(
    file: Path, specs: Mapping[str, FactSpec], sources: Mapping[str, Any]
) -> Counterfactuals:
    """Loads ``counterfactuals.yml``.

    Raises:
        DataError: An unknown key, fact, value or source; the error names file and key.
    """
    content = check_keys(file, "", read_mapping(file), (), ("changes", "never_told", "later"))
    changes = []
    for i, raw in enumerate(content["changes"]):
        key = f"changes[{i}]"
        check_keys(file, key, raw, (), ("fact", "value", "words"))
        if raw["fact"] not in specs:
            raise DataError(file, f"{key}.fact", f"{raw['fact']!r} is not a fact of facts.yml")
        spec = specs[raw["fact"]]
        try:
            spec.parse([raw["value"]] if spec.kind == "list" else raw["value"])
        except FactError as error:
            raise DataError(file, f"{key}.value", str(error)) from error
        changes.append(Change(**raw))
    for name, why in content["never_told"].items():
        if name not in specs or not why:
            raise DataError(file, f"never_told.{name}", "needs a fact of facts.yml and a reason")
    later = []
    for i, raw in enumerate(content["later"]):
        key = f"later[{i}]"
        check_keys(file, key, raw, (), ("days", "facts", "words", "source"))
        if type(raw["days"]) is not int or raw["days"] < 1:
            raise DataError(file, f"{key}.days", "must be a whole number of days from 1")
        for id_ in raw["source"]:
            if id_ not in sources:
                raise DataError(file, f"{key}.source", f"{id_!r} is not in sources.yml")
        try:
            facts = dict(parse_facts(specs, raw["facts"]))
        except FactError as error:
            raise DataError(file, f"{key}.facts", str(error)) from error
        later.append(Later(raw["days"], facts, raw["words"]))
    return Counterfactuals(tuple(changes), tuple(later), content["never_told"])


@lru_cache(maxsize=1)
def default_counterfactuals() -> Counterfactuals:
    """What may be told under the protocol in force, loaded once."""
    rules = protocol()
    return load_counterfactuals(
        DATA / "clinical" / "counterfactuals.yml", rules.specs, rules.sources
    )


def _with(spec: FactSpec, facts: Facts, change: Change) -> Facts:
    value = {change.value: YES} if spec.kind == "list" else change.value
    return facts.with_({change.fact: value})
