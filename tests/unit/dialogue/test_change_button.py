"""What "Change" beside an earlier answer says is understood exactly, and nothing else is."""

import pytest

from rasa_project.dialogue.commands import change_button
from rasa_project.dialogue.wording import texts
from rasa_project.triage.protocol import protocol

NAMES = texts()["screen_names"]


@pytest.mark.parametrize("name", list(NAMES))
def test_each_question_is_opened_by_its_own_words(name):
    assert change_button(texts()["change_about"].format(topic=NAMES[name])) == name


def test_every_question_but_consent_can_be_named():
    assert {q.name for q in protocol().questions} - set(NAMES) == {"consent"}


@pytest.mark.parametrize(
    "text", ["Change my answer about: my dog", "Change my answer about: Age, it is 40", "Age", ""]
)
def test_other_words_are_left_to_be_read(text):
    assert change_button(text) is None
