"""The intent classifier ranks what a message may mean, and says how sure it is."""

import numpy as np
import pytest

from rasa_project.language.encoder import default_encoder
from rasa_project.language.intents.model import IntentModel

PHRASES = {
    "ask_ice_heat": [
        "should I ice it", "ice or heat", "is a cold pack good", "can I use a heating pad",
        "does ice help", "hot bath or cold bath", "how long do I keep the ice on", "is heat okay",
    ],
    "ask_cost": [
        "how much does it cost", "what is the price", "do you take insurance", "is it covered",
        "what do you charge", "can you bill my plan", "how much is a visit", "is it expensive",
    ],
    "ask_hours": [
        "when are you open", "what are your hours", "are you open on sunday", "what time do you close",
        "open late tonight?", "is there parking", "opening hours please", "do you work weekends",
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def model() -> IntentModel:
    pairs = [(text, intent) for intent, texts in PHRASES.items() for text in texts]
    return IntentModel.fit(default_encoder(), *zip(*pairs, strict=True))


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("would a bag of frozen peas be any good", "ask_ice_heat"),
        ("whats yr fee", "ask_cost"),
        ("r u open saterday", "ask_hours"),
    ],
)
def test_words_that_were_not_trained_are_understood(model, text, intent):
    assert model.rank(text)[0][0] == intent


def test_a_ranking_holds_every_intent_and_adds_up_to_one(model):
    ranking = model.rank("is parking expensive")
    assert {name for name, _ in ranking} == set(PHRASES)
    confidences = [confidence for _, confidence in ranking]
    assert confidences == sorted(confidences, reverse=True)
    assert sum(confidences) == pytest.approx(1, abs=1e-5)


def test_two_questions_in_one_are_the_two_likeliest(model):
    ranking = model.rank("what does it cost and are you open on sundays")
    assert {name for name, _ in ranking[:2]} == {"ask_cost", "ask_hours"}
    assert ranking[0][1] < model.rank("what does it cost")[0][1]


def test_it_is_less_sure_of_what_it_has_never_seen_the_like_of(model):
    assert model.rank("zorp glimmer")[0][1] < model.rank("what do you charge me")[0][1]


def test_empty_text_has_a_ranking(model):
    assert len(model.rank("")) == len(PHRASES)


def test_one_message_and_many_are_read_alike(model):
    texts = ["is ice good", "how pricey", "sunday hours"]
    together = model.probabilities(texts)
    alone = np.concatenate([model.probabilities([text]) for text in texts])
    np.testing.assert_allclose(together, alone, atol=1e-5)


def test_a_saved_model_reads_the_same(model, tmp_path):
    model.save(tmp_path)
    again = IntentModel.load(tmp_path, default_encoder())
    for text in ("ice?", "what does a visit run me", "sunday"):
        assert again.rank(text) == pytest.approx(model.rank(text))


def test_without_a_model_it_does_not_load(tmp_path):
    with pytest.raises(OSError):
        IntentModel.load(tmp_path, default_encoder())


def test_one_intent_is_nothing_to_tell_apart():
    with pytest.raises(ValueError, match="at least two intents"):
        IntentModel.fit(default_encoder(), ["yes", "yep"], ["affirm", "affirm"])
