"""Codes with which a visitor comes back for the two-week check.

The record knows a code by its hash alone, and a conversation has at most one: it is given with the
outcome, withdrawn by an outcome without a check, used up by the outcome of the check that it
opened, and it goes with its conversation.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

import sqlalchemy as sa
from sqlalchemy.orm import Session

from rasa_project.transcripts.database import Database
from rasa_project.transcripts.models import Conversation, ResumeCode

FOUND, UNKNOWN, USED, EXPIRED = "found", "unknown", "used", "expired"


@dataclass(frozen=True)
class CodeChange:
    """What a turn changes.

    Attributes:
        outcome: Whether an outcome was given.
        issue: Hash of the conversation's own code, when that outcome has a check date.
        lasts: Life of a code, counted from the start of its conversation.
        opened_by: Hash of the code that the visitor gave in this turn.
    """

    outcome: bool = False
    issue: str | None = None
    lasts: timedelta = timedelta(0)
    opened_by: str | None = None


@dataclass(frozen=True)
class FirstChat:
    """What a code leads to.

    Attributes:
        state: ``found``, or why it does not work: ``unknown``, ``used``, ``expired``.
        conversation_id: The conversation that it was given in; empty unless found.
        started_at: When that conversation began.
        clinic: That conversation's clinic.
    """

    state: str
    conversation_id: str = ""
    started_at: datetime | None = None
    clinic: str | None = None


def apply(session: Session, conversation: Conversation, change: CodeChange, at: datetime) -> None:
    """Makes the change within the turn's own transaction.

    Args:
        session: In it the conversation is locked.
        conversation: Its row.
        change: What to do.
        at: Now.
    """
    if change.opened_by and conversation.opened_by is None:
        conversation.opened_by = change.opened_by
    if not change.outcome:
        return
    if conversation.opened_by:
        session.execute(
            sa.update(ResumeCode)
            .where(ResumeCode.code_hash == conversation.opened_by, ResumeCode.used_at.is_(None))
            .values(used_at=at)
            .execution_options(synchronize_session=False)
        )
    forget(session, conversation.id)
    if change.issue:
        session.add(
            ResumeCode(
                code_hash=change.issue,
                conversation_id=conversation.id,
                expires_at=conversation.created_at + change.lasts,
            )
        )
    session.flush()


def forget(session: Session, conversation_id: str) -> None:
    """Erases a conversation's code."""
    session.execute(
        sa.delete(ResumeCode)
        .where(ResumeCode.conversation_id == conversation_id)
        .execution_options(synchronize_session=False)
    )


class ResumeCodes:
    """Reads codes.

    Args:
        database: Where they are.
        now: The clock.
    """

    def __init__(
        self,
        database: Database,
        now: Callable[[], datetime] = lambda: datetime.now(timezone.utc),
    ) -> None:
        self._database = database
        self._now = now

    def find(self, code_hash: str) -> FirstChat:
        """Finds the conversation of a code, or why the code does not work.

        Raises:
            StoreUnavailable: The database failed.
        """
        with self._database.session() as session:
            query = (
                sa.select(ResumeCode, Conversation)
                .join(Conversation, Conversation.id == ResumeCode.conversation_id)
                .where(ResumeCode.code_hash == code_hash)
            )
            row = session.execute(query).one_or_none()
            if row is None or row.Conversation.closed_at is not None:
                return FirstChat(UNKNOWN)
            if row.ResumeCode.expires_at <= self._now():
                return FirstChat(EXPIRED)
            if row.ResumeCode.used_at is not None:
                return FirstChat(USED)
            chat = row.Conversation
            return FirstChat(FOUND, chat.id, chat.created_at, chat.clinic)

    def expires_at(self, conversation_id: str) -> datetime | None:
        """When a conversation's code runs out; None when it has none.

        Raises:
            StoreUnavailable: The database failed.
        """
        with self._database.session() as session:
            query = sa.select(ResumeCode.expires_at).where(
                ResumeCode.conversation_id == conversation_id
            )
            return session.execute(query).scalar_one_or_none()
