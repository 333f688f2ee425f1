"""What is a more abnormal answer, and where the protocol itself lets a level fall.

An *exception* names a rule, a fact and the answer that is given up, with the protocol's words.
The tests assert that the exceptions are exactly these: one that is missing here fails, and so
does one that no longer occurs.
"""

from collections.abc import Callable, Iterator
from typing import Any

from rasa_project.triage.engine import assess
from rasa_project.triage.facts import NO, UNSURE, YES, Facts, FactSpec
from rasa_project.triage.protocol import Protocol
from rasa_project.triage.rules import Level, Rule
from tests.safety.classes import facts_read, leaves
from tests.safety.comparing import clause_alone, combinations, only, rule_combinations

# From normal to most abnormal. Facts that are no findings (age, side of the body, when it started)
# or whose answers have no order (how it started) are not here; "duration" and "onset" are choices
# between mechanisms, and the rules for one do not apply to the other.
ORDER: dict[str, tuple[Any, ...]] = {
    "push_off": ("normal", "painful", "weak", "unable"),
    "heel_raise": ("full", "painful", "weak", "cannot"),
    "heat_redness": ("none", "mild_local", "hot_red", "spreading"),
    "night_rest": ("none", "after_activity", "constant_or_wakes"),
    "next_day_worse": ("no", "lt24h", "gt24h"),
    "trend": ("better", "same", "worse"),
    "history": ("first", "recurrent_12m"),
    "pregnancy": ("no", "pregnant"),
    "side": ("left", "both"),
    "walk4_now": (YES, NO),
    "walk4_then": (YES, NO),
}
NUMBERS = ("stiffness_min", "push_off_nrs", "rest_nrs")

PROMPT_WORDS = (
    "Engine rule 4: unsure counts as yes for EMERGENCY and URGENT rules; this is a PROMPT rule"
)
ONSET_WORDS = "Section 2, A5: 'unsure' is a value of its own, named by RF09 and RF11"
# (rule, fact): the protocol's words by which "not sure" gives a lower level than the known answer.
DOUBT_LOWERS: dict[tuple[str, str], str] = {
    ("RF06", "onset"): ONSET_WORDS,
    ("RF07", "onset"): ONSET_WORDS,
    ("RF08", "onset"): ONSET_WORDS,
    ("RF25", "onset"): ONSET_WORDS,
    ("RF07", "gap_or_dent"): "Engine rule 4: gap_or_dent unsure counts as yes only if onset is not gradual",
    ("S4-SIX-WEEKS", "duration_days"): "Section 2, A6: unknown counts as 14 days or less",
    ("RF18", "walk_limp"): "RF18: walk_limp=yes",
    ("RF18", "age_band"): PROMPT_WORDS,
    ("RF14", "drugs"): PROMPT_WORDS,
    ("RF19", "health"): PROMPT_WORDS,
    ("RF19", "vte_risk"): PROMPT_WORDS,
    ("RF20", "drugs"): PROMPT_WORDS,
    ("RF21", "general_flags"): PROMPT_WORDS,
    ("RF21", "night_rest"): PROMPT_WORDS,
    ("RF22", "fever"): "RF22: fever=yes",
    ("RF22", "night_rest"): PROMPT_WORDS,
    ("RF23", "heel_squeeze"): "RF23: heel_squeeze=yes",
    ("RF23", "zones"): PROMPT_WORDS,
    ("RF23", "drugs"): PROMPT_WORDS,
    ("RF23", "health"): PROMPT_WORDS,
    ("RF23", "training_change"): PROMPT_WORDS,
    ("RF24", "side"): PROMPT_WORDS,
    ("RF24", "health"): PROMPT_WORDS,
    ("RF24", "inflam"): PROMPT_WORDS,
    ("RF24", "stiffness_min"): PROMPT_WORDS,
    ("RF24", "training_change"): "RF24: training_change=none, a known answer",
    ("RF25", "heel_raise"): PROMPT_WORDS,
    ("RF25", "rest_nrs"): PROMPT_WORDS,
    ("RF25", "zone_main"): PROMPT_WORDS,
    ("RF26", "neuro"): PROMPT_WORDS,
    ("RF29", "exertional_leg"): "RF29: exertional_leg=yes",
    ("S4-STRONG-PAIN", "push_off_nrs"): PROMPT_WORDS,
    ("S4-STRONG-PAIN", "walk_limp"): PROMPT_WORDS,
}  # fmt: skip
# (rule, fact): where one more abnormal finding gives a lower level.
FINDING_LOWERS = {
    ("RF24", "training_change"): "Engine rule 3: training_change excepted, because its none is a flag in RF24",
    ("S4-WEAK-RAISE", "heel_raise"): "Section 4 names weak; cannot is RF25, a higher level",
    ("S4-IRRITABLE", "night_rest"): "Section 4 names after_activity; constant_or_wakes is RF22, a higher level",
}  # fmt: skip


def doubted(spec: FactSpec, value: Any) -> Iterator[Any]:
    """The answer with one thing that was known turned into "not sure"."""
    if spec.kind != "list":
        if value != UNSURE:
            yield UNSURE
        return
    for item, state in value.items():
        if state != UNSURE:
            yield {**value, item: UNSURE}


def worse(spec: FactSpec, value: Any) -> Iterator[Any]:
    """Every answer with one more abnormal finding than this one."""
    if value == UNSURE:
        return
    if spec.kind == "list":
        yield from ({**value, item: YES} for item, state in value.items() if state == NO)
    elif spec.name in ORDER:
        order = ORDER[spec.name]
        if value in order:
            yield from order[order.index(value) + 1 :]
    elif spec.name in NUMBERS:
        # From this class of numbers to the next ones: the classes lie apart by at most this much.
        yield from sorted(
            {min(int(value) + step, int(spec.maximum or 0)) for step in (1, 2, 3, 31, 180)}
            - {value}
        )
    elif spec.kind == "tri" and value == NO:
        yield YES


def lowering(
    protocol: Protocol, change: Callable[[FactSpec, Any], Iterator[Any]], spare: frozenset[str]
) -> set[tuple[str, str]]:
    """Rules and facts where a change lowers what the rule gives, over every combination.

    Args:
        protocol: The protocol.
        change: From an answer to the answers it may be changed to.
        spare: Rules to leave out.
    """
    found: set[tuple[str, str]] = set()
    for rule in protocol.red_flags:
        if rule.id not in spare | {"RF28"}:
            found |= _lowering(
                only(protocol, rule), rule, rule_combinations(protocol, rule, False), change
            )
    for clause in protocol.disposition.clauses:
        when = clause.clauses[0].when
        names = sorted(facts_read(when, protocol))
        atoms = list(leaves(when, protocol))
        cases = (
            {"age_band": "18_39", **known}
            for known in combinations(protocol, names, atoms, [], False)
        )
        found |= _lowering(clause_alone(protocol, clause), clause, cases, change)
    return found


def _lowering(
    alone: Protocol,
    rule: Rule,
    cases: Iterator[dict[str, Any]],
    change: Callable[[FactSpec, Any], Iterator[Any]],
) -> set[tuple[str, str]]:
    levels: dict[Any, int] = {}

    def level(known: dict[str, Any]) -> int:
        key = tuple(tuple(v.items()) if isinstance(v, dict) else v for v in known.values())
        if key not in levels:
            fired = assess(alone, Facts(alone.specs, known)).fired
            levels[key] = max(
                (hit.level for hit in fired if hit.rule.id == rule.id), default=Level(1)
            )
        return levels[key]

    found: set[tuple[str, str]] = set()
    for known in cases:
        before = level(known)
        if before == Level.SELF_CARE:
            continue
        for name, value in known.items():
            if (rule.id, name) in found:
                continue
            if any(
                level({**known, name: other}) < before for other in change(alone.specs[name], value)
            ):
                found.add((rule.id, name))
    return found
