"""The summary of a visitor with the longest plan, made by the product itself."""

from datetime import date
from typing import Any

from rasa_project.advice.plan import PlanCase, make_plan, plan_event
from rasa_project.clinics.directory import default_directory
from rasa_project.clinics.offer import clinic_event
from rasa_project.dialogue.outcomes import outcome_event
from rasa_project.dialogue.wording import label_of
from rasa_project.summary.content import Summary, make_summary
from rasa_project.triage.engine import assess
from rasa_project.triage.facts import NO, YES, Facts
from rasa_project.triage.protocol import protocol
from tests.unit.summary.example import AT
from tests.unit.summary.full import RESUME

TODAY = date(2026, 1, 20)
QUOTES = {
    "zone_main": "right where the tendon meets my heel bone",
    "onset": "it just crept up over about ten days of marathon training",
    "duration_days": "about 10 days now", "stiffness_min": "fifteen minutes or so in the morning",
    "push_off_nrs": "maybe a 4 when I push off", "training_change.mileage": "went from 30 to 45 km",
    "training_change.footwear": "new shoes, and yes they are lower", "run_status": "I stopped running",
}  # fmt: skip


def facts(zone: str, **changes: Any) -> dict[str, Any]:
    """Every mandatory answer of a runner at SELF_CARE who named every training change."""
    found: dict[str, Any] = {"consent_chat": True}
    for name, spec in protocol().specs.items():
        if spec.kind == "list":
            found[name] = dict.fromkeys(spec.values, NO)
        elif spec.kind == "tri":
            found[name] = NO
    for absent in ("inflam", "vte_risk", "calf_bigger", "calf_tense", "walk4_then", "gap_or_dent"):
        del found[absent]
    del found["bone_tender"], found["exertional_leg"], found["heel_squeeze"]
    found |= {
        "age_band": "18_39", "zone_main": zone, "zones": {**found["zones"], zone: YES},
        "side": "left", "onset": "gradual", "duration_days": 10, "walk4_now": YES,
        "push_off": "painful", "heel_raise": "painful", "heat_redness": "none", "fever": NO,
        "wound": NO, "pregnancy": NO, "night_rest": "none", "stiffness_min": 15, "rest_nrs": 0,
        "push_off_nrs": 4, "next_day_worse": "lt24h", "trend": "same", "walk_limp": NO,
        "history": "first", "sport": "walking", "run_status": "stopped", "goal_weeks": 8,
        "training_change": dict.fromkeys(found["training_change"], YES),
        "weekly_km_before": 30, "weekly_km_now": 45,
    }  # fmt: skip
    if zone == "Z5":
        found["heel_squeeze"] = NO
    if changes.get("stiffness_min", 0) > 30:
        found["inflam"] = dict.fromkeys(protocol().specs["inflam"].values, NO)
    return found | changes


def longest_summary(zone: str = "Z3", **changes: Any) -> Summary:
    """What the chat would give.

    Args:
        zone: Where it hurts most.
        changes: Other answers by the name of their fact.
    """
    rules = protocol()
    known = Facts(rules.specs, facts(zone, **changes))
    result = assess(rules, known)
    assert result.level is not None, result.missing
    case = PlanCase.from_facts(result.level.name, result.irritability, known)
    plan = make_plan(case, TODAY)
    return make_summary(
        facts={name: known[name] for name in rules.specs if known.get(name) is not None},
        quotes=QUOTES,
        outcome=outcome_event(rules, known, result, QUOTES, False, TODAY),
        plan=plan_event(plan) if plan else None,
        clinic=clinic_event(default_directory(), None, "mimico"),
        reference="BCDFGH", created_at=AT,
        labels=lambda name, value: label_of(rules, name, value),
        protocol_facts={
            n: tuple(s.values) if s.kind == "list" and not s.partial_is_enough else ()
            for n, s in rules.specs.items()
        },
        protocol=rules.stamp, irritability=result.irritability, resume=RESUME,
    )  # fmt: skip
