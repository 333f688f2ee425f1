"""Tells a question from a report when both use the words of a fact."""

from collections.abc import Sequence

from rasa_project.language.mentions import HYPOTHETICAL, Mention

SURE = 0.5
"""Confidence from which the classifier is believed that a message asks and does not report."""

BACKGROUND = frozenset(
    {
        "duration_days",
        "side",
        "respondent",
        "sport",
        "run_status",
        "area",
        "training_change",
        "trend",
        "next_day_worse",
    }
)
"""Facts whose words also stand in questions; no red-flag rule fires on one of them alone."""

PLACES = frozenset({"zones", "zone_main"})
FEW_WORDS = 8
"""A question of so few words names a place ("is it my achilles") and tells of no pain there."""


def only_asks(mentions: Sequence[Mention], intent: str, confidence: float, words: int) -> bool:
    """Whether a message asks something and reports nothing.

    "Can I keep running?" and "what is the weather like today?" hold words of facts that nobody
    told. A red flag in the same message is always heard.

    Args:
        mentions: What the extractor heard.
        intent: The classifier's intent.
        confidence: The classifier's confidence, 0 to 1.
        words: Length of the message in words.
    """
    named = BACKGROUND | PLACES if words <= FEW_WORDS else BACKGROUND
    asks = intent.startswith("ask_") or intent == "out_of_scope"
    return (
        asks
        and confidence >= SURE
        and all(m.fact in named or m.temporality == HYPOTHETICAL for m in mentions)
    )
