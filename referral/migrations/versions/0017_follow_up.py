"""One question some days later, for who agreed to it

Revision: 0017
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.create_table(
        "telegram_follow_up",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.String(length=300), nullable=False),
        sa.Column("slip", sa.String(length=80), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_telegram_follow_up")),
    )
    op.create_index(op.f("ix_telegram_follow_up_agreed_at"), "telegram_follow_up", ["agreed_at"])
    op.create_index(op.f("ix_telegram_follow_up_due_at"), "telegram_follow_up", ["due_at"])


def downgrade() -> None:
    op.drop_table("telegram_follow_up")
