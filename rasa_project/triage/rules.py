"""Red-flag rules and section 4 as read from the data files."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Any

from rasa_project.errors import DataError
from rasa_project.loading import check_keys, read_mapping
from rasa_project.triage.conditions import check_condition
from rasa_project.triage.facts import FactSpec
from rasa_project.triage.reachability import dead_branch


class Level(IntEnum):
    """Levels of care, ordered (protocol, head): the highest rule wins."""

    SELF_CARE = 1
    ROUTINE = 2
    PROMPT = 3
    URGENT = 4
    EMERGENCY = 5


@dataclass(frozen=True)
class Clause:
    """A level and the condition under which a rule gives it."""

    level: Level
    when: Mapping[str, Any]
    reads: frozenset[str]


@dataclass(frozen=True)
class Rule:
    """A rule in plain words, with its clauses from the highest level down and its sources."""

    id: str
    say: str
    do: str
    clauses: tuple[Clause, ...]
    more: tuple[tuple[Mapping[str, Any], str], ...]
    source: tuple[str, ...]


@dataclass(frozen=True)
class Disposition:
    """Section 4: grades of irritability, clauses, and what is left when none holds.

    ``tells`` are the facts named as reasons when none holds.
    """

    irritability: Mapping[str, Mapping[str, Any]]
    clauses: tuple[Rule, ...]
    otherwise: Rule
    tells: tuple[str, ...]
    unless: Mapping[str, Any]


class RuleReader:
    """Reads rules and says where they break the protocol's form.

    Args:
        specs: The protocol's facts.
        named: Shared conditions by name.
        sources: Known source ids.
    """

    def __init__(
        self, specs: Mapping[str, FactSpec], named: Mapping[str, Any], sources: Mapping[str, Any]
    ) -> None:
        self._specs, self._named, self._sources = specs, named, sources

    def red_flags(self, file: Path) -> tuple[Rule, ...]:
        """Reads ``red_flags.yml``; raises DataError naming file and key."""
        return tuple(self._red_flag(file, id_, raw) for id_, raw in read_mapping(file).items())

    def disposition(self, file: Path) -> Disposition:
        """Reads ``disposition.yml``; raises DataError naming file and key."""
        raw = check_keys(
            file, "", read_mapping(file), (),
            ("source", "unless", "irritability", "clauses", "otherwise"),
        )  # fmt: skip
        source = self._known_sources(file, "source", raw["source"])
        grades = check_keys(file, "irritability", raw["irritability"], (), ("HIGH", "LOW"))
        for grade, condition in grades.items():
            self._check(file, f"irritability.{grade}", condition)
        self._check(file, "unless", raw["unless"])
        clauses = []
        for id_, entry in raw["clauses"].items():
            check_keys(file, f"clauses.{id_}", entry, (), ("level", "say", "when"))
            clause = self._clause(file, f"clauses.{id_}", entry["level"], entry["when"])
            clauses.append(Rule(id_, entry["say"], "", (clause,), (), source))
        if len(raw["otherwise"]) != 1:
            raise DataError(file, "otherwise", "needs exactly one entry")
        id_, entry = next(iter(raw["otherwise"].items()))
        check_keys(file, f"otherwise.{id_}", entry, (), ("level", "say", "tells"))
        for name in entry["tells"]:
            if name not in self._specs:
                raise DataError(file, f"otherwise.{id_}.tells", f"{name!r} is no fact")
        left = Clause(self._level(file, f"otherwise.{id_}", entry["level"]), {}, frozenset())
        return Disposition(
            irritability=grades,
            clauses=tuple(clauses),
            otherwise=Rule(id_, entry["say"], "", (left,), (), source),
            tells=tuple(entry["tells"]),
            unless=raw["unless"],
        )

    def _red_flag(self, file: Path, id_: str, raw: Any) -> Rule:
        entry = check_keys(file, id_, raw, ("more",), ("say", "do", "source", "levels"))
        clauses = []
        for i, part in enumerate(entry["levels"]):
            key = f"{id_}.levels[{i}]"
            check_keys(file, key, part, (), ("level", "when"))
            clauses.append(self._clause(file, key, part["level"], part["when"]))
        if not clauses or sorted(clauses, key=lambda c: -c.level) != clauses:
            raise DataError(file, f"{id_}.levels", "list the clauses from the highest level down")
        more = []
        for i, part in enumerate(entry.get("more", [])):
            check_keys(file, f"{id_}.more[{i}]", part, (), ("when", "say"))
            self._check(file, f"{id_}.more[{i}].when", part["when"])
            more.append((part["when"], part["say"]))
        source = self._known_sources(file, f"{id_}.source", entry["source"])
        return Rule(id_, entry["say"], entry["do"], tuple(clauses), tuple(more), source)

    def _clause(self, file: Path, key: str, level: Any, when: Any) -> Clause:
        reads = self._check(file, f"{key}.when", when)
        dead = dead_branch(when, self._named, self._specs)
        if dead is not None:
            raise DataError(file, f"{key}.when", f"unreachable: {dict(dead)} can never hold")
        return Clause(self._level(file, f"{key}.level", level), when, reads)

    def _check(self, file: Path, key: str, condition: Any) -> frozenset[str]:
        return check_condition(file, key, condition, self._specs, self._named)

    def _level(self, file: Path, key: str, name: Any) -> Level:
        if name not in Level.__members__:
            raise DataError(file, key, f"{name!r} is not one of {list(Level.__members__)}")
        return Level[name]

    def _known_sources(self, file: Path, key: str, ids: Any) -> tuple[str, ...]:
        if not isinstance(ids, list) or not ids:
            raise DataError(file, key, "needs at least one source")
        for id_ in ids:
            if id_ not in self._sources:
                raise DataError(file, key, f"{id_!r} is not in sources.yml")
        return tuple(ids)
