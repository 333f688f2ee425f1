"""What one turn holds back until everything about it can be committed together."""

from contextvars import ContextVar
from typing import Any


class Turn:
    """One message (or the start of a conversation) being handled.

    Attributes:
        conversation_id: Whose turn it is.
        new: True while the conversation itself is not stored yet.
        stored: Tracker events in the database when the turn read them; empty when it never did.
        tracker_events: Events to store after those, as Rasa serialises them.
        failure: The first thing that went wrong; a failed turn's tracker events are discarded.
        closed: True once the turn is over; late writers find it shut.
    """

    def __init__(self, conversation_id: str, *, new: bool = False) -> None:
        self.conversation_id = conversation_id
        self.new = new
        self.stored: int | None = None
        self.tracker_events: list[dict[str, Any]] = []
        self.failure: BaseException | None = None
        self.closed = False

    def fail(self, error: BaseException) -> None:
        """Marks the turn as failed. The first error stays: later ones follow from it."""
        if self.failure is None:
            self.failure = error

    def close(self) -> None:
        """Ends the turn: an action that comes to life after its time can change nothing."""
        self.closed = True


current_turn: ContextVar[Turn | None] = ContextVar("current_turn", default=None)
"""The turn that the running code works for; empty outside the website channel."""
