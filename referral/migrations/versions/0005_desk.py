"""what the desk registers of a question

Revision: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    with op.batch_alter_table("question", schema=None) as batch_op:
        batch_op.add_column(sa.Column("digid", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("duration", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("is_registered", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("is_withdrawn", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("undo_until", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("version", sa.Integer(), server_default="1", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("question", schema=None) as batch_op:
        for name in ("version", "undo_until", "is_withdrawn", "is_registered", "duration", "digid"):
            batch_op.drop_column(name)
