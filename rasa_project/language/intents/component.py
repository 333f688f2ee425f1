"""The intent classifier as a Rasa NLU component."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import (
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RESPONSE_KEY,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from rasa_project.language.encoder import default_encoder
from rasa_project.language.intents.model import IntentModel
from rasa_project.language.intents.names import decided, spoken_name

RANKING = "intent_ranking"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class SentenceIntentClassifier(GraphComponent, IntentClassifier):
    """Sets ``intent`` and ``intent_ranking``, with confidences that can be taken at their word.

    Reads the text itself; it needs neither a tokenizer nor featurizers before it.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """``ranking_length``: intents kept in the ranking. ``leave_out``: intents never predicted.

        The left-out ones are sent by the page itself and have no words of their own.
        """
        return {"ranking_length": 5, "leave_out": []}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceIntentClassifier:
        """Makes the untrained component; see the parent class."""
        return cls(config, model_storage, resource)

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        model: IntentModel | None = None,
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._model = model

    def train(self, training_data: TrainingData) -> Resource:
        """Trains on the phrases and stores the model.

        Raises:
            ValueError: There are no phrases of at least two intents.
            EncoderError: The sentence encoder is missing or damaged.
        """
        leave_out = set(self._config["leave_out"])
        examples = [
            # A question is told from the others by its whole name, "ask/running".
            (example.get(TEXT), example.get(INTENT_RESPONSE_KEY) or example.get(INTENT))
            for example in training_data.intent_examples
            if example.get(TEXT) and example.get(INTENT) not in leave_out
        ]
        texts, intents = zip(*examples, strict=True) if examples else ((), ())
        self._model = IntentModel.fit(default_encoder(), texts, intents)
        with self._model_storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> SentenceIntentClassifier:
        """Loads the trained component; unlike Rasa's own, it never goes on without its model.

        Raises:
            OSError: The archive holds no model of this component.
            EncoderError: The sentence encoder is missing or damaged.
        """
        with model_storage.read_from(resource) as folder:
            model = IntentModel.load(folder, default_encoder())
        return cls(config, model_storage, resource, model)

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets the intent of each message.

        Raises:
            RuntimeError: The component was not trained.
        """
        if self._model is None:
            raise RuntimeError("the intent classifier was not trained")
        for message in messages:
            all_ranked = self._model.rank(message.get(TEXT) or "")
            ranking = [
                {INTENT_NAME_KEY: spoken_name(name), PREDICTED_CONFIDENCE_KEY: confidence}
                for name, confidence in all_ranked[: self._config["ranking_length"]]
            ]
            message.set(INTENT, decided(all_ranked), add_to_output=True)
            message.set(RANKING, ranking, add_to_output=True)
        return messages
