"""The classifier in Rasa's pipeline: trains, is stored, is loaded, and never goes on untrained."""

import pytest
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from rasa_project.language.intents.component import SentenceIntentClassifier
from rasa_project.language.intents.names import intent_name

CONFIG = {"ranking_length": 2, "leave_out": ["start"]}
DATA = TrainingData(
    [
        Message.build(text, intent)
        for intent, texts in {
            "affirm": ["yes", "yep", "sure", "of course"],
            "deny": ["no", "nope", "never", "not at all"],
            "ask/cost": ["how much is it", "what does it cost", "your prices?", "is it covered"],
            "start": ["begin the chat now", "chat opened"],
        }.items()
        for text in texts
    ]
)


@pytest.fixture
def storage(tmp_path) -> LocalModelStorage:
    return LocalModelStorage(tmp_path)


def read(component: SentenceIntentClassifier, text: str) -> dict:
    (message,) = component.process([Message({"text": text})])
    return message.as_dict(only_output_properties=True)


def test_trained_stored_and_loaded_it_sets_intent_and_ranking(storage):
    resource = Resource("classifier")
    SentenceIntentClassifier.create(CONFIG, storage, resource, None).train(DATA)
    loaded = SentenceIntentClassifier.load(CONFIG, storage, resource, None)
    heard = read(loaded, "what are the prices")
    # Rasa's rules see one intent for all questions, the dialogue sees which one it is.
    assert heard["intent"]["name"] == "ask"
    assert intent_name(heard["intent"]) == heard["intent_ranking"][0]["name"] == "ask_cost"
    assert heard["intent_ranking"][0]["confidence"] == heard["intent"]["confidence"]  # of one
    assert len(heard["intent_ranking"]) == 2


def test_what_only_the_page_sends_is_never_predicted(storage):
    component = SentenceIntentClassifier.create(
        {**CONFIG, "ranking_length": 9}, storage, Resource("classifier"), None
    )
    component.train(DATA)
    ranking = read(component, "begin the chat now")["intent_ranking"]
    assert {entry["name"] for entry in ranking} == {"affirm", "deny", "ask_cost"}


def test_untrained_it_fails_loudly(storage):
    component = SentenceIntentClassifier.create(CONFIG, storage, Resource("classifier"), None)
    with pytest.raises(RuntimeError, match="not trained"):
        read(component, "yes")


def test_a_model_archive_without_it_does_not_load(storage):
    with storage.write_to(Resource("classifier")):
        pass
    with pytest.raises(OSError):
        SentenceIntentClassifier.load(CONFIG, storage, Resource("classifier"), None)
