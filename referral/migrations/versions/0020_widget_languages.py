"""Which languages a library does not offer in its chat

Revision: 0020
Revises: 0019
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    with op.batch_alter_table("widget") as batch_op:
        batch_op.add_column(sa.Column("hidden_languages", sa.JSON(), server_default="[]", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("widget") as batch_op:
        batch_op.drop_column("hidden_languages")
