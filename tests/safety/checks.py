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
from rasa_project.triage.engine import assess, unanswered_mandatory
from rasa_project.triage.facts import NO, UNSURE, YES, Facts
from rasa_project.triage.protocol import Protocol, load_protocol
from tests.safety import protocol_table as table
from tests.safety.assignments import asked_only, level_difference, pairs, quiet
from tests.safety.classes import all_answers
from tests.safety.comparing import (
    asking_differences,
    only,
    rule_differences,
    rule_level,
    section_4_differences,
)
from tests.safety.rule_mutants import FOLDER, Mutant
from tests.safety.walking import walk

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


# Options whose value is not the protocol's value of the fact they set.
MEANT: dict[tuple[str, str], dict[str, Any]] = {
    ("consent", "yes"): {"consent_chat": True},
    ("consent", "no"): {"consent_chat": False},
    ("loading_ability", "normal"): {"walk4_now": YES, "push_off": "normal"},
    ("loading_ability", "painful"): {"walk4_now": YES, "push_off": "painful"},
    ("loading_ability", "weak"): {"walk4_now": YES, "push_off": "weak"},
    ("loading_ability", "unable"): {"walk4_now": YES, "push_off": "unable"},
    ("loading_ability", "cannot_walk4"): {"walk4_now": NO, "push_off": UNSURE},
    ("injury_checks", "walk4_then"): {"walk4_then": NO},
}
# Yes-or-no facts that an option on a screen of several states by its own name.
TICKED = {
    "gap_or_dent",
    "bone_tender",
    "wound",
    "fever",
    "calf_bigger",
    "calf_tense",
    "exertional_leg",
    "walk_limp",
}


def options_mean_what_they_say(protocol: Protocol) -> Any:
    """Every option states the value it is named after, and every value has an option."""
    offered: set[tuple[str, Any]] = set()
    for question in protocol.questions:
        for option in question.options:
            meant = MEANT.get((question.name, option.value))
            if meant is None and option.value in TICKED:
                meant = {option.value: YES}
            if meant is not None and dict(option.means) != meant:
                return question.name, option.value
            for fact, value in {**option.means, **option.means_if_asked}.items():
                offered.add((fact, value))
                if meant is None and str(value) != option.value:
                    return question.name, option.value
                if fact == "heel_raise" and option.value != "cannot_walk4":
                    right = {"normal": "full", "unable": "cannot"}.get(option.value, option.value)
                    if value != right:
                        return question.name, option.value
    for name, spec in protocol.specs.items():
        asked = any(name in question.sets for question in protocol.questions)
        defaults = [
            q.otherwise.get(name, q.unless_ticked.get(name))
            for q in protocol.questions
            if name in q.sets
        ]
        for value in spec.values if asked else ():
            own = name == "zone_main" or (name, value) in offered or value in defaults
            if not own and (name, value) != ("push_off", UNSURE):
                return name, value
        if asked and spec.kind == "tri":
            for value in (YES, NO):
                if (name, value) not in offered and value not in defaults:
                    return name, value
    if not {("consent_chat", True), ("consent_chat", False)} <= offered:
        return "consent can be given and refused"
    minutes = {v for fact, v in offered if fact == "stiffness_min"}
    days = {v for fact, v in offered if fact == "duration_days"}
    if minutes == {0, 5, 15, 30, 60, 90} and days == {1, 5, 12, 28, 60, 180}:
        return None
    return minutes, days


def mandatory_facts_are_demanded(protocol: Protocol) -> Any:
    """No plan for home before every fact the protocol asks for in this case is answered."""
    for zone in ("Z1", "Z2", "Z5"):
        known = {**quiet(protocol), "zone_main": zone, "zones": {zone: YES}}
        known = asked_only(protocol, known)
        place = {"zones", "zone_main"}  # One follows from the other.
        for names in [place, *({name} for name in set(known) - place)]:
            facts = Facts(protocol.specs, {n: v for n, v in known.items() if n not in names})
            if not names <= unanswered_mandatory(protocol, facts):
                return names
    return None


def readings_agree(protocol: Protocol) -> Any:
    """How answers are read that are not plain values (section 2 and engine rule 4)."""
    specs = protocol.specs
    denied = {"heat_redness": "none", "night_rest": "none", "pregnancy": "no"}
    wrong = [name for name, value in denied.items() if specs[name].absent_is != value]
    for other in set(specs["onset"].values) - {"sudden_pop"}:
        if "sudden_pop" not in (
            specs["onset"].graver(other, "sudden_pop"),
            specs["onset"].graver("sudden_pop", other),
        ):
            wrong.append(other)
        if specs["onset"].graver("sudden_pop", other) != "sudden_pop":
            wrong.append(other)
    if not Facts(specs, {"zones": {"Z3": YES}}).answered("zones"):
        wrong.append("one sore place is enough")
    return wrong or None


def screens_come_in_their_place(protocol: Protocol) -> Any:
    """Consent always, the area only with a clinic to name, and a follow-up only after its screen."""
    home = walk(protocol, quiet(protocol))
    if "area" in home.asked or home.asked[:2] != ["consent", "emergency_signs"]:
        return home.asked
    popped = walk(protocol, {**quiet(protocol), "onset": "sudden_pop"}, {"onset": "sudden_pop"})
    if "consent" not in popped.asked or "medicines" in popped.asked:
        return popped.asked
    booked = walk(protocol, {**quiet(protocol), "trend": "worse"})
    if booked.asked[-1] != "area":
        return booked.asked
    further = protocol.specs["training_change"].parse(["mileage"])
    more = walk(
        protocol,
        {
            **quiet(protocol),
            "training_change": further,
            "weekly_km_before": 20,
            "weekly_km_now": 30,
        },
    )
    place = more.asked.index("weekly_distance") if "weekly_distance" in more.asked else 0
    if not place or more.asked[place - 1] != "training_change":
        return more.asked
    # Half an answer to the optional follow-up is enough.
    half = more.facts.without({"weekly_km_before"})
    return None if assess(protocol, half).question is None else half


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
