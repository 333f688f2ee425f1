"""What an intent is called: Rasa sees ``ask`` for every question, the dialogue which one it is."""

from collections.abc import Mapping, Sequence
from typing import Any

_WHOLE = "full_retrieval_intent_name"  # Rasa's key for the name with what stands after the slash

STANDS_OUT = 1.75
"""How many times as likely as the next question the likeliest must be."""


def spoken_name(label: str) -> str:
    """The dialogue's name for a label of the phrases: "ask_running" for "ask/running"."""
    return label.replace("/", "_")


def decided(ranked: Sequence[tuple[str, float]]) -> dict[str, Any]:
    """The intent as Rasa's rules take it, so that no question needs a rule of its own.

    That a message asks is often sure where the question is not: "can I do sprints" is near both
    hills and races. So the confidence of a question is that of all questions together, unless the
    likeliest hardly stands out among them.

    Args:
        ranked: Labels as in the phrases ("affirm", "ask/running") with their confidence, 0 to 1,
            all of them, the likeliest first.
    """
    label, confidence = ranked[0]
    name, slash, _ = label.partition("/")
    if not slash:
        return {"name": name, "confidence": confidence}
    questions = [c for other, c in ranked if other.startswith(f"{name}/")]
    if len(questions) == 1 or confidence >= STANDS_OUT * questions[1]:
        confidence = sum(questions)
    return {"name": name, "confidence": confidence, _WHOLE: label}


def intent_name(intent: Mapping[str, Any]) -> str:
    """The dialogue's name of an intent that a message carries; empty if it has none."""
    return spoken_name(str(intent.get(_WHOLE) or intent.get("name") or ""))
