"""Checks on the screens of a protocol's data; see `checks.py`."""

from typing import Any

from rasa_project.triage.engine import assess, unanswered_mandatory
from rasa_project.triage.facts import NO, UNSURE, YES, Facts
from rasa_project.triage.protocol import Protocol
from tests.safety.assignments import asked_only, quiet
from tests.safety.walking import walk

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
