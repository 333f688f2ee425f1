"""Collects what the bot says in one turn."""

from typing import Any

from rasa.core.channels.channel import OutputChannel

from rasa_project.transcripts.records import Event
from rasa_project.transcripts.turn import Turn

EVENT_TYPES = frozenset({"text", "screen", "outcome", "plan", "clinic", "notice"})


class BadEvent(Exception):
    """An action said something that is no chat event; the message names the flaw only."""


class ChatOutput(OutputChannel):
    """Rasa's way out: keeps events for the turn's commit, sends nothing.

    Actions say an event with ``dispatcher.utter_message(json_message={"type": …, "text": …})``;
    plain utterances become events of type ``text``.

    Args:
        turn: Fails when something said is no event, for the page could not show it.
    """

    def __init__(self, turn: Turn) -> None:
        self.events: list[Event] = []
        self._turn = turn

    @classmethod
    def name(cls) -> str:
        """The channel's name, as in conditional response variations."""
        return "chat"

    async def send_text_message(self, recipient_id: str, text: str, **kwargs: Any) -> None:
        """Keeps an utterance as one event; blank lines do not split it."""
        self._keep({"type": "text", "text": text.strip()})

    async def send_text_with_buttons(
        self, recipient_id: str, text: str, buttons: list[dict[str, Any]], **kwargs: Any
    ) -> None:
        """Keeps the text with the buttons' titles; a page can only press a screen's options."""
        titles = [str(button.get("title", "")) for button in buttons]
        self._keep({"type": "text", "text": "\n".join([text.strip(), *titles])})

    async def send_custom_json(
        self, recipient_id: str, json_message: dict[str, Any], **kwargs: Any
    ) -> None:
        """Keeps a chat event that an action made."""
        self._keep(dict(json_message))

    def _keep(self, event: Event) -> None:
        if self._turn.closed:
            return
        text = event.get("text")
        if event.get("type") not in EVENT_TYPES:
            self._turn.fail(BadEvent("unknown type"))
        elif not isinstance(text, str) or not text.strip():
            self._turn.fail(BadEvent("no text"))
        self.events.append(event)
