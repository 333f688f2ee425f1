"""Mutants of the rule data: each with one small mistake a hand or an editor could make."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from rasa_project.loading import read_list, read_mapping
from rasa_project.settings import DATA

FOLDER = DATA / "clinical"
FILES = ("red_flags.yml", "conditions.yml", "disposition.yml", "facts.yml", "screens.yml")
LEVELS = ["SELF_CARE", "ROUTINE", "PROMPT", "URGENT", "EMERGENCY"]
BOUNDS = ("at_least", "at_most", "more_than")
# What a bound can be mistaken for.
OTHER_BOUND = {
    "at_least": ("more_than", "at_most"),
    "at_most": ("at_least",),
    "more_than": ("at_least", "at_most"),
}
READINGS = (
    "unsure_is", "unsure_counts_when", "not_asked_is", "unanswered_at_most", "absent_is", "refused_is",
    "gravest_first", "partial_is_enough",
)  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """One mistake.

    Attributes:
        file: The data file it is in.
        place: Where in the file, in words a reader finds again.
        kind: "drop", "level", "bound", "value", "operator", "fact", "ask" or "screen".
        change: What was changed.
        content: The whole file as data, with the mistake.
    """

    file: str
    place: str
    kind: str
    change: str
    content: Any

    @property
    def name(self) -> str:
        """A name that no other mutant has."""
        return f"{self.file} {self.place}: {self.change}"


Edit = tuple[str, str, Any]  # kind, change, the mutated part


class Mutator:
    """Writes down every mutant of the protocol's data files.

    Args:
        folder: Where the data files are.
    """

    def __init__(self, folder: Path = FOLDER) -> None:
        self.content = {name: read_mapping(folder / name) for name in FILES[:-1]}
        self.screens = read_list(folder / "screens.yml")
        self.facts = self.content["facts.yml"]
        self.named = list(self.content["conditions.yml"])

    def mutants(self) -> Iterator[Mutant]:
        """Every mutant, file by file; the second of a name is numbered."""
        seen: dict[str, int] = {}
        for mutant in self._all():
            seen[mutant.name] = seen.get(mutant.name, 0) + 1
            times = seen[mutant.name]
            yield mutant if times == 1 else replace(mutant, change=f"{mutant.change} ({times})")

    def _all(self) -> Iterator[Mutant]:
        yield from self._red_flags()
        for name, condition in self.content["conditions.yml"].items():
            yield from self._at("conditions.yml", (name,), condition)
        yield from self._disposition()
        yield from self._facts()
        yield from self._screens()

    def _red_flags(self) -> Iterator[Mutant]:
        rules = self.content["red_flags.yml"]
        for id_, rule in rules.items():
            yield self._made("red_flags.yml", (id_,), "drop", "drop the rule", None)
            for i, clause in enumerate(rule["levels"]):
                place = (id_, "levels", i)
                if len(rule["levels"]) > 1:
                    yield self._made("red_flags.yml", place, "drop", "drop the clause", None)
                yield from self._levels("red_flags.yml", (*place, "level"), clause["level"])
                yield from self._at("red_flags.yml", (*place, "when"), clause["when"])
            for i, part in enumerate(rule.get("more", ())):
                yield self._made("red_flags.yml", (id_, "more", i), "drop", "drop the words", None)
                yield from self._at("red_flags.yml", (id_, "more", i, "when"), part["when"])

    def _disposition(self) -> Iterator[Mutant]:
        file, content = "disposition.yml", self.content["disposition.yml"]
        yield from self._at(file, ("unless",), content["unless"])
        for grade, condition in content["irritability"].items():
            yield from self._at(file, ("irritability", grade), condition)
        for id_, clause in content["clauses"].items():
            yield self._made(file, ("clauses", id_), "drop", "drop the clause", None)
            yield from self._levels(file, ("clauses", id_, "level"), clause["level"])
            yield from self._at(file, ("clauses", id_, "when"), clause["when"])
        for id_, left in content["otherwise"].items():
            yield from self._levels(file, ("otherwise", id_, "level"), left["level"])

    def _facts(self) -> Iterator[Mutant]:
        for name, spec in self.facts.items():
            for key in READINGS:
                if key in spec:
                    yield self._made("facts.yml", (name, key), "drop", f"drop {key}", None)
            if isinstance(spec.get("unsure_is"), str):
                others = [v for v in spec["values"] if v != spec["unsure_is"]]
                yield self._made(
                    "facts.yml", (name, "unsure_is"), "value", f"unsure is {others[0]}", others[0]
                )
            for key in ("unsure_is", "unanswered_at_most"):
                if isinstance(spec.get(key), int):
                    yield self._made(
                        "facts.yml", (name, key), "bound", f"{key} is one more", spec[key] + 1
                    )
            for key in ("ask_when", "unsure_counts_when"):
                if key in spec:
                    yield from self._at("facts.yml", (name, key), spec[key])
            if spec["ask"] == "conditional":
                always = {k: v for k, v in spec.items() if k != "ask_when"} | {"ask": "mandatory"}
                yield self._made("facts.yml", (name,), "ask", "ask of everybody", always)
            if spec["ask"] == "mandatory":
                yield self._made(
                    "facts.yml", (name, "ask"), "ask", "ask of nobody in particular", "optional"
                )

    def _screens(self) -> Iterator[Mutant]:
        for i, screen in enumerate(self.screens):
            for key in ("follow_up", "always", "clinic"):
                if key in screen:
                    yield self._made("screens.yml", (i, key), "ask", f"drop {key}", None)
            yield self._made("screens.yml", (i,), "drop", "drop the screen", None)
            if "ask_when" in screen:
                yield from self._at("screens.yml", (i, "ask_when"), screen["ask_when"])
            options = [j for j, o in enumerate(screen.get("options", ())) if "means" in o]
            for j, k in pairwise(options):
                swapped = deepcopy(screen)
                one, other = swapped["options"][j], swapped["options"][k]
                one["means"], other["means"] = other["means"], one["means"]
                change = f"{one['value']} and {other['value']} mean each other"
                yield self._made("screens.yml", (i,), "screen", change, swapped)
            for j in options:
                yield self._made("screens.yml", (i, "options", j), "drop", "drop the option", None)

    def _levels(self, file: str, place: tuple[Any, ...], level: str) -> Iterator[Mutant]:
        for step, word in ((-1, "lower"), (1, "higher")):
            at = LEVELS.index(level) + step
            if 0 <= at < len(LEVELS):
                yield self._made(file, place, "level", f"one level {word}", LEVELS[at])

    def _at(self, file: str, place: tuple[Any, ...], condition: Any) -> Iterator[Mutant]:
        for kind, change, mutated in self._condition(condition):
            yield self._made(file, place, kind, change, mutated)

    def _condition(self, condition: dict[str, Any]) -> Iterator[Edit]:
        """Every edit of a condition: of the whole, then of each part."""
        for group, other in (("all", "any"), ("any", "all"), ("count", "count")):
            if group not in condition:
                continue
            parts = condition[group]
            if group != other:
                yield "operator", f"{group} of {_short(parts)} becomes {other}", {other: parts}
            else:
                for step in (-1, 1):
                    yield (
                        "bound",
                        f"count {step:+d}",
                        {**condition, "at_least": condition["at_least"] + step},
                    )
            for i, part in enumerate(parts):
                rest = parts[:i] + parts[i + 1 :]
                if rest:
                    yield "drop", f"drop {_short(part)}", {**condition, group: rest}
                for kind, change, mutated in self._condition(part):
                    yield kind, change, {**condition, group: [*parts[:i], mutated, *parts[i + 1 :]]}
            return
        yield from self._leaf(condition)

    def _leaf(self, leaf: dict[str, Any]) -> Iterator[Edit]:
        said = _short(leaf)
        if "named" in leaf:
            other = next(n for n in self.named if n != leaf["named"])
            yield "fact", f"{said} becomes {other}", {"named": other}
        for word, opposite in (("yes", "no"), ("no", "yes")):
            if word in leaf:
                yield "operator", f"{said} becomes {opposite}", {opposite: leaf[word]}
                yield "fact", f"{said}: another fact", {word: self._sibling(leaf[word])}
                yield (
                    "operator",
                    f"{said}: unsure no longer counts",
                    {"fact": leaf[word], "in": [word]},
                )
        if "unresolved_safety_facts" in leaf:
            for step in (-1, 1):
                yield (
                    "bound",
                    f"{said} {step:+d}",
                    {"unresolved_safety_facts": leaf["unresolved_safety_facts"] + step},
                )
        if "irritability" in leaf:
            for grade in ("MODERATE", "LOW"):
                yield "value", f"{said} becomes {grade}", {"irritability": [grade]}
        for bound in BOUNDS:
            if bound in leaf:
                for step in (-1, 1):
                    yield "bound", f"{said} {step:+d}", {**leaf, bound: leaf[bound] + step}
                for other in OTHER_BOUND[bound]:
                    yield (
                        "operator",
                        f"{said} becomes {other}",
                        {"fact": leaf["fact"], other: leaf[bound]},
                    )
        if "any_item" in leaf:
            yield "operator", f"{said} becomes is_none", {"fact": leaf["fact"], "is_none": True}
        if "is_none" in leaf:
            yield "operator", f"{said} becomes any_item", {"fact": leaf["fact"], "any_item": True}
        for word, opposite in (("in", "not_in"), ("not_in", "in"), ("has", None)):
            if word not in leaf:
                continue
            values = leaf[word]
            if opposite:
                yield (
                    "operator",
                    f"{said} becomes {opposite}",
                    {"fact": leaf["fact"], opposite: values},
                )
            for i, value in enumerate(values):
                if len(values) > 1:
                    yield (
                        "drop",
                        f"{said} without {value}",
                        {**leaf, word: values[:i] + values[i + 1 :]},
                    )
                sibling = next((v for v in self._values(leaf["fact"]) if v not in values), None)
                if sibling is not None:
                    swapped = [*values[:i], sibling, *values[i + 1 :]]
                    yield "value", f"{said}: {sibling} for {value}", {**leaf, word: swapped}

    def _values(self, fact: str) -> list[str]:
        return list(self.facts[fact].get("values", ("yes", "no")))

    def _sibling(self, fact: str) -> str:
        kind = self.facts[fact]["kind"]
        alike = [name for name, spec in self.facts.items() if spec["kind"] == kind]
        return alike[(alike.index(fact) + 1) % len(alike)]

    def _made(
        self, file: str, place: tuple[Any, ...], kind: str, change: str, value: Any
    ) -> Mutant:
        """The file with one place changed; None takes the place out."""
        content = deepcopy(self.screens if file == "screens.yml" else self.content[file])
        at = content
        for step in place[:-1]:
            at = at[step]
        if value is None:
            del at[place[-1]]
        else:
            at[place[-1]] = value
        words = [str(step) for step in place]
        if file == "screens.yml":
            words[0] = self.screens[place[0]].get("question", self.screens[place[0]]["screen"])
        return Mutant(file, ".".join(words), kind, change, content)


def _short(part: Any) -> str:
    """A condition in a few words."""
    if isinstance(part, list):
        return "[" + ", ".join(_short(p) for p in part) + "]"
    for word in ("all", "any"):
        if word in part:
            return f"{word} {_short(part[word])}"
    if "count" in part:
        return "count"
    return " ".join(
        f"{v}" if k == "fact" else f"{k} {v if not isinstance(v, list) else '/'.join(map(str, v))}"
        for k, v in part.items()
    )
