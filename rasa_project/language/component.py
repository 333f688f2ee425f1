"""The extractor as a Rasa NLU component; the only module of this room that imports Rasa."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from rasa_project.language.asides import SURE, only_asks
from rasa_project.language.encoder import default_encoder
from rasa_project.language.extractor import FactExtractor
from rasa_project.language.foreign import LanguageDetector
from rasa_project.language.hybrid import HybridExtractor
from rasa_project.language.intents.names import intent_name
from rasa_project.language.learned.reader import LearnedReader, read_examples, train_reader
from rasa_project.language.lexicon import project_lexicon
from rasa_project.language.mentions import ABSENT, SELF, SELF_HARM, Mention
from rasa_project.settings import DATA
from rasa_project.triage.protocol import protocol

FACTS = "facts"
LANGUAGE = "language"
CLASSIFIED_INTENT = "classified_intent"
INFORM = "inform"
FALLBACK = "nlu_fallback"
START_AGAIN = "start_again"
SURE_TO_FORGET = 0.8
"""Confidence below which a wish to start again is not believed: it forgets every answer."""
EXAMPLES = DATA / "language" / "examples"
_TELLING = {INFORM, FALLBACK, "affirm", "deny", "dont_know", "start"}
"""Intents of messages that may state facts in words no phrase foresaw."""

_ANY_DAY = date(2026, 1, 1)  # assertion does not hang on the day that a sentence was written


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class ClinicalFactExtractor(GraphComponent):
    """Puts the facts of a message beside its intent.

    Stands last in the pipeline. It sets ``facts``, a list of mentions as dictionaries, and no
    Rasa entities. A message that states a fact has the intent ``inform`` whatever the classifier
    thought of it (kept as ``classified_intent``); one about ending one's life has ``self_harm``.
    ``language`` is the code of another language than English, unless most of it was understood.

    It is trained on the labelled sentences of ``data/language/examples``; phrases and context rules
    are read from their files at every start.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """``timezone``: where the visitors are, for "yesterday" and "this morning"."""
        return {"timezone": "America/Toronto"}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ClinicalFactExtractor:
        """Makes the untrained component; see the parent class."""
        return cls(config, model_storage, resource)

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        reader: LearnedReader | None = None,
    ) -> None:
        self._timezone = ZoneInfo(config["timezone"])
        self._model_storage = model_storage
        self._resource = resource
        self._rules = FactExtractor()
        self._extractor = HybridExtractor(self._rules, reader, protocol()) if reader else None
        self._detector = LanguageDetector()

    def train(self, training_data: TrainingData) -> Resource:
        """Trains the learned reader on the labelled sentences and stores it.

        Args:
            training_data: Rasa's phrases; they carry no facts and are not looked at.

        Raises:
            DataError: The labelled sentences are missing or malformed.
            EncoderError: The sentence encoder is missing or damaged.
        """
        reader = train_reader(
            default_encoder(),
            project_lexicon().speller,
            read_examples(EXAMPLES),
            lambda text, places: self._rules.statuses(text, _ANY_DAY, places),
        )
        self._extractor = HybridExtractor(self._rules, reader, protocol())
        with self._model_storage.write_to(self._resource) as folder:
            reader.save(folder)
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> ClinicalFactExtractor:
        """Loads the trained component; it never goes on without what was learnt.

        Raises:
            OSError: The archive holds no model of this component.
            EncoderError: The sentence encoder is missing or damaged.
        """
        with model_storage.read_from(resource) as folder:
            reader = LearnedReader.load(folder, default_encoder(), project_lexicon().speller)
        return cls(config, model_storage, resource, reader)

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the facts, and where they decide it the intent, to each message.

        Raises:
            RuntimeError: The component was not trained.
        """
        if self._extractor is None:
            raise RuntimeError("the fact extractor was not trained")
        for message in messages:
            text = message.get(TEXT) or ""
            classified = message.get(INTENT) or {}
            name = intent_name(classified)
            confidence = classified.get(PREDICTED_CONFIDENCE_KEY) or 0.0
            # "Go back" and "does massage help?" tell nothing unless a phrase is in them.
            tells = name in _TELLING or confidence < SURE
            extractor = self._extractor if tells else self._rules
            mentions = extractor.extract(text, self._date_of(message))
            if only_asks(mentions, name, confidence, len(text.split())):
                mentions = []
            message.set(FACTS, [asdict(mention) for mention in mentions], add_to_output=True)
            if not _mostly_heard(text, mentions):
                message.set(LANGUAGE, self._detector.detect(text), add_to_output=True)
            intent = _decided_intent(mentions)
            if intent is None and _is_unreadable(text, message):
                intent = FALLBACK
            if intent is None and name == START_AGAIN and confidence < SURE_TO_FORGET:
                intent = FALLBACK
            if intent is not None:
                message.set(CLASSIFIED_INTENT, message.get(INTENT), add_to_output=True)
                decided = {INTENT_NAME_KEY: intent, PREDICTED_CONFIDENCE_KEY: 1.0}
                message.set(INTENT, decided, add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Rasa's phrases are left as they are."""
        return training_data

    def _date_of(self, message: Message) -> date:
        """The date in the visitor's zone, or the one the message says it was written at."""
        stated = (message.get("metadata") or {}).get("at")
        if isinstance(stated, str):
            try:
                written = datetime.fromisoformat(stated.replace("Z", "+00:00"))
            except ValueError:
                written = None  # a bad date is the sender's slip, no reason to fail the turn
            if written is not None:
                zoned = written.astimezone(self._timezone) if written.tzinfo else written
                return zoned.date()
        return datetime.now(self._timezone).date()


def _mostly_heard(text: str, mentions: Sequence[Mention]) -> bool:
    """Whether facts make up half of a message, so that its language does not matter."""
    heard = {place for mention in mentions for place in range(mention.start, mention.end)}
    return 2 * len(heard) >= len(text.strip()) > 0


def _is_unreadable(text: str, message: Message) -> bool:
    """Whether the classifier had nothing to go by, so that its best guess means nothing.

    Emoji and other scripts share no letters with the training phrases. "/restart" is text that asks
    for nothing: it is no command, and it is no wish to start again either.
    """
    if (message.get("metadata") or {}).get("slash"):
        return True
    return not any(mark.isascii() and mark.isalnum() for mark in text)


def _decided_intent(mentions: Sequence[Mention]) -> str | None:
    """The intent that facts decide, if any does."""
    own = [mention for mention in mentions if mention.experiencer == SELF]
    if any(mention.fact == SELF_HARM and mention.assertion != ABSENT for mention in own):
        return SELF_HARM
    # Also what is in doubt: the dialogue asks about it, and it must not pass for small talk.
    return INFORM if any(mention.fact != SELF_HARM for mention in mentions) else None
