"""Screens: what the visitor is asked, and what an answer means (protocol section 2)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rasa_project.errors import DataError
from rasa_project.loading import check_keys, read_list
from rasa_project.triage.conditions import check_condition
from rasa_project.triage.facts import NO, UNSURE, YES, FactError, Facts, FactSpec

KINDS = ("single", "multi", "number", "map", "text")


@dataclass(frozen=True)
class Option:
    """One answer to choose.

    Attributes:
        value: What is sent back: the protocol's value.
        label: What the visitor reads.
        means: Fact -> value, or list item, that choosing it states.
        means_if_asked: The same, recorded only where the protocol asks for the fact.
        extra: A tick box beside a single choice.
        group: Options that belong together on the page.
        told_by: Fact -> value that says as much as the label when typed in reply.
    """

    value: str
    label: str
    means: Mapping[str, Any]
    means_if_asked: Mapping[str, Any]
    extra: bool = False
    group: str | None = None
    told_by: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Question:
    """One question of the protocol, on its screen. See the head of ``screens.yml``."""

    name: str
    screen: str
    kind: str
    text: str
    again: str
    why: str
    sets: tuple[str, ...]
    options: tuple[Option, ...]
    otherwise: Mapping[str, Any]
    unless_ticked: Mapping[str, Any]
    ask_when: Any
    follow_up: bool
    clinic: bool
    always: bool
    accepts_number: bool
    unit: str
    minimum: float | None
    maximum: float | None

    def option(self, value: str) -> Option | None:
        """The option with that value, if it is offered."""
        return next((option for option in self.options if option.value == value), None)


@dataclass(frozen=True)
class Answered:
    """What an answer states.

    Attributes:
        updates: Facts as :class:`Facts` keeps them.
        unsure: True when the answer was "not sure" and the question should be asked again.
    """

    updates: Mapping[str, Any]
    unsure: bool = False


def answer_number(question: Question, number: float) -> Answered:
    """Reads a number typed or tapped on a numeric screen.

    Raises:
        FactError: It is outside the question's range.
    """
    low, high = question.minimum or 0, question.maximum
    if number != number or number < low or (high is not None and number > high):
        raise FactError(question.sets[0], f"{number:g} is not from {low:g} to {high:g}")
    whole = int(number) if float(number).is_integer() else number
    return Answered({question.sets[0]: whole})


def answer_choice(
    question: Question,
    values: Sequence[str],
    facts: Facts,
    specs: Mapping[str, FactSpec],
    asked: frozenset[str],
    again: bool,
) -> Answered:
    """Reads chosen options.

    Args:
        question: The open question.
        values: Option values, each offered by the question, in the order chosen.
        facts: What is known so far; an abnormal finding that was volunteered is kept.
        specs: The protocol's facts.
        asked: Facts the protocol asks for in this case (for ``means_if_asked``).
        again: Whether the question was already asked a second time: then "not sure" stands.
    """
    chosen = [option for value in values if (option := question.option(value)) is not None]
    updates: dict[str, Any] = {}
    for option in chosen:
        _state(updates, option.means, specs)
        _state(updates, {k: v for k, v in option.means_if_asked.items() if k in asked}, specs)
    if question.kind == "map":
        first = next((o.means["zones"] for o in chosen if "zones" in o.means), None)
        if first:
            updates["zone_main"] = first
    if UNSURE in values and not question.option(UNSURE).means:  # type: ignore[union-attr]
        if not again:
            return Answered(updates, unsure=True)
        return Answered(_unsure_about_the_rest(question, updates, facts, specs, asked))
    if question.kind == "multi":
        _state_the_rest(updates, question.otherwise, facts, specs)
    elif any(not option.extra for option in chosen):
        for name, value in question.unless_ticked.items():
            if facts.get(name) in (None, UNSURE):  # what was volunteered before is kept
                updates.setdefault(name, value)
    if values and "skip" in values:
        updates = {name: UNSURE for name in question.sets}
    return Answered(updates)


def unsure_about(
    question: Question, facts: Facts, specs: Mapping[str, FactSpec], asked: frozenset[str]
) -> Answered:
    """What stands after the second "not sure": everything that the question asks is unsure."""
    return Answered(_unsure_about_the_rest(question, {}, facts, specs, asked))


def _state(
    updates: dict[str, Any], means: Mapping[str, Any], specs: Mapping[str, FactSpec]
) -> None:
    for name, value in means.items():
        if specs[name].kind == "list":
            items = value if isinstance(value, list) else [value]
            updates.setdefault(name, {}).update({item: YES for item in items})
        elif name in updates and specs[name].kind == "choice":
            updates[name] = specs[name].graver(updates[name], value)
        else:
            updates[name] = value


def _state_the_rest(
    updates: dict[str, Any],
    otherwise: Mapping[str, Any],
    facts: Facts,
    specs: Mapping[str, FactSpec],
) -> None:
    """What was not ticked is "no", except an abnormal finding the visitor volunteered before."""
    for name, default in otherwise.items():
        spec = specs[name]
        if spec.kind == "list":
            stated = updates.setdefault(name, {})
            for item in spec.values:
                if facts.get(name, {}).get(item) != YES:
                    stated.setdefault(item, NO)
        elif name not in updates and facts.get(name) in (None, UNSURE):
            updates[name] = default


def _unsure_about_the_rest(
    question: Question,
    updates: dict[str, Any],
    facts: Facts,
    specs: Mapping[str, FactSpec],
    asked: frozenset[str],
) -> dict[str, Any]:
    for name in question.sets:
        spec = specs[name]
        if spec.kind == "list":
            known = {**facts.get(name, {}), **updates.get(name, {})}
            updates[name] = {item: known.get(item, UNSURE) for item in spec.values}
        elif name not in updates and name not in facts and name in asked:
            updates[name] = UNSURE
    return updates


def load_questions(
    file: Path, specs: Mapping[str, FactSpec], named: Mapping[str, Any]
) -> tuple[Question, ...]:
    """Loads ``screens.yml``.

    Raises:
        DataError: An unknown key, fact or value; a screen that sets no fact; a fact that no
            screen asks for.
    """
    questions = tuple(
        _question(file, i, raw, specs, named) for i, raw in enumerate(read_list(file))
    )
    names = [question.name for question in questions]
    for name in names:
        if names.count(name) > 1:
            raise DataError(file, name, "two questions have this name")
    asked = {name for question in questions for name in question.sets}
    for name, spec in specs.items():
        if spec.ask != "optional" and name not in asked:
            raise DataError(file, name, "no screen asks for this fact of facts.yml")
    return questions


def _question(
    file: Path, i: int, raw: Any, specs: Mapping[str, FactSpec], named: Mapping[str, Any]
) -> Question:
    optional = (
        "question", "options", "otherwise", "unless_ticked", "ask_when", "follow_up", "clinic",
        "accepts_number", "unit", "always",
    )  # fmt: skip
    needed = ("screen", "kind", "sets", "text", "again", "why")
    entry = check_keys(file, f"[{i}]", raw, optional, needed)
    key = entry.get("question", entry["screen"])
    if entry["kind"] not in KINDS:
        raise DataError(file, f"{key}.kind", f"must be one of {KINDS}")
    if not entry["sets"]:
        raise DataError(file, f"{key}.sets", "a screen must set at least one fact")
    for name in (*entry["sets"], *entry.get("otherwise", ()), *entry.get("unless_ticked", ())):
        if name not in specs:
            raise DataError(file, f"{key}.sets", f"{name!r} is not a fact of facts.yml")
    if "ask_when" in entry:
        check_condition(file, f"{key}.ask_when", entry["ask_when"], specs, named)
    options = tuple(
        _option(file, f"{key}.options[{j}]", option, entry["sets"], specs)
        for j, option in enumerate(entry.get("options", []))
    )
    first = specs[entry["sets"][0]]
    if entry["kind"] == "number" and not options:
        values = range(int(first.minimum or 0), int(first.maximum or 10) + 1)
        options = tuple(Option(str(n), str(n), {first.name: n}, {}) for n in values)
    numeric = entry["kind"] == "number" or entry.get("accepts_number", False)
    if entry["kind"] == "multi" and set(entry["sets"]) != set(entry.get("otherwise", {})):
        raise DataError(
            file, f"{key}.otherwise", "must say what each fact is when nothing is ticked"
        )
    return Question(
        name=key,
        screen=entry["screen"],
        kind=entry["kind"],
        text=entry["text"],
        again=entry["again"],
        why=entry["why"],
        sets=tuple(entry["sets"]),
        options=options,
        otherwise=entry.get("otherwise", {}),
        unless_ticked=entry.get("unless_ticked", {}),
        ask_when=entry.get("ask_when"),
        follow_up=entry.get("follow_up", False),
        clinic=entry.get("clinic", False),
        always=entry.get("always", False),
        accepts_number=numeric,
        unit=entry.get("unit", ""),
        minimum=first.minimum if numeric else None,
        maximum=first.maximum if numeric else None,
    )


def _option(
    file: Path, key: str, raw: Any, sets: Sequence[str], specs: Mapping[str, FactSpec]
) -> Option:
    entry = check_keys(
        file, key, raw, ("means", "means_if_asked", "extra", "group", "told_by"),
        ("value", "label"),
    )  # fmt: skip
    for name, value in {**entry.get("means", {}), **entry.get("means_if_asked", {})}.items():
        if name not in sets:
            raise DataError(file, f"{key}.means", f"the screen does not set {name!r}")
        try:
            specs[name].parse(value)
        except FactError as error:
            raise DataError(file, f"{key}.means", str(error)) from error
    told_by = entry.get("told_by", {})
    if any(entry.get("means", {}).get(name) != value for name, value in told_by.items()):
        raise DataError(file, f"{key}.told_by", "must be part of what the option means")
    return Option(
        value=entry["value"],
        label=entry["label"],
        means=entry.get("means", {}),
        means_if_asked=entry.get("means_if_asked", {}),
        extra=entry.get("extra", False),
        group=entry.get("group"),
        told_by=told_by,
    )
