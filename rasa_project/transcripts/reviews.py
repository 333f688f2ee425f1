"""The review state of a conversation: who takes it, and that it was reviewed."""

from collections.abc import Callable
from datetime import datetime, timezone

import sqlalchemy as sa

from rasa_project.transcripts.database import Database
from rasa_project.transcripts.errors import UnknownConversation
from rasa_project.transcripts.projection import keep_review
from rasa_project.transcripts.rows import locked
from rasa_project.transcripts.staff_models import Overview, Review
from rasa_project.transcripts.view import DONE, NEW, TAKEN

STATES = (NEW, TAKEN, DONE)


class Reviews:
    """Review states in a database. All methods block.

    Args:
        database: Where they are.
        now: The clock, aware.
    """

    def __init__(self, database: Database, now: Callable[[], datetime] | None = None) -> None:
        self.database = database
        self._now = now or (lambda: datetime.now(timezone.utc))

    def note(self, conversation_id: str, reviewer: str, state: str) -> None:
        """Notes who looked, and changes the conversation's review state with it.

        What the visitor writes after DONE makes it AGAIN by itself.

        Args:
            conversation_id: Of what.
            reviewer: Who; at most 64 characters.
            state: NEW (given back), TAKEN or DONE.

        Raises:
            ValueError: There is no such state, or no reviewer.
            ConversationClosed, UnknownConversation, StoreUnavailable.
        """
        if state not in STATES:
            raise ValueError(f"{state!r} is not one of {', '.join(STATES)}")
        if not 0 < len(reviewer.strip()) <= 64:
            raise ValueError("a reviewer needs a name of 1 to 64 characters")
        with self.database.session(write=True) as session:
            locked(session, conversation_id)
            query = sa.select(Overview.__table__).where(Overview.conversation_id == conversation_id)
            row = session.execute(query).mappings().first()
            if row is None:
                raise UnknownConversation
            session.add(
                Review(
                    conversation_id=conversation_id,
                    at=self._now(),
                    reviewer=reviewer.strip(),
                    state=state,
                    visitor_seq=row["visitor_seq"],
                )
            )
            keep_review(session, row, state)
