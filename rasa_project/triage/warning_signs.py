"""Which facts are warning signs: those that some red-flag rule of the protocol reads."""

from collections.abc import Iterator, Mapping
from typing import Any

from rasa_project.triage.facts import YES
from rasa_project.triage.protocol import Protocol

_BACKGROUND = {"zones", "side", "age_band", "training_change", "duration_days", "zone_main"}
"""Read by the rules beside a finding; nobody would call them a warning sign on their own."""


def warning_signs(protocol: Protocol) -> frozenset[tuple[str, str]]:
    """Every (fact, value) pair whose presence can help a red-flag rule to hold.

    Numbers are left out: they are no phrases that could be read as absent.
    """
    found: set[tuple[str, str]] = set()
    for rule in protocol.red_flags:
        for clause in rule.clauses:
            found.update(_atoms(clause.when, protocol))
    return frozenset(pair for pair in found if pair[0] not in _BACKGROUND)


def _atoms(condition: Mapping[str, Any], protocol: Protocol) -> Iterator[tuple[str, str]]:
    for group in ("all", "any", "count"):
        for part in condition.get(group, ()):
            yield from _atoms(part, protocol)
    if "named" in condition:
        yield from _atoms(protocol.named[condition["named"]], protocol)
    if "yes" in condition:
        yield condition["yes"], YES
    if "no" in condition:
        yield condition["no"], "no"
    if "fact" not in condition:
        return
    fact = condition["fact"]
    spec = protocol.specs[fact]
    if spec.kind == "list":
        wanted = condition.get("has", [] if condition.get("is_none") else list(spec.values))
    elif spec.kind in ("choice", "tri"):
        values = list(spec.values) or [YES, "no"]
        wanted = condition.get("in") or [v for v in values if v not in condition.get("not_in", ())]
    else:
        return
    for value in wanted:
        if value not in ("none", "unsure", "normal", "gradual"):
            yield fact, str(value)
