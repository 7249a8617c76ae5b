"""tallies

Revision: 0010
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0008"

# What is known of a cell where it is; all texts.
ANSWERS = (
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
)
PRACTISED = ("feedback", "gap", "question", "referral", "referral_event", "visit")
MOMENTS = (("referral_event", "at"), ("referral", "taken_up_at"), ("feedback", "at"))
RANDOM = {"sqlite": "random() & 1073741823", "postgresql": "floor(random() * 1073741824)"}


def upgrade() -> None:
    op.create_table(
        "tally",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("fact", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("library_id", sa.String(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=True) for name in ANSWERS),
        sa.Column("is_taken_up", sa.Boolean(), nullable=True),
        sa.Column("helped", sa.String(), nullable=True),
        sa.Column("waited", sa.Integer(), nullable=True),
        sa.Column("other_topic", sa.String(), nullable=True),
        sa.Column("gap", sa.String(), nullable=True),
        sa.Column("partner_kind", sa.String(), nullable=True),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("rounding_key", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tally")),
    )
    with op.batch_alter_table("tally", schema=None) as batch_op:
        batch_op.create_index("ix_tally_fact_day", ["fact", "day"], unique=False)
        batch_op.create_index("ix_tally_library_id_fact_day", ["library_id", "fact", "day"], unique=False)
        batch_op.create_index("ix_tally_municipality_fact_day", ["municipality", "fact", "day"], unique=False)
    op.create_table(
        "tally_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("open_day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tally_run")),
    )
    with op.batch_alter_table("question", schema=None) as batch_op:
        batch_op.add_column(sa.Column("rounding_key", sa.Integer(), server_default="0", nullable=False))
    op.execute(f"UPDATE question SET rounding_key = {RANDOM[op.get_bind().dialect.name]}")  # noqa: S608  (no input)
    for table, column in MOMENTS:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.create_index(batch_op.f(f"ix_{table}_{column}"), [column], unique=False)
    is_practice = sa.text("practice_id IS NOT NULL")
    for table in PRACTISED:
        op.drop_index(f"ix_{table}_practice_id", table)
        op.create_index(
            f"ix_{table}_practice_id", table, ["practice_id"], sqlite_where=is_practice, postgresql_where=is_practice
        )


def downgrade() -> None:
    for table in PRACTISED:
        op.drop_index(f"ix_{table}_practice_id", table)
        op.create_index(f"ix_{table}_practice_id", table, ["practice_id"])
    for table, column in MOMENTS:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_index(batch_op.f(f"ix_{table}_{column}"))
    with op.batch_alter_table("question", schema=None) as batch_op:
        batch_op.drop_column("rounding_key")
    op.drop_table("tally_run")
    op.drop_table("tally")
