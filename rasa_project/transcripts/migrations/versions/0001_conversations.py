"""The first tables: conversations, messages, events, tracker events, deletions."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Applies it."""
    op.create_table(
        "conversation",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("reference", sa.String(12), nullable=False),
        sa.Column("clinic", sa.String(64)),
        sa.Column("page", sa.String(300)),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.Column("closed_at", TIME),
        sa.Column("flag", sa.String(32)),
        sa.Column("flagged_at", TIME),
        sa.PrimaryKeyConstraint("id", name="pk_conversation"),
        sa.UniqueConstraint("reference", name="uq_conversation_reference"),
    )
    op.create_index("ix_conversation_created_at", "conversation", ["created_at"])
    op.create_table(
        "message",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.Column("conversation_id", sa.String(64), nullable=False),
        sa.Column("client_id", sa.String(64), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("received_at", TIME, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("visitor_seq", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state in ('pending', 'answered', 'failed')", name=op.f("ck_message_state")
        ),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name="fk_message_conversation_id_conversation"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_message"),
        sa.UniqueConstraint(
            "conversation_id", "client_id", name="uq_message_conversation_id_client_id"
        ),
    )
    op.create_index("ix_message_state", "message", ["state", "received_at"])
    op.create_table(
        "event",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.Column("conversation_id", sa.String(64), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("from", sa.String(8), nullable=False),
        sa.Column("type", sa.String(16), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("message_id", ROW_ID),
        sa.Column("carried_by", ROW_ID),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name="fk_event_conversation_id_conversation"
        ),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name="fk_event_message_id_message"),
        sa.ForeignKeyConstraint(["carried_by"], ["message.id"], name="fk_event_carried_by_message"),
        sa.PrimaryKeyConstraint("id", name="pk_event"),
        sa.UniqueConstraint("conversation_id", "seq", name="uq_event_conversation_id_seq"),
    )
    op.create_index("ix_event_message_id", "event", ["message_id"])
    op.create_index("ix_event_carried_by", "event", ["carried_by"])
    op.create_table(
        "tracker_event",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.Column("conversation_id", sa.String(64), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name="fk_tracker_event_conversation_id_conversation",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_tracker_event"),
        sa.UniqueConstraint("conversation_id", "seq", name="uq_tracker_event_conversation_id_seq"),
    )
    op.create_table(
        "deletion",
        sa.Column("receipt", sa.String(40), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.Column("messages", sa.Integer(), nullable=False),
        sa.Column("tracker_events", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("receipt", name="pk_deletion"),
    )


def downgrade() -> None:
    """Takes it back."""
    for table in ("deletion", "tracker_event", "event", "message", "conversation"):
        op.drop_table(table)
