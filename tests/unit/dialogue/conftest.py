"""A conversation in the middle, without Rasa."""

from collections.abc import Callable
from typing import Any

import pytest

from rasa_project.dialogue.reading import Message
from rasa_project.dialogue.state import State
from rasa_project.dialogue.turn import Turn
from rasa_project.language.mentions import Mention
from rasa_project.triage.protocol import protocol
from tests.unit.triage.cases import facts


class Talk:
    """One conversation: says what the chat answers, keeps the state."""

    def __init__(self, **changes: Any) -> None:
        self.state = State(facts(**changes))
        self.ask()

    def ask(self) -> list[Any]:
        self.said = Turn(protocol(), self.state).ask()
        return self.said

    def say(self, text: str, *mentions: Mention, **message: Any) -> list[Any]:
        intent = message.pop("intent", "inform" if mentions else "nlu_fallback")
        heard = Message(text, mentions=mentions, intent=intent, classified=intent, **message)
        self.said = Turn(protocol(), self.state).take(heard)
        return self.said

    def tap(self, *values: str) -> list[Any]:
        self.said = Turn(protocol(), self.state).take(Message("tapped", choice=values))
        return self.said

    @property
    def question(self) -> Any:
        """The last thing said, if it asks."""
        last = self.said[-1] if self.said else None
        return last if isinstance(last, dict) and last["type"] == "screen" else None


def heard(fact: str, value: Any, assertion: str = "present", **changes: Any) -> Mention:
    """A mention about the visitor, now."""
    parts = {"experiencer": "self", "temporality": "current", "start": 0, "end": 1, "text": "…"}
    return Mention(fact, value, assertion, **{**parts, **changes})


@pytest.fixture
def talk() -> Callable[..., Talk]:
    return Talk
