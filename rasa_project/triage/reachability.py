"""Whether a condition can hold at all: a rule that cannot is a mistake in the data."""

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from rasa_project.triage.facts import NO, UNSURE, YES, FactSpec

Atoms = tuple[Mapping[str, Any], ...]


def can_hold(
    condition: Mapping[str, Any], named: Mapping[str, Any], specs: Mapping[str, FactSpec]
) -> bool:
    """Whether some set of answers makes a checked condition true."""
    return any(_consistent(atoms, specs) for atoms in _ways(condition, named))


def dead_branch(
    condition: Mapping[str, Any], named: Mapping[str, Any], specs: Mapping[str, FactSpec]
) -> Mapping[str, Any] | None:
    """The first part of the condition that can never hold, or None."""
    if not can_hold(condition, named, specs):
        return condition
    for part in (*condition.get("any", ()), *condition.get("all", ())):
        dead = dead_branch(part, named, specs)
        if dead is not None:
            return dead
    return None


def _ways(condition: Mapping[str, Any], named: Mapping[str, Any]) -> Iterator[Atoms]:
    """Every combination of single tests that would make the condition true."""
    if "named" in condition:
        yield from _ways(named[condition["named"]], named)
    elif "any" in condition:
        for part in condition["any"]:
            yield from _ways(part, named)
    elif "all" in condition:
        for combination in product(*(list(_ways(part, named)) for part in condition["all"])):
            yield tuple(atom for atoms in combination for atom in atoms)
    else:
        yield (condition,)


def _consistent(atoms: Atoms, specs: Mapping[str, FactSpec]) -> bool:
    allowed: dict[str, set[str]] = {}
    bounds: dict[str, tuple[float, float]] = {}
    for atom in atoms:
        if "yes" in atom or "no" in atom:
            name, values = (
                (atom["yes"], {YES, UNSURE}) if "yes" in atom else (atom["no"], {NO, UNSURE})
            )
        elif "in" in atom:
            name, values = atom["fact"], set(atom["in"])
        elif "not_in" in atom:
            name = atom["fact"]
            values = {*(specs[name].values or (YES, NO)), UNSURE} - set(atom["not_in"])
        elif set(atom) & {"at_least", "at_most", "more_than"} and "fact" in atom:
            name, spec = atom["fact"], specs[atom["fact"]]
            low, high = bounds.get(name, (spec.minimum or 0, spec.maximum or float("inf")))
            low = max(low, atom.get("at_least", low), atom.get("more_than", low - 1) + 1e-9)
            high = min(high, atom.get("at_most", high))
            bounds[name] = (low, high)
            if low > high:
                return False
            continue
        else:
            continue
        allowed[name] = allowed.get(name, values) & values
        if not allowed[name]:
            return False
    return True
