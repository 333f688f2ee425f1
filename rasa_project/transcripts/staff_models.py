"""The tables that staff pages read. All but `Review` can be rebuilt from the others.

Written in the turn's own transaction; `rasa_project.transcripts.view` says what each value means.
"""

from typing import Any

import sqlalchemy as sa

from rasa_project.transcripts.models import Base, RowId, UtcDateTime

FLAGS = (
    "self_harm", "unacknowledged", "red_flag_open", "failed", "fallback_twice", "changed",
    "low_confidence", "unfinished",
)  # fmt: skip
"""What a conversation can be marked with, the gravest first."""


def _queue(flag: str) -> sa.Index:
    # Partial: a turn of an ordinary conversation writes to none of them.
    where = sa.text(flag)
    name = f"ix_overview_{flag}"
    return sa.Index(name, "last_activity", postgresql_where=where, sqlite_where=where)


class Overview(Base):
    """One line of the inbox: a conversation as `View` has it, with what it is filtered by.

    ``sample`` is a number drawn from the conversation's id, for random samples to be drawn again.
    ``waiting``, ``reviewed_at_seq`` and ``reviewed_as`` are for the next turn to go on from.
    """

    __tablename__ = "overview"
    __table_args__: Any = (
        sa.Index("ix_overview_risk", "risk", "last_activity"),
        sa.Index("ix_overview_clinic_risk", "clinic", "risk", "last_activity"),
        sa.Index("ix_overview_last_activity", "last_activity"),
        sa.Index("ix_overview_clinic_last_activity", "clinic", "last_activity"),
        sa.Index("ix_overview_level", "level", "last_activity"),
        sa.Index("ix_overview_review_state", "review_state", "risk", "last_activity"),
        sa.Index("ix_overview_sample", "sample"),
        *map(_queue, FLAGS),
        sa.Index(
            "ix_overview_simulated",
            "risk",
            "last_activity",
            postgresql_where=sa.text("simulated"),
            sqlite_where=sa.text("simulated"),
        ),
    )

    conversation_id = sa.Column(sa.ForeignKey("conversation.id"), primary_key=True)
    clinic = sa.Column(sa.String(64))
    simulated = sa.Column(sa.Boolean, nullable=False)
    started = sa.Column(UtcDateTime, nullable=False)
    sample = sa.Column(sa.Integer, nullable=False)
    last_activity = sa.Column(UtcDateTime, nullable=False)
    turns = sa.Column(sa.Integer, nullable=False)
    visitor_seq = sa.Column(sa.Integer, nullable=False)
    level = sa.Column(sa.String(16))
    outcome_seq = sa.Column(sa.Integer)
    protocol_version = sa.Column(sa.String(32))
    protocol_hash = sa.Column(sa.String(64))
    outcomes = sa.Column(sa.JSON, nullable=False)
    screen = sa.Column(sa.String(64))
    red_flags = sa.Column(sa.JSON, nullable=False)
    failed_turns = sa.Column(sa.Integer, nullable=False)
    most_misses = sa.Column(sa.Integer, nullable=False)
    least_confidence = sa.Column(sa.Float)
    self_harm = sa.Column(sa.Boolean, nullable=False)
    unacknowledged = sa.Column(sa.Boolean, nullable=False)
    red_flag_open = sa.Column(sa.Boolean, nullable=False)
    failed = sa.Column(sa.Boolean, nullable=False)
    fallback_twice = sa.Column(sa.Boolean, nullable=False)
    changed = sa.Column(sa.Boolean, nullable=False)
    low_confidence = sa.Column(sa.Boolean, nullable=False)
    unfinished = sa.Column(sa.Boolean, nullable=False)
    risk = sa.Column(sa.SmallInteger, nullable=False)
    review_state = sa.Column(sa.String(10), nullable=False)
    waiting = sa.Column(sa.JSON(none_as_null=True))
    reviewed_at_seq = sa.Column(sa.Integer, nullable=False)
    reviewed_as = sa.Column(sa.String(10))


class OutcomeRule(Base):
    """A rule behind a conversation's last outcome; ``place`` 0 is the first named."""

    __tablename__ = "outcome_rule"

    rule = sa.Column(sa.String(64), primary_key=True)
    conversation_id = sa.Column(sa.ForeignKey("conversation.id"), primary_key=True, index=True)
    place = sa.Column(sa.SmallInteger, nullable=False)


class FactValue(Base):
    """A value that a fact took, with the words it came from: see `FactLine`.

    The words themselves stand in the event ``seq`` alone, from ``start`` to ``end``.
    """

    __tablename__ = "fact_value"

    conversation_id = sa.Column(sa.ForeignKey("conversation.id"), primary_key=True)
    since = sa.Column(sa.Integer, primary_key=True, autoincrement=False)
    name = sa.Column(sa.String(64), primary_key=True)
    item = sa.Column(sa.String(64), primary_key=True)
    value = sa.Column(sa.JSON, nullable=False)
    assertion = sa.Column(sa.String(8), nullable=False)
    seq = sa.Column(sa.Integer, nullable=False)
    start = sa.Column(sa.Integer, nullable=False)
    end = sa.Column(sa.Integer, nullable=False)
    replaced_by = sa.Column(sa.Integer)


class Review(Base):
    """That staff took a conversation, reviewed it or gave it back; only ever added to.

    ``visitor_seq`` is the number of the visitor's last event then: what comes after was not seen.
    """

    __tablename__ = "review"
    __table_args__ = (sa.CheckConstraint("state in ('new', 'taken', 'done')", name="state"),)

    id = sa.Column(RowId, primary_key=True, autoincrement=True)
    conversation_id = sa.Column(sa.ForeignKey("conversation.id"), nullable=False, index=True)
    at = sa.Column(UtcDateTime, nullable=False)
    reviewer = sa.Column(sa.String(64), nullable=False)
    state = sa.Column(sa.String(10), nullable=False)
    visitor_seq = sa.Column(sa.Integer, nullable=False)
