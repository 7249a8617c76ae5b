"""where a row came from, and what its source said that no column holds

Revision: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

HEADS = ("organization", "location", "service")
PARTS = (
    "service_at_location",
    "contact",
    "address",
    "accessibility",
    "phone",
    "schedule",
    "hours_exception",
    "language",
    "cost_option",
    "required_document",
    "service_area",
    "attribute",
)


def upgrade() -> None:
    for table in (*HEADS, *PARTS):
        op.add_column(table, sa.Column("extra", sa.JSON(), nullable=True))
    for table in HEADS:
        op.add_column(table, sa.Column("source", sa.String(length=80), nullable=True))
        op.create_index(op.f(f"ix_{table}_source"), table, ["source"])


def downgrade() -> None:
    for table in HEADS:
        op.drop_index(op.f(f"ix_{table}_source"), table)
        op.drop_column(table, "source")
    for table in (*PARTS, *HEADS):
        op.drop_column(table, "extra")
