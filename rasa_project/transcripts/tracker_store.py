"""Rasa's view of the stored conversations.

The only module here that imports Rasa. It differs from Rasa's own stores in what it refuses:
a failed read is an error and never a new visitor, a damaged row is an error and never the end
of the process, and the order is that of the events' numbers, never of their clock.
"""

import json
from collections.abc import Iterable
from itertools import islice
from typing import Any

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker

from rasa_project.transcripts.errors import DamagedConversation, StaleTurn, UnknownConversation
from rasa_project.transcripts.store import ConversationStore
from rasa_project.transcripts.turn import Turn, current_turn

# Rasa takes these without a name for nothing, and the answer they held would be lost unnoticed.
_NAMED = frozenset({"slot", "action"})


class ConversationTrackerStore(TrackerStore):
    """Trackers in the conversation store's tables.

    Within a turn (`current_turn`) new events stay in the turn, and the website channel commits
    them together with the reply. Outside of one they are written at once.

    Must not be wrapped in Rasa's ``FailSafeTrackerStore``, which swallows failed reads.
    """

    def __init__(self, store: ConversationStore, domain: Domain | None = None) -> None:
        super().__init__(domain)
        self._store = store

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Rebuilds a tracker from all its events.

        Returns:
            The tracker; None only for a conversation that is just being started.

        Raises:
            StoreUnavailable: The database failed.
            DamagedConversation: An event cannot be rebuilt, or there are none.
        """
        turn = _turn_of(sender_id)
        try:
            if turn is None:
                return await self._read(sender_id)
            if turn.closed:
                raise StaleTurn
            rows: list[dict[str, Any]] = []
            if not turn.new:
                rows = await self._store.database.run(self._store.tracker_events, sender_id)
                if not rows:
                    # Every conversation starts with events. To go on without them would be to
                    # greet the visitor anew in the middle of the questions.
                    raise DamagedConversation(sender_id, "no tracker events")
            turn.stored = len(rows)
            rows = rows + turn.tracker_events
            return self._rebuild(sender_id, rows) if rows else None
        except Exception as error:
            if turn is not None:
                turn.fail(error)
            raise

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keeps a tracker's new events: in the turn if there is one, else in the database.

        Raises:
            StoreUnavailable: The database failed (outside of a turn).
            StaleTurn: The turn is over, or somebody else wrote in between.
        """
        turn = _turn_of(tracker.sender_id)
        if turn is None:
            await self._write(tracker)
            return
        if turn.closed:
            raise StaleTurn
        try:
            # A copy as it is now: Rasa goes on changing its events, and what cannot be written
            # as JSON must fail here and not at the commit.
            new = _copies(tracker, turn.stored or 0)
        except Exception as error:
            turn.fail(error)
            raise
        turn.tracker_events = new

    async def retrieve_full_tracker(self, conversation_id: str) -> DialogueStateTracker | None:
        """The same as `retrieve`: a conversation is one session from start to end."""
        return await self.retrieve(conversation_id)

    async def keys(self) -> Iterable[str]:
        """Ids of all conversations."""
        return await self._store.database.run(self._store.conversation_ids)

    async def _write(self, tracker: DialogueStateTracker) -> None:
        if not tracker.events:
            return
        store, sender_id = self._store, tracker.sender_id
        known = len(await store.database.run(store.tracker_events, sender_id))
        new = _copies(tracker, known)
        await store.database.run(store.append_tracker_events, sender_id, known, new)

    async def _read(self, sender_id: str) -> DialogueStateTracker | None:
        try:
            rows = await self._store.database.run(self._store.tracker_events, sender_id)
        except UnknownConversation:
            return None
        return self._rebuild(sender_id, rows) if rows else None

    def _rebuild(self, sender_id: str, rows: list[dict[str, Any]]) -> DialogueStateTracker:
        tracker = DialogueStateTracker(sender_id, self.domain.slots)
        for number, row in enumerate(rows, 1):
            # Anything may be in a damaged row, and Rasa raises anything over it.
            try:
                event = Event.from_parameters(row)
                if event is None or (row["event"] in _NAMED and not row.get("name")):
                    raise ValueError
                tracker.update(event)
            except Exception as error:
                kind = type(error).__name__
                raise DamagedConversation(sender_id, f"row {number}: {kind}") from None
        return tracker


def _copies(tracker: DialogueStateTracker, known: int) -> list[dict[str, Any]]:
    new = [event.as_dict() for event in islice(tracker.events, known, None)]
    copies: list[dict[str, Any]] = json.loads(json.dumps(new, allow_nan=False))
    return copies


def _turn_of(conversation_id: str) -> Turn | None:
    turn = current_turn.get()
    return turn if turn is not None and turn.conversation_id == conversation_id else None
