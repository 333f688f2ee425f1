"""What staff read: a line for every conversation, facts with their words, rules, reviews."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)
FLAGS = (
    "self_harm", "unacknowledged", "red_flag_open", "failed", "fallback_twice", "changed",
    "low_confidence", "unfinished",
)  # fmt: skip
INDICES = {
    "ix_overview_risk": ["risk", "last_activity"],
    "ix_overview_clinic_risk": ["clinic", "risk", "last_activity"],
    "ix_overview_last_activity": ["last_activity"],
    "ix_overview_clinic_last_activity": ["clinic", "last_activity"],
    "ix_overview_level": ["level", "last_activity"],
    "ix_overview_review_state": ["review_state", "risk", "last_activity"],
    "ix_overview_sample": ["sample"],
}


def _of_conversation(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["conversation_id"], ["conversation.id"], name=f"fk_{table}_conversation_id_conversation"
    )


def upgrade() -> None:
    """Applies it."""
    op.add_column("event", sa.Column("standing", sa.JSON()))
    op.add_column(
        "conversation",
        sa.Column("simulated", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.create_table(
        "overview",
        sa.Column("conversation_id", sa.String(64), nullable=False),
        sa.Column("clinic", sa.String(64)),
        sa.Column("simulated", sa.Boolean(), nullable=False),
        sa.Column("started", TIME, nullable=False),
        sa.Column("sample", sa.Integer(), nullable=False),
        sa.Column("last_activity", TIME, nullable=False),
        sa.Column("turns", sa.Integer(), nullable=False),
        sa.Column("visitor_seq", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(16)),
        sa.Column("outcome_seq", sa.Integer()),
        sa.Column("protocol_version", sa.String(32)),
        sa.Column("protocol_hash", sa.String(64)),
        sa.Column("outcomes", sa.JSON(), nullable=False),
        sa.Column("screen", sa.String(64)),
        sa.Column("red_flags", sa.JSON(), nullable=False),
        sa.Column("failed_turns", sa.Integer(), nullable=False),
        sa.Column("most_misses", sa.Integer(), nullable=False),
        sa.Column("least_confidence", sa.Float()),
        *(sa.Column(flag, sa.Boolean(), nullable=False) for flag in FLAGS),
        sa.Column("risk", sa.SmallInteger(), nullable=False),
        sa.Column("review_state", sa.String(10), nullable=False),
        sa.Column("waiting", sa.JSON()),
        sa.Column("reviewed_at_seq", sa.Integer(), nullable=False),
        sa.Column("reviewed_as", sa.String(10)),
        _of_conversation("overview"),
        sa.PrimaryKeyConstraint("conversation_id", name="pk_overview"),
    )
    for name, columns in INDICES.items():
        op.create_index(name, "overview", columns)
    for flag in FLAGS:
        where = sa.text(flag)
        op.create_index(
            f"ix_overview_{flag}",
            "overview",
            ["last_activity"],
            postgresql_where=where,
            sqlite_where=where,
        )
    op.create_index(
        "ix_overview_simulated",
        "overview",
        ["risk", "last_activity"],
        postgresql_where=sa.text("simulated"),
        sqlite_where=sa.text("simulated"),
    )
    op.create_table(
        "outcome_rule",
        sa.Column("rule", sa.String(64), nullable=False),
        sa.Column("conversation_id", sa.String(64), nullable=False),
        sa.Column("place", sa.SmallInteger(), nullable=False),
        _of_conversation("outcome_rule"),
        sa.PrimaryKeyConstraint("rule", "conversation_id", name="pk_outcome_rule"),
    )
    op.create_index("ix_outcome_rule_conversation_id", "outcome_rule", ["conversation_id"])
    op.create_table(
        "fact_value",
        sa.Column("conversation_id", sa.String(64), nullable=False),
        sa.Column("since", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("item", sa.String(64), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("assertion", sa.String(8), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("replaced_by", sa.Integer()),
        _of_conversation("fact_value"),
        sa.PrimaryKeyConstraint("conversation_id", "since", "name", "item", name="pk_fact_value"),
    )
    op.create_table(
        "review",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.Column("conversation_id", sa.String(64), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("reviewer", sa.String(64), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("visitor_seq", sa.Integer(), nullable=False),
        sa.CheckConstraint("state in ('new', 'taken', 'done')", name=op.f("ck_review_state")),
        _of_conversation("review"),
        sa.PrimaryKeyConstraint("id", name="pk_review"),
    )
    op.create_index("ix_review_conversation_id", "review", ["conversation_id"])


def downgrade() -> None:
    """Takes it back."""
    for table in ("review", "fact_value", "outcome_rule", "overview"):
        op.drop_table(table)
    with op.batch_alter_table("conversation") as conversation:
        conversation.drop_column("simulated")
    with op.batch_alter_table("event") as event:
        event.drop_column("standing")
