"""What must hold of a protocol's data: run on the protocol in force, and against its mutants.

Each check looks at a loaded protocol and gives the first thing that is wrong, or None. The words
it goes by are those of the protocol table or of the clinical protocol, never the data itself.
"""

import contextlib
from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import lru_cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from rasa_project.errors import DataError
from rasa_project.loading import read_list, read_mapping
from rasa_project.triage import facts as facts_module
from rasa_project.triage import protocol as protocol_module
from rasa_project.triage import rules as rules_module
from rasa_project.triage import screens as screens_module
from rasa_project.triage.engine import assess
from rasa_project.triage.facts import NO, UNSURE, YES, Facts
from rasa_project.triage.protocol import Protocol, load_protocol
from tests.safety import protocol_table as table
from tests.safety.assignments import level_difference, pairs, quiet
from tests.safety.classes import all_answers
from tests.safety.comparing import (
    asking_differences,
    only,
    rule_differences,
    rule_level,
    section_4_differences,
)
from tests.safety.rule_mutants import FOLDER, Mutant
from tests.safety.screen_checks import (
    mandatory_facts_are_demanded,
    options_mean_what_they_say,
    readings_agree,
    screens_come_in_their_place,
)

Check = Callable[[Protocol], Any]


@lru_cache(maxsize=16)
def _read(reader: Callable[[Path], Any], file: Path) -> Any:
    return reader(file)


@contextlib.contextmanager
def _instead(mutant: Mutant | None) -> Iterator[None]:
    """Lets the product's own loader read a mutant's content in place of its file."""

    def reading(reader: Callable[[Path], Any]) -> Callable[[Path], Any]:
        def read(file: Path) -> Any:
            if mutant is not None and file.name == mutant.file:
                return deepcopy(mutant.content)
            return deepcopy(_read(reader, file))

        return read

    with contextlib.ExitStack() as stack:
        for module in (facts_module, protocol_module, rules_module):
            stack.enter_context(patch.object(module, "read_mapping", reading(read_mapping)))
        stack.enter_context(patch.object(screens_module, "read_list", reading(read_list)))
        yield


def load(mutant: Mutant | None = None) -> Protocol:
    """The protocol with a mutant's mistake in it; raises DataError as the product does."""
    with _instead(mutant):
        return load_protocol(FOLDER)


@lru_cache(maxsize=1)
def in_force() -> Protocol:
    """The protocol without any mistake."""
    return load()


def rules_agree(protocol: Protocol) -> Any:
    """Every changed red-flag rule against its rows of the table."""
    ids = [rule.id for rule in protocol.red_flags]
    if ids != sorted({row.rule for row in table.rows() if row.rule.startswith("RF")}):
        return f"rules are {ids}"
    shared = protocol.named != in_force().named or protocol.specs != in_force().specs
    for rule, right in zip(protocol.red_flags, in_force().red_flags, strict=True):
        if rule.id != "RF28" and (shared or rule.clauses != right.clauses):
            for difference in rule_differences(protocol, rule, unanswered=False):
                return difference
    return None


def section_4_agrees(protocol: Protocol) -> Any:
    """Section 4, clause by clause, against the table."""
    return next(section_4_differences(protocol), None)


def asking_agrees(protocol: Protocol) -> Any:
    """When facts are asked, against the table."""
    return next(asking_differences(protocol), None)


def unresolved_facts_are_counted(protocol: Protocol) -> Any:
    """RF28: every safety fact counts, no other does, and it takes two."""
    alone = only(protocol, next(rule for rule in protocol.red_flags if rule.id == "RF28"))
    base = quiet(protocol)
    doubted = {
        n: dict.fromkeys(v, UNSURE) if isinstance(v, dict) else UNSURE for n, v in base.items()
    }
    doubted["pregnancy"] = "prefer_not"
    safety = sorted(table.safety_facts())
    for one in base:
        for other in (safety[0], safety[-1], one):
            known = {**base, one: doubted[one], other: doubted[other]}
            enough = len({one, other} & set(safety)) >= 2
            if (rule_level(alone, known) == "PROMPT") is not enough:
                return one, other
    return None


def grade(known: dict[str, Any]) -> str:
    """Irritability in the words of section 4; unsure is read upward."""
    at_least = {
        n: 99 if known[n] == UNSURE else known[n] for n in ("push_off_nrs", "stiffness_min")
    }
    high = at_least["push_off_nrs"] >= 6 or at_least["stiffness_min"] > 30
    high = high or known["next_day_worse"] in ("gt24h", UNSURE) or known["walk_limp"] != NO
    if high or known["night_rest"] in ("after_activity", UNSURE):
        return "HIGH"
    low = at_least["push_off_nrs"] <= 2 and at_least["stiffness_min"] <= 10
    return "LOW" if low and known["next_day_worse"] == "no" else "MODERATE"


def irritability_agrees(protocol: Protocol) -> Any:
    """The grade of irritability against section 4, near every bound."""
    base = quiet(protocol)
    for nrs in (0, 2, 3, 5, 6, 10, UNSURE):
        for minutes in (0, 10, 11, 30, 31, 180, UNSURE):
            for fact in ("next_day_worse", "walk_limp", "night_rest"):
                for value in all_answers(protocol.specs[fact]):
                    known = {**base, "push_off_nrs": nrs, "stiffness_min": minutes, fact: value}
                    if assess(protocol, Facts(protocol.specs, known)).irritability != grade(known):
                        return known
    return None


def further_words_agree(protocol: Protocol) -> Any:
    """Where a rule says more: the emergency department (RF10), the back (RF08), a physician (RF18)."""
    base = quiet(protocol)
    risks = [("cancer_6m",), ("paralysis", "cast_boot"), ("bed_3d", "surgery_12w"), ("prior_clot",)]
    risks_alone = [item for group in risks for item in group] + ["oestrogen", "travel_4h_4w"]
    cases = [(one, other, whole, bigger) for one in risks_alone for other in risks_alone
             for whole in (False, True) for bigger in (NO, YES)]  # fmt: skip
    for one, other, whole, bigger in cases:
        points = sum(bool({one, other} & set(group)) for group in risks) + whole + (bigger == YES)
        swelling = "whole_leg" if whole else "calf"
        known = {
            **base, "calf_bigger": bigger,
            "vte_risk": {i: YES if i in (one, other) else NO for i in protocol.specs["vte_risk"].values},
            "swelling": {i: YES if i == swelling else NO for i in protocol.specs["swelling"].values},
        }  # fmt: skip
        if _says_more(protocol, "RF10", known) is not (points >= 2):
            return "RF10", known
    calf = {**base, "calf_bigger": YES}
    for value in protocol.specs["pregnancy"].values:
        wanted = value in ("pregnant", "postpartum_6w")
        if _says_more(protocol, "RF10", {**calf, "pregnancy": value}) is not wanted:
            return "RF10", value
    for onset in protocol.specs["onset"].values:
        known = {**base, "onset": onset, "walk4_now": NO}
        if _says_more(protocol, "RF08", known) is not (onset == "fall_height"):
            return "RF08", onset
    for age, limp in (("u8", NO), ("u8", YES), ("8_15", NO), ("8_15", YES)):
        known = {**base, "age_band": age, "walk_limp": limp}
        if _says_more(protocol, "RF18", known) is not (age == "u8" or limp == YES):
            return "RF18", age, limp
    return None


def _says_more(protocol: Protocol, rule: str, known: dict[str, Any]) -> bool:
    fired = assess(protocol, Facts(protocol.specs, known)).fired
    return any(hit.more for hit in fired if hit.rule.id == rule)


def levels_agree(protocol: Protocol) -> Any:
    """The level of whole sets of answers against the table: a sample of all pairs."""
    for known in list(pairs(in_force()))[::97]:
        difference = level_difference(protocol, known)
        if difference is not None:
            return difference
    return None


CHECKS: tuple[Check, ...] = (
    rules_agree, options_mean_what_they_say, readings_agree, section_4_agrees,
    unresolved_facts_are_counted, asking_agrees, screens_come_in_their_place,
    mandatory_facts_are_demanded, further_words_agree, irritability_agrees, levels_agree,
)  # fmt: skip


def killed_by(mutant: Mutant) -> str | None:
    """The check that notices a mutant; "loading" when the product refuses it; None: it survives."""
    try:
        protocol = load(mutant)
    except DataError:
        return "loading"
    for check in CHECKS:
        try:
            wrong = check(protocol)
        except (KeyError, StopIteration, IndexError, AssertionError, TypeError, ValueError):
            return check.__name__  # The mutated data cannot even be used.
        if wrong is not None:
            return check.__name__
    return None
