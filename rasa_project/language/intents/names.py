"""What an intent is called: Rasa sees ``ask`` for every question, the dialogue which one it is."""

from collections.abc import Mapping
from typing import Any

_WHOLE = "full_retrieval_intent_name"  # Rasa's key for the name with what stands after the slash


def spoken_name(label: str) -> str:
    """The name that the dialogue knows a label of the phrases by: "ask_running" for "ask/running"."""
    return label.replace("/", "_")


def rasa_intent(label: str, confidence: float) -> dict[str, Any]:
    """An intent as Rasa's rules take it, so that no question needs a rule of its own.

    Args:
        label: As in the phrases: "affirm", "ask/running".
        confidence: 0 to 1.
    """
    name, slash, _ = label.partition("/")
    whole = {_WHOLE: label} if slash else {}
    return {"name": name, "confidence": confidence, **whole}


def intent_name(intent: Mapping[str, Any]) -> str:
    """The dialogue's name of an intent that a message carries; empty if it has none."""
    return spoken_name(str(intent.get(_WHOLE) or intent.get("name") or ""))
