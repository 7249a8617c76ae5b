"""the page of a slip, what partners answer and take back, and the letter of the week

Revision: 0007
Revises: 0006
"""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    with op.batch_alter_table("referral", schema=None) as batch_op:
        batch_op.add_column(sa.Column("slip_key", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("undo_until", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("undo_to", sa.Integer(), nullable=True))
        batch_op.create_index(op.f("ix_referral_parent_id"), ["parent_id"])
    _give_keys()
    with op.batch_alter_table("referral", schema=None) as batch_op:
        batch_op.alter_column("slip_key", existing_type=sa.String(), nullable=False)
        batch_op.create_unique_constraint(op.f("uq_referral_slip_key"), ["slip_key"])
    with op.batch_alter_table("referral_event", schema=None) as batch_op:
        batch_op.add_column(sa.Column("returns_to", sa.Integer(), nullable=True))
    with op.batch_alter_table("feedback", schema=None) as batch_op:
        batch_op.add_column(sa.Column("sequence", sa.Integer(), server_default="1", nullable=False))
        batch_op.add_column(sa.Column("reason", sa.String(), nullable=True))
        batch_op.create_index(op.f("ix_feedback_referral_id"), ["referral_id"])
    op.create_table(
        "digest",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("organization_id", sa.String(length=80), nullable=False),
        sa.Column("week", sa.String(length=8), nullable=False),
        sa.Column("referral_ids", sa.JSON(), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name=op.f("fk_digest_organization_id_organization"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digest")),
        sa.UniqueConstraint("organization_id", "week", name=op.f("uq_digest_organization_id_week")),
    )
    op.create_index(op.f("ix_digest_organization_id"), "digest", ["organization_id"])
    op.create_index(op.f("ix_digest_week"), "digest", ["week"])
    op.create_table(
        "digest_refusal",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("organization_id", sa.String(length=80), nullable=False),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name=op.f("fk_digest_refusal_organization_id_organization"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digest_refusal")),
        sa.UniqueConstraint("organization_id", name=op.f("uq_digest_refusal_organization_id")),
    )
    op.create_index(op.f("ix_digest_refusal_organization_id"), "digest_refusal", ["organization_id"])


def _give_keys() -> None:
    """Give every referral that is there a page of its own."""
    referral = sa.table("referral", sa.column("id", sa.String), sa.column("slip_key", sa.String))
    connection = op.get_bind()
    keys = [
        {"row": row_id, "key": secrets.token_urlsafe(16)} for row_id in connection.scalars(sa.select(referral.c.id))
    ]
    if keys:
        statement = sa.update(referral).where(referral.c.id == sa.bindparam("row"))
        connection.execute(statement.values(slip_key=sa.bindparam("key")), keys)


def downgrade() -> None:
    op.drop_table("digest_refusal")
    op.drop_table("digest")
    with op.batch_alter_table("feedback", schema=None) as batch_op:
        batch_op.drop_index(op.f("ix_feedback_referral_id"))
        batch_op.drop_column("reason")
        batch_op.drop_column("sequence")
    with op.batch_alter_table("referral_event", schema=None) as batch_op:
        batch_op.drop_column("returns_to")
    with op.batch_alter_table("referral", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("uq_referral_slip_key"), type_="unique")
        batch_op.drop_index(op.f("ix_referral_parent_id"))
        for name in ("undo_to", "undo_until", "slip_key"):
            batch_op.drop_column(name)
