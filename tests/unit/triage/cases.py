"""Visitors to start an example from."""

from typing import Any

from rasa_project.triage.facts import Facts, parse_facts
from rasa_project.triage.protocol import protocol

NEGATIVE: dict[str, Any] = {
    "consent_chat": True, "emergency_flags": ["none"], "respondent": "self", "age_band": "18_39",
    "zones": ["Z2"], "zone_main": "Z2", "side": "left", "onset": "gradual", "duration_days": 10,
    "walk4_now": "yes", "push_off": "painful", "heel_raise": "painful", "swelling": ["none"],
    "heat_redness": "none", "fever": "no", "wound": "no", "neuro": ["none"], "drugs": ["none"],
    "health": ["none"], "general_flags": ["none"], "pregnancy": "no", "night_rest": "none",
    "stiffness_min": 15, "push_off_nrs": 4, "next_day_worse": "no", "trend": "same",
    "walk_limp": "no", "training_change": ["mileage"], "weekly_km_before": 20,
    "weekly_km_now": 30, "history": "first", "area": "Mimico",
}  # fmt: skip
"""A runner with ten days of mid-tendon pain after more distance; everything else negative."""

INJURED = {"walk4_then": "yes", "gap_or_dent": "no", "bone_tender": "no", "heel_raise": None}
CALF = {"vte_risk": ["none"], "calf_bigger": "no", "calf_tense": "no", "exertional_leg": "no"}


def case(**changes: Any) -> dict[str, Any]:
    """The negative visitor with some answers changed; None takes an answer away."""
    return {k: v for k, v in {**NEGATIVE, **changes}.items() if v is not None}


def facts(**changes: Any) -> Facts:
    """The same as :class:`Facts`."""
    return parse_facts(protocol().specs, case(**changes))
