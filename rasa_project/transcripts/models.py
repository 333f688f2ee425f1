"""The tables. Imports no Rasa: the staff pages read them without it."""

from datetime import datetime, timezone
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import declarative_base
from sqlalchemy.types import TypeDecorator

PENDING, ANSWERED, FAILED = "pending", "answered", "failed"
"""States of a message: journalled only; answered; answered with the fail-safe text."""

VISITOR, BOT = "visitor", "bot"


class UtcDateTime(TypeDecorator):
    """An aware UTC time on every database; SQLite alone would forget the zone."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuses naive times, stores the rest as UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise TypeError("a time without a zone cannot be stored")
        value = value.astimezone(timezone.utc)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Gives back an aware UTC time."""
        if value is None:
            return None
        if value.tzinfo is None:
            return value.replace(tzinfo=timezone.utc)
        return value.astimezone(timezone.utc)


Base: Any = declarative_base(
    metadata=sa.MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
)

# SQLite numbers rows by itself only when the key is exactly INTEGER.
RowId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


class Conversation(Base):
    """One chat session. Its row stays after deletion, closed and without any text.

    ``page`` is the path of the page the chat was opened on, never its query. ``flag`` is a code
    for staff (``damaged``, ``failed_turn``), never text. ``opened_by`` is the hash of the code with
    which a two-week check was begun. ``simulated`` is set by who plays conversations on purpose,
    never by a page.
    """

    __tablename__ = "conversation"

    id = sa.Column(sa.String(64), primary_key=True)
    reference = sa.Column(sa.String(12), nullable=False, unique=True)
    clinic = sa.Column(sa.String(64))
    page = sa.Column(sa.String(300))
    created_at = sa.Column(UtcDateTime, nullable=False, index=True)
    expires_at = sa.Column(UtcDateTime, nullable=False)
    closed_at = sa.Column(UtcDateTime)
    flag = sa.Column(sa.String(32))
    flagged_at = sa.Column(UtcDateTime)
    opened_by = sa.Column(sa.String(64))
    simulated = sa.Column(sa.Boolean, nullable=False, server_default=sa.false())


class Message(Base):
    """One message as the visitor's page sent it, journalled before anything reads it.

    ``visitor_seq`` is the number of its visitor event; ``attempts`` counts replays.
    """

    __tablename__ = "message"
    __table_args__ = (
        sa.UniqueConstraint("conversation_id", "client_id"),
        sa.CheckConstraint("state in ('pending', 'answered', 'failed')", name="state"),
        sa.Index("ix_message_state", "state", "received_at"),
    )

    id = sa.Column(RowId, primary_key=True, autoincrement=True)
    conversation_id = sa.Column(sa.ForeignKey("conversation.id"), nullable=False)
    client_id = sa.Column(sa.String(64), nullable=False)
    body = sa.Column(sa.JSON, nullable=False)
    received_at = sa.Column(UtcDateTime, nullable=False)
    state = sa.Column(sa.String(10), nullable=False)
    visitor_seq = sa.Column(sa.Integer, nullable=False)
    attempts = sa.Column(sa.Integer, nullable=False, default=0)


class ChatEvent(Base):
    """One line of the chat as both sides see it, numbered without gaps in its conversation.

    ``standing`` holds the ids of the red-flag rules that held when the bot said it, for staff; a
    page never gets it. ``message_id`` is the message it belongs to (empty for the greeting).
    ``carried_by`` is set
    when the answer to an older message was produced while a newer one waited: the newer one's
    response carries it as well, or a page that counts numbers would never show it.
    """

    __tablename__ = "event"
    __table_args__ = (sa.UniqueConstraint("conversation_id", "seq"),)

    id = sa.Column(RowId, primary_key=True, autoincrement=True)
    conversation_id = sa.Column(sa.ForeignKey("conversation.id"), nullable=False)
    seq = sa.Column(sa.Integer, nullable=False)
    at = sa.Column(UtcDateTime, nullable=False)
    sender = sa.Column("from", sa.String(8), nullable=False)
    type = sa.Column(sa.String(16), nullable=False)
    payload = sa.Column(sa.JSON, nullable=False)
    standing = sa.Column(sa.JSON(none_as_null=True))
    message_id = sa.Column(sa.ForeignKey("message.id"), index=True)
    carried_by = sa.Column(sa.ForeignKey("message.id"), index=True)


class Judgement(Base):
    """What an outcome was judged on, so that it can be judged again under other rules.

    ``seq`` is the number of the outcome's event. It stands beside the event and not in it: a page
    needs none of it. ``facts`` holds what the visitor answered, by the protocol's names.
    """

    __tablename__ = "judgement"
    __table_args__ = (sa.UniqueConstraint("conversation_id", "seq"),)

    id = sa.Column(RowId, primary_key=True, autoincrement=True)
    conversation_id = sa.Column(sa.ForeignKey("conversation.id"), nullable=False)
    seq = sa.Column(sa.Integer, nullable=False)
    level = sa.Column(sa.String(16), nullable=False)
    rules = sa.Column(sa.JSON, nullable=False)
    protocol_version = sa.Column(sa.String(32), nullable=False)
    protocol_hash = sa.Column(sa.String(64), nullable=False)
    facts = sa.Column(sa.JSON, nullable=False)
    clinic_known = sa.Column(sa.Boolean, nullable=False)


class TrackerEvent(Base):
    """One event of Rasa's tracker, in the order Rasa made them; times are never used to order."""

    __tablename__ = "tracker_event"
    __table_args__ = (sa.UniqueConstraint("conversation_id", "seq"),)

    id = sa.Column(RowId, primary_key=True, autoincrement=True)
    conversation_id = sa.Column(sa.ForeignKey("conversation.id"), nullable=False)
    seq = sa.Column(sa.Integer, nullable=False)
    data = sa.Column(sa.JSON, nullable=False)


class ResumeCode(Base):
    """The hash of a conversation's code for the two-week check; the code itself is nowhere."""

    __tablename__ = "resume_code"

    code_hash = sa.Column(sa.String(64), primary_key=True)
    conversation_id = sa.Column(sa.ForeignKey("conversation.id"), nullable=False, unique=True)
    expires_at = sa.Column(UtcDateTime, nullable=False)
    used_at = sa.Column(UtcDateTime)


class CallBack(Base):
    """A visitor's wish that a clinic calls: the only row that holds a name and a number.

    It knows of its conversation by the reference code alone, and goes with it. ``consent`` is the
    sentence that the visitor agreed to.
    """

    __tablename__ = "call_back"

    id = sa.Column(RowId, primary_key=True, autoincrement=True)
    reference = sa.Column(sa.String(12), nullable=False, unique=True)
    clinic = sa.Column(sa.String(64), nullable=False)
    name = sa.Column(sa.String(100), nullable=False)
    phone = sa.Column(sa.String(40), nullable=False)
    consent = sa.Column(sa.Text, nullable=False)
    asked_at = sa.Column(UtcDateTime, nullable=False)
    kept_until = sa.Column(UtcDateTime, nullable=False, index=True)
    done_at = sa.Column(UtcDateTime)
    done_by = sa.Column(sa.String(100))


class Deletion(Base):
    """The receipt of a deletion: counts, no text, nothing that leads back to the visitor."""

    __tablename__ = "deletion"

    receipt = sa.Column(sa.String(40), primary_key=True)
    at = sa.Column(UtcDateTime, nullable=False)
    events = sa.Column(sa.Integer, nullable=False)
    messages = sa.Column(sa.Integer, nullable=False)
    tracker_events = sa.Column(sa.Integer, nullable=False)
    call_backs = sa.Column(sa.Integer, nullable=False, server_default="0")
