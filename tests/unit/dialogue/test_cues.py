"""The words that steer the conversation."""

import pytest

from rasa_project.dialogue.cues import cues
from rasa_project.dialogue.wording import texts
from rasa_project.triage.protocol import protocol

QUESTIONS = {question.name for question in protocol().questions}


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("go back", "go_back"), ("Go back please", "go_back"), ("can we go back?", "go_back"),
        ("skip", "skip"), ("skip this one", "skip"), ("i'd rather not say", "skip"),
        ("stop", "stop"), ("no more questions", "stop"), ("why", "why"),
        ("why do you ask about my age", "why"), ("what do you mean by push off", "ask_meaning"),
        ("change my answer about swelling", "change_answer"), ("huh?", "ask_meaning"),
        ("it never stops", None), ("my back hurts", None), ("I skip rope", None),
        ("pain wakes me", None), ("it hurts when I stop", None),
    ],
)  # fmt: skip
def test_a_command_is_known_by_its_words(text, command):
    assert cues().command(text) == command


def test_every_question_but_consent_has_a_name_and_a_label():
    for name in QUESTIONS - {"consent"}:
        assert name in texts()["screen_names"]
    assert set(texts()["screen_names"]) <= QUESTIONS
    for name, words in {"signs": "swelling", "duration": "when it started", "area": "area"}.items():
        assert cues().named_question(f"change my answer about {words}")[0] == name


def test_what_comes_after_a_pause_is_not_part_of_the_question():
    text = "why do you ask? I have chest pain"
    assert cues().pause(text) == text.index("?")
    assert cues().pause("why do you ask about fever") == len("why do you ask about fever")


@pytest.mark.parametrize(
    ("text", "forgets"),
    [
        ("start again", True), ("can we start over please", True), ("I want to restart", True),
        ("it started again last week", False), ("I paid for that race, tell me I can start", False),
        ("begin", False), ("here we go again", False),
    ],
)  # fmt: skip
def test_only_plain_words_forget_every_answer(text, forgets):
    assert cues().has(text, "start_again") == forgets


@pytest.mark.parametrize(
    "words", ["is it ok?", "how long will it take", "it aches at night, any tips", "what do I do"]
)
def test_a_question_needs_no_question_mark(words):
    assert cues().asks(words)


@pytest.mark.parametrize("words", ["about 20 minutes", "yes it does", "the left one", "how it is"])
def test_an_answer_asks_nothing(words):
    assert not cues().asks(words)
