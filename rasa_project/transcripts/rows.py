"""Queries that the store's transactions are made of; each works inside a given session."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from rasa_project.transcripts.errors import ConversationClosed, StaleTurn, UnknownConversation
from rasa_project.transcripts.models import (
    BOT,
    PENDING,
    ChatEvent,
    Conversation,
    Judgement,
    Message,
    TrackerEvent,
)
from rasa_project.transcripts.records import ConversationInfo, Event, StoredMessage, iso
from rasa_project.triage.judged import RECORD, STANDING

REFERENCE_LETTERS = "BCDFGHJKMNPQRTVWXY"
"""No vowels (no words), nothing that is mistaken for another letter or a digit."""

REFERENCE_LENGTH = 6

_OUTSIDE = ("seq", "at", "from", "type", RECORD, STANDING)
"""Keys of an event that are no part of its payload."""


def locked(session: Session, conversation_id: str, *, lock: bool = True) -> Conversation:
    """Reads the conversation's row, and keeps others from numbering until the commit."""
    query = sa.select(Conversation).where(Conversation.id == conversation_id)
    if lock:
        query = query.with_for_update()
    row = session.execute(query).scalar_one_or_none()
    if row is None:
        raise UnknownConversation
    if row.closed_at is not None:
        raise ConversationClosed
    return row


def last_seq(session: Session, table: Any, conversation_id: str) -> int:
    """Highest number given in a conversation, 0 when none was."""
    query = sa.select(sa.func.max(table.seq)).where(table.conversation_id == conversation_id)
    return session.execute(query).scalar_one() or 0


def add_tracker_events(
    session: Session, conversation_id: str, stored: int, events: Sequence[dict[str, Any]]
) -> None:
    """Adds events after the ``stored`` ones; raises StaleTurn when there are more or fewer."""
    if last_seq(session, TrackerEvent, conversation_id) != stored:
        raise StaleTurn
    insert_all(
        session,
        TrackerEvent,
        [
            {"conversation_id": conversation_id, "seq": seq, "data": data}
            for seq, data in enumerate(events, stored + 1)
        ],
    )


def insert_all(session: Session, table: Any, rows: Sequence[Mapping[str, Any]]) -> None:
    """Adds rows in one statement; a turn has some twenty, and one by one they cost the most."""
    if rows:
        session.execute(sa.insert(table.__table__), list(rows))


def erase(session: Session, table: Any, which: Any) -> int:
    """Deletes rows of one table; gives their number."""
    statement = sa.delete(table).where(which).execution_options(synchronize_session=False)
    return session.execute(statement).rowcount


def add_replies(
    session: Session,
    conversation_id: str,
    events: Sequence[Event],
    at: datetime,
    message_id: int | None = None,
    carried_by: int | None = None,
) -> list[Event]:
    """Numbers what the bot says and adds it; and beside it what is for staff alone.

    Args:
        session: In it the conversation is locked.
        conversation_id: Whose.
        events: As ``{"type", "text", …}``.
        at: The time to stamp them with.
        message_id: The message they answer, if any.
        carried_by: The newer message that waited for this answer, if any.

    Returns:
        The events as stored.
    """
    first = last_seq(session, ChatEvent, conversation_id) + 1
    rows = [
        {
            "conversation_id": conversation_id,
            "seq": seq,
            "at": at,
            "from": BOT,
            "type": event["type"],
            "payload": {key: value for key, value in event.items() if key not in _OUTSIDE},
            "standing": event.get(STANDING),
            "message_id": message_id,
            "carried_by": carried_by,
        }
        for seq, event in enumerate(events, first)
    ]
    judgements = [
        {"conversation_id": conversation_id, "seq": seq, **event[RECORD]}
        for seq, event in enumerate(events, first)
        if RECORD in event
    ]
    insert_all(session, ChatEvent, rows)
    insert_all(session, Judgement, judgements)
    return [_as_said(row) for row in rows]


def pending_rows(session: Session, conversation_id: str) -> list[Message]:
    """Unanswered messages, oldest first."""
    query = (
        sa.select(Message)
        .where(Message.conversation_id == conversation_id, Message.state == PENDING)
        .order_by(Message.visitor_seq)
    )
    return list(session.execute(query).scalars())


def open_screen(session: Session, conversation_id: str) -> Event | None:
    """The last screen, unless an outcome came after it; notices in between do not close it."""
    query = (
        sa.select(ChatEvent)
        .where(
            ChatEvent.conversation_id == conversation_id, ChatEvent.type.in_(("screen", "outcome"))
        )
        .order_by(ChatEvent.seq.desc())
        .limit(1)
    )
    row = session.execute(query).scalar_one_or_none()
    return as_event(row) if row is not None and row.type == "screen" else None


def free_reference(session: Session) -> str:
    """Makes a short code that no conversation has."""
    while True:
        letters = (secrets.choice(REFERENCE_LETTERS) for _ in range(REFERENCE_LENGTH))
        reference = "".join(letters)
        query = sa.select(Conversation.id).where(Conversation.reference == reference)
        if session.execute(query).first() is None:
            return reference


def as_info(row: Conversation) -> ConversationInfo:
    """The conversation as a plain value."""
    return ConversationInfo(row.id, row.reference, row.clinic, row.expires_at, row.closed_at)


def as_event(row: ChatEvent) -> Event:
    """The event as the contract has it."""
    head = {"seq": row.seq, "at": iso(row.at), "from": row.sender, "type": row.type}
    return {**head, **row.payload}


def _as_said(row: Mapping[str, Any]) -> Event:
    head = {"seq": row["seq"], "at": iso(row["at"]), "from": row["from"], "type": row["type"]}
    return {**head, **row["payload"]}


def as_stored(session: Session, row: Message, *, duplicate: bool = False) -> StoredMessage:
    """The message as a plain value, with the text of its visitor event."""
    query = sa.select(ChatEvent.payload).where(
        ChatEvent.conversation_id == row.conversation_id, ChatEvent.seq == row.visitor_seq
    )
    return StoredMessage(
        id=row.id,
        client_id=row.client_id,
        body=row.body,
        text=session.execute(query).scalar_one()["text"],
        received_at=row.received_at,
        state=row.state,
        seq=row.visitor_seq,
        attempts=row.attempts,
        duplicate=duplicate,
    )
