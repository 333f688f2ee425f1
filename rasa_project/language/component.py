"""The Rasa graph component: facts with assertion, heard in every message.

The only module of this room that imports Rasa.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from rasa_project.language.extractor import FactExtractor
from rasa_project.language.mentions import Mention

SURE = 0.5
"""Confidence from which the classifier is believed that a message is a question."""

BACKGROUND = frozenset(
    {"duration_days", "side", "respondent", "sport", "run_status", "area", "training_change"}
)
"""Facts whose words also stand in questions; none of them is read by a red-flag rule alone."""

TORONTO = ZoneInfo("America/Toronto")


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False
)
class ClinicalFactExtractor(GraphComponent):
    """Writes ``facts`` on a message: what was said about every fact of the protocol.

    A message that states any fact gets the intent ``inform``, whatever the classifier made of its
    other words: "thanks, oh and my calf swelled up" must reach the triage. The classifier's own
    reading stays in ``classified_intent``.
    """

    def __init__(self, extractor: FactExtractor) -> None:
        self._extractor = extractor

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ClinicalFactExtractor:
        """Makes the component; the lexicon is read from ``data/language``, not from the model."""
        return cls(FactExtractor())

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds ``facts`` to each message."""
        for message in messages:
            mentions = self._extractor.extract(message.get(TEXT) or "", _date_of(message))
            message.set("facts", [asdict(mention) for mention in mentions], add_to_output=True)
            intent = message.get(INTENT) or {}
            if _is_a_question(mentions, intent):
                message.set("facts", [], add_to_output=True)
                continue
            if not mentions:
                continue
            message.set("classified_intent", intent, add_to_output=True)
            harm = any(m.fact == "self_harm" and m.assertion == "present" for m in mentions)
            name = "self_harm" if harm else "inform"
            message.set(INTENT, {"name": name, "confidence": 1.0}, add_to_output=True)
        return messages


def _is_a_question(mentions: list[Mention], intent: dict[str, Any]) -> bool:
    """Whether it asks something and reports nothing.

    "Can I keep running?" and "what is the weather like today?" hold words of facts that are not
    told. No red flag is among those facts, so one in the same message is always heard.
    """
    name, confidence = str(intent.get("name")), intent.get("confidence") or 0.0
    asks = name.startswith("ask_") or name == "out_of_scope"
    return (
        asks
        and confidence >= SURE
        and all(m.fact in BACKGROUND or m.temporality == "hypothetical" for m in mentions)
    )


def _date_of(message: Message) -> date:
    """The day the message was written, in Toronto: "since yesterday" counts from there."""
    at = (message.get("metadata") or {}).get("at")
    if isinstance(at, str):
        return datetime.fromisoformat(at.replace("Z", "+00:00")).astimezone(TORONTO).date()
    return datetime.now(TORONTO).date()
