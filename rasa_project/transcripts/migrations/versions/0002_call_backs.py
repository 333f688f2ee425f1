"""Requests for a call, apart from the transcript; deletions count them."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Applies it."""
    op.create_table(
        "call_back",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.Column("reference", sa.String(12), nullable=False),
        sa.Column("clinic", sa.String(64), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("phone", sa.String(40), nullable=False),
        sa.Column("consent", sa.Text(), nullable=False),
        sa.Column("asked_at", TIME, nullable=False),
        sa.Column("kept_until", TIME, nullable=False),
        sa.Column("done_at", TIME),
        sa.Column("done_by", sa.String(100)),
        sa.PrimaryKeyConstraint("id", name="pk_call_back"),
        sa.UniqueConstraint("reference", name="uq_call_back_reference"),
    )
    op.create_index("ix_call_back_kept_until", "call_back", ["kept_until"])
    with op.batch_alter_table("deletion") as deletion:
        deletion.add_column(
            sa.Column("call_backs", sa.Integer(), nullable=False, server_default="0")
        )


def downgrade() -> None:
    """Takes it back."""
    with op.batch_alter_table("deletion") as deletion:
        deletion.drop_column("call_backs")
    op.drop_table("call_back")
