"""learning and practice

Revision: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

PRACTISED = ("feedback", "gap", "question", "referral", "referral_event", "visit")


def upgrade() -> None:
    op.create_table(
        "unrecognised",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("library_id", sa.String(length=80), nullable=False),
        sa.Column(
            "heard",
            sa.Enum("chat", "desk", name="heard", native_enum=False, create_constraint=True, length=20),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("likely", sa.JSON(), nullable=False),
        sa.Column("chosen", sa.String(length=40), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("decision", sa.String(length=40), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unrecognised")),
    )
    with op.batch_alter_table("unrecognised", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unrecognised_day"), ["day"], unique=False)
        batch_op.create_index("ix_unrecognised_library_id_decision", ["library_id", "decision"], unique=False)
    op.create_table(
        "practice_run",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("person_id", sa.String(length=80), nullable=False),
        sa.Column("visitor", sa.String(length=40), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_practice_run_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_run")),
    )
    with op.batch_alter_table("practice_run", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_practice_run_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_practice_run_started_at"), ["started_at"], unique=False)
    with op.batch_alter_table("conversation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("is_private", sa.Boolean(), server_default=sa.false(), nullable=False))
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.add_column(sa.Column("unclear", sa.JSON(none_as_null=True), nullable=True))
    for table in PRACTISED:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column("practice_id", sa.String(length=80), nullable=True))
            batch_op.create_index(batch_op.f(f"ix_{table}_practice_id"), ["practice_id"], unique=False)


def downgrade() -> None:
    for table in PRACTISED:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_index(batch_op.f(f"ix_{table}_practice_id"))
            batch_op.drop_column("practice_id")
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.drop_column("unclear")
    with op.batch_alter_table("conversation", schema=None) as batch_op:
        batch_op.drop_column("is_private")
    op.drop_table("practice_run")
    op.drop_table("unrecognised")
