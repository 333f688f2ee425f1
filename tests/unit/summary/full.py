"""A summary in which every fact of the protocol was answered, with long words of the visitor."""

from rasa_project.dialogue.wording import label_of
from rasa_project.summary.content import Resume, Summary, make_summary
from rasa_project.triage.protocol import protocol
from tests.unit.summary.example import AT, OUTCOME, PLAN

LONG = ("Zoë dit: ça tire 😀 " + "word " * 400)[:1999] + "."
assert len(LONG) == 2000
NUMBERS = {"duration_days": 20, "stiffness_min": 40, "push_off_nrs": 7, "rest_nrs": 3}


def full_summary(state: str = "yes", **changes) -> Summary:
    """Every item of every list in the given state."""
    specs = protocol().specs
    facts = {}
    for name, spec in specs.items():
        if spec.kind == "list":
            facts[name] = {item: state for item in spec.values}
        elif spec.kind == "number":
            facts[name] = NUMBERS.get(name, 12)
        elif spec.kind == "choice":
            facts[name] = list(spec.values)[-2]
        else:
            facts[name] = {"tri": state, "bool": True}.get(spec.kind, LONG[:200])
    quotes = {name: LONG for name in facts} | {
        f"{name}.{item}": LONG for name, spec in specs.items() for item in spec.values
    }
    given = {
        "facts": facts, "quotes": quotes, "outcome": OUTCOME, "plan": PLAN, "clinic": None,
        "reference": "BCDFGH", "created_at": AT,
        "labels": lambda name, value: label_of(protocol(), name, value),
        "protocol_facts": {n: tuple(s.values) if s.kind == "list" else () for n, s in specs.items()},
        "protocol": {"version": "0.2", "signed": False}, "irritability": "HIGH",
    }  # fmt: skip
    return make_summary(**{**given, **changes})


RESUME = Resume("BCDF-GHJK-MNPQ", AT.date().replace(month=12))
