"""when the worker last ended a round

Revision: 0022
Revises: 0021
"""

import sqlalchemy as sa
from alembic import op

from referral.models.base import Moment

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.create_table(
        "heartbeat",
        sa.Column("part", sa.String(20), nullable=False),
        sa.Column("at", Moment(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("part", name=op.f("pk_heartbeat")),
    )


def downgrade() -> None:
    op.drop_table("heartbeat")
