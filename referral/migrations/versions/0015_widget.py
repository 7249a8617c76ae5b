"""the chat on a library's own site

Revision: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.create_table(
        "widget",
        sa.Column("library_id", sa.String(length=80), nullable=False),
        sa.Column("origins", sa.JSON(), nullable=False),
        sa.Column("hidden_paths", sa.JSON(), nullable=False),
        sa.Column(
            "position",
            sa.Enum("end", "start", name="position", native_enum=False, create_constraint=True, length=20),
            nullable=False,
        ),
        sa.Column("greeting", sa.JSON(), nullable=False),
        sa.Column("accent", sa.String(length=7), nullable=True),
        sa.Column("top", sa.String(length=7), nullable=True),
        sa.Column("shows_hours", sa.Boolean(), nullable=False),
        sa.Column("campaign", sa.String(length=80), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("library_id", name=op.f("pk_widget")),
    )


def downgrade() -> None:
    op.drop_table("widget")
