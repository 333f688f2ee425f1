"""Codes that open a two-week check, kept as hashes only."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Applies it."""
    op.create_table(
        "resume_code",
        sa.Column("code_hash", sa.String(64), nullable=False),
        sa.Column("conversation_id", sa.String(64), nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.Column("used_at", TIME),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name="fk_resume_code_conversation_id_conversation",
        ),
        sa.PrimaryKeyConstraint("code_hash", name="pk_resume_code"),
        sa.UniqueConstraint("conversation_id", name="uq_resume_code_conversation_id"),
    )
    with op.batch_alter_table("conversation") as conversation:
        conversation.add_column(sa.Column("opened_by", sa.String(64)))


def downgrade() -> None:
    """Takes it back."""
    with op.batch_alter_table("conversation") as conversation:
        conversation.drop_column("opened_by")
    op.drop_table("resume_code")
