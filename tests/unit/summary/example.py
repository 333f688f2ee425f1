"""One visitor's summary, and the labels and events it is made of."""

from datetime import datetime, timezone

from rasa_project.summary.content import Summary, make_summary

LABELS = {
    ("onset", None): "how it started",
    ("onset", "gradual"): "it built up over time",
    ("swelling", None): "swelling",
    ("swelling", "calf"): "swelling of the calf",
    ("swelling", "tendon_heel"): "swelling at the heel",
    ("swelling", "whole_leg"): "swelling of the whole leg",
    ("fever", None): "fever or chills",
    ("wound", None): "broken skin",
    ("walk_limp", None): "limping",
    ("next_day_worse", None): "the morning after activity",
    ("next_day_worse", "no"): "no worse",
    ("push_off_nrs", None): "pain when pushing off (0 to 10)",
    ("sport", None): "sport",
    ("area", None): "area",
    ("side", None): "side",
}
FACTS = {
    "onset": (), "swelling": ("calf", "tendon_heel", "whole_leg"), "fever": (), "wound": (),
    "walk_limp": (), "next_day_worse": (), "push_off_nrs": (), "sport": (), "area": (), "side": (),
}  # fmt: skip
KNOWN = {
    "onset": "gradual",
    "swelling": {"tendon_heel": "yes", "calf": "no"},
    "fever": "no",
    "wound": "yes",
    "walk_limp": "unsure",
    "next_day_worse": "no",
    "push_off_nrs": 4,
    "sport": "10 km",
    "area": "M5V 2T6",
}
QUOTES = {"onset": "it just crept up", "swelling.tendon_heel": "puffy at the back"}
OUTCOME = {
    "type": "outcome",
    "level": "SELF_CARE",
    "text": "Start with a plan at home.\n\nWhy: it built up slowly.",
    "because": "Why: it built up slowly.",
    "unless": "If it gets worse, the next step is a visit.",
    "safety_net": "Call 911 for chest pain or trouble breathing.",
    "rules": [{"id": "S4-SELF-CARE", "facts": [], "source": "P: project threshold"}],
    "protocol": {"version": "0.2", "signed": False},
}
PLAN = {
    "type": "plan",
    "text": "Your plan.\n• Running: Keep it flat.\n\nLook again on December 7, 2026.",
}
CLINIC = {
    "type": "clinic",
    "text": "The nearest open clinic is our Riverdale clinic, about 2 km away.",
}
AT = datetime(2026, 11, 23, 14, 5, tzinfo=timezone.utc)


def labels(fact: str, value: str | None) -> str:
    return LABELS.get((fact, value), LABELS[(fact, None)])


def summary(**changes) -> Summary:
    given = {
        "facts": KNOWN, "quotes": QUOTES, "outcome": OUTCOME, "plan": PLAN, "clinic": CLINIC,
        "reference": "AX-7KQ2", "created_at": AT, "labels": labels, "protocol_facts": FACTS,
        "protocol": {"version": "0.3", "signed": True},
    }  # fmt: skip
    return make_summary(**{**given, **changes})
