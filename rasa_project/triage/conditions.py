"""Conditions over facts, in three values: true, false, and not known yet.

A condition is data (``data/clinical/conditions.yml`` lists its words). Evaluating one returns
what it came to, the findings that made it true, and the facts that would decide it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rasa_project.errors import DataError
from rasa_project.triage.facts import NO, UNSURE, YES, Facts, FactSpec

TESTS = {
    "in": ("choice", "tri", "bool"),
    "not_in": ("choice", "tri"),
    "has": ("list",),
    "any_item": ("list",),
    "is_none": ("list",),
    "at_least": ("number",),
    "at_most": ("number",),
    "more_than": ("number",),
}
_COMPARE: dict[str, Callable[[float, float], bool]] = {
    "at_least": lambda value, bound: value >= bound,
    "at_most": lambda value, bound: value <= bound,
    "more_than": lambda value, bound: value > bound,
}


@dataclass(frozen=True)
class Finding:
    """A fact that counted: its name and the value or list item."""

    fact: str
    value: Any


@dataclass(frozen=True)
class Verdict:
    """What a condition came to.

    Attributes:
        holds: True, False, or None when it is not known yet.
        because: The findings that made it true.
        missing: Facts whose answer would decide it, or that were read while still unanswered.
    """

    holds: bool | None
    because: frozenset[Finding] = frozenset()
    missing: frozenset[str] = frozenset()


FALSE = Verdict(False)


@dataclass(frozen=True)
class Context:
    """What a condition is judged against.

    Attributes:
        specs: The protocol's facts.
        facts: What is known.
        named: Shared conditions by name.
        lenient: Whether "unsure" counts as a match (EMERGENCY, URGENT, section 4's ROUTINE).
        safety: Facts that red-flag rules of the two highest levels read, for RF28.
        irritability: HIGH, MODERATE, LOW, or None while unknown.
    """

    specs: Mapping[str, FactSpec]
    facts: Facts
    named: Mapping[str, Any]
    lenient: bool = False
    safety: frozenset[str] = frozenset()
    irritability: Verdict = Verdict(None)
    irritability_grade: str | None = None


def judge(condition: Mapping[str, Any], context: Context) -> Verdict:
    """Evaluates a condition that :func:`check_condition` accepted."""
    if "named" in condition:
        return judge(context.named[condition["named"]], context)
    if "all" in condition:
        return _all([judge(part, context) for part in condition["all"]])
    if "any" in condition:
        return _any([judge(part, context) for part in condition["any"]])
    if "count" in condition:
        return _count([judge(part, context) for part in condition["count"]], condition["at_least"])
    if "yes" in condition:
        return _y_or_n(condition["yes"], YES, context)
    if "no" in condition:
        return _y_or_n(condition["no"], NO, context)
    if "unresolved_safety_facts" in condition:
        return _unresolved(condition["unresolved_safety_facts"], context)
    if "irritability" in condition:
        grade = context.irritability_grade
        if grade is None:
            return Verdict(None, missing=context.irritability.missing)
        return context.irritability if grade in condition["irritability"] else FALSE
    return _fact(condition, context)


def applies(spec: FactSpec, context: Context) -> Verdict:
    """Whether the protocol asks for a fact at all; "unsure" about that means: ask."""
    if spec.ask_when is None:
        return Verdict(True)
    return judge(spec.ask_when, _with_lenient(context, True))


def _with_lenient(context: Context, lenient: bool) -> Context:
    if context.lenient == lenient:
        return context
    return Context(context.specs, context.facts, context.named, lenient, context.safety)


def _all(parts: list[Verdict]) -> Verdict:
    if any(part.holds is False for part in parts):
        return FALSE
    missing = _union(part.missing for part in parts)
    if any(part.holds is None for part in parts):
        return Verdict(None, missing=missing)
    return Verdict(True, because=_union(part.because for part in parts), missing=missing)


def _any(parts: list[Verdict]) -> Verdict:
    if any(part.holds for part in parts):
        return Verdict(True, because=_union(part.because for part in parts if part.holds))
    open_parts = [part for part in parts if part.holds is None]
    if open_parts:
        return Verdict(None, missing=_union(part.missing for part in open_parts))
    return FALSE


def _count(parts: list[Verdict], at_least: int) -> Verdict:
    met = [part for part in parts if part.holds]
    open_parts = [part for part in parts if part.holds is None]
    if len(met) >= at_least:
        return Verdict(True, because=_union(part.because for part in met))
    if len(met) + len(open_parts) >= at_least:
        return Verdict(None, missing=_union(part.missing for part in open_parts))
    return FALSE


def _union(sets: Any) -> frozenset:
    return frozenset().union(*sets)


def _unanswered(spec: FactSpec, context: Context) -> Verdict:
    """A fact nobody gave: open, unless the protocol does not ask for it in this case."""
    asked = applies(spec, context)
    if asked.holds is False:
        return FALSE
    return Verdict(None, missing=asked.missing if asked.holds is None else frozenset({spec.name}))


def _y_or_n(name: str, wanted: str, context: Context) -> Verdict:
    value = context.facts.get(name)
    spec = context.specs[name]
    if value is None:
        return _unanswered(spec, context)
    if value == wanted:
        return Verdict(True, frozenset({Finding(name, value)}))
    if value != UNSURE:
        return FALSE
    if spec.unsure_counts_when is not None:
        limit = judge(spec.unsure_counts_when, context)
        if not limit.holds:
            return limit
    return Verdict(True, frozenset({Finding(name, UNSURE)}))


def _unresolved(at_least: int, context: Context) -> Verdict:
    """RF28: refused, or "unsure" that no listed value of the fact accounts for."""
    found = set()
    for name in context.safety:
        value, spec = context.facts.get(name), context.specs[name]
        if UNSURE in spec.values:
            continue
        refused = value is not None and value == spec.refused_is
        if refused or value == UNSURE or (isinstance(value, dict) and UNSURE in value.values()):
            found.add(Finding(name, UNSURE))
    return Verdict(True, frozenset(found)) if len(found) >= at_least else FALSE


def _fact(condition: Mapping[str, Any], context: Context) -> Verdict:
    name = condition["fact"]
    spec, value = context.specs[name], context.facts.get(name)
    if spec.kind == "list":
        return _list(condition, spec, value or {}, context)
    if value is None and spec.not_asked_is is not None and applies(spec, context).holds is False:
        value = spec.not_asked_is
    if value is None and _unanswered_reading(spec) <= condition.get("at_most", -1):
        # It holds as things stand, but is still worth asking before the rest decides.
        return Verdict(True, missing=frozenset({name}))
    if value is None:
        return _unanswered(spec, context)
    found = frozenset({Finding(name, value)})
    if value == UNSURE and spec.unsure_is is not None:
        value = spec.unsure_is
    if "not_in" in condition:
        return Verdict(True, found) if value not in condition["not_in"] else FALSE
    if value == UNSURE and UNSURE not in spec.values:
        listed = UNSURE in condition.get("in", ())
        return Verdict(True, found) if context.lenient or listed else FALSE
    if "in" in condition:
        return Verdict(True, found) if value in condition["in"] else FALSE
    test = next(key for key in _COMPARE if key in condition)
    return Verdict(True, found) if _COMPARE[test](value, condition[test]) else FALSE


def _unanswered_reading(spec: FactSpec) -> float:
    """What an unanswered number reads as in "at most" tests; infinity: it stays open."""
    return float("inf") if spec.unanswered_at_most is None else spec.unanswered_at_most


def _list(
    condition: Mapping[str, Any], spec: FactSpec, known: Mapping[str, str], context: Context
) -> Verdict:
    wanted = condition.get("has", list(spec.values))
    counts = (YES, UNSURE) if context.lenient else (YES,)
    hits = frozenset(
        Finding(spec.name, item if known[item] == YES else UNSURE)
        for item in wanted
        if known.get(item) in counts
    )
    complete = context.facts.answered(spec.name)
    if condition.get("is_none"):
        if YES in known.values() or UNSURE in known.values():
            return FALSE
        if complete:
            return Verdict(True, frozenset({Finding(spec.name, "none")}))
        return _unanswered(spec, context)
    if hits:
        return Verdict(True, hits)
    if complete or all(item in known for item in wanted):
        return FALSE
    return _unanswered(spec, context)


def check_condition(
    file: Path,
    key: str,
    condition: Any,
    specs: Mapping[str, FactSpec],
    named: Mapping[str, Any],
) -> frozenset[str]:
    """Checks a condition as read from YAML.

    Returns:
        Every fact that it reads.

    Raises:
        DataError: An unknown word, fact or value; the error names file and key.
    """
    if not isinstance(condition, dict) or not condition:
        raise DataError(file, key, "a condition must be a mapping")
    words = set(condition)
    for group in ("all", "any", "count"):
        if group in condition:
            if words != ({group, "at_least"} if group == "count" else {group}):
                raise DataError(file, key, f"{group!r} stands alone; found {sorted(words)}")
            if not isinstance(condition[group], list) or not condition[group]:
                raise DataError(file, f"{key}.{group}", "must be a list of conditions")
            return _union(
                check_condition(file, f"{key}.{group}[{i}]", part, specs, named)
                for i, part in enumerate(condition[group])
            )
    if words == {"named"}:
        if condition["named"] not in named:
            raise DataError(file, key, f"no condition is named {condition['named']!r}")
        return check_condition(file, key, named[condition["named"]], specs, named)
    if words in ({"yes"}, {"no"}):
        name = next(iter(condition.values()))
        if name not in specs or specs[name].kind != "tri":
            raise DataError(file, key, f"{name!r} is not a yes/no/unsure fact")
        return frozenset({name})
    if words == {"unresolved_safety_facts"}:
        return frozenset()
    if words == {"irritability"}:
        if not set(condition["irritability"]) <= {"HIGH", "MODERATE", "LOW"}:
            raise DataError(file, key, "irritability is HIGH, MODERATE or LOW")
        return frozenset()
    return _check_fact(file, key, condition, specs)


def _check_fact(
    file: Path, key: str, condition: Mapping[str, Any], specs: Mapping[str, FactSpec]
) -> frozenset[str]:
    name, tests = str(condition.get("fact")), set(condition) - {"fact"}
    if name not in specs:
        raise DataError(file, key, f"{name!r} is not a fact of facts.yml")
    if len(tests) != 1 or not tests <= set(TESTS):
        raise DataError(file, key, f"needs exactly one of {sorted(TESTS)}; found {sorted(tests)}")
    test, spec = tests.pop(), specs[name]
    if spec.kind not in TESTS[test]:
        raise DataError(file, key, f"{test!r} does not fit {name}, which is a {spec.kind}")
    if test in ("in", "not_in", "has"):
        allowed = {**spec.values, UNSURE: ""} if spec.values else {YES: "", NO: "", UNSURE: ""}
        for value in condition[test]:
            if value not in allowed:
                raise DataError(file, f"{key}.{test}", f"{name} has no value {value!r}")
    elif test in _COMPARE and not isinstance(condition[test], int | float):
        raise DataError(file, f"{key}.{test}", "must be a number")
    return frozenset({name})
