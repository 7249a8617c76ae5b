"""tallies of months

Revision: 0019
Revises: 0018
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

# What is known of a cell where it is; all texts.
ANSWERS = (
    "library_id",
    "location_id",
    "municipality",
    "channel",
    "campaign",
    "kind",
    "topic",
    "organisation",
    "cause",
    "help_given",
    "resolved",
    "outcome",
    "service_id",
    "came_from",
    "helped",
    "other_topic",
    "gap",
    "partner_kind",
)
PLACES = ("library_id", "municipality")


def upgrade() -> None:
    op.create_table(
        "tally_month",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("rollup", sa.String(), nullable=False),
        sa.Column("fact", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=True) for name in ANSWERS),
        sa.Column("is_taken_up", sa.Boolean(), nullable=True),
        sa.Column("waited", sa.Integer(), nullable=True),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("rounding_key", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tally_month")),
    )
    for columns in (("rollup", "fact", "day"), *((place, "rollup", "fact", "day") for place in PLACES)):
        op.create_index(f"ix_tally_month_{'_'.join(columns)}", "tally_month", list(columns))
    # Days and months are made together: the worker makes both anew, and until then reports read the journal.
    op.execute("DELETE FROM tally")
    op.execute("DELETE FROM tally_run")


def downgrade() -> None:
    op.drop_table("tally_month")
