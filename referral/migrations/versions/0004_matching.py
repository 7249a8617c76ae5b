"""an index that tells by itself which services are for a municipality

Revision: 0004
Revises: 0003
"""

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    with op.batch_alter_table("service_area", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_service_area_extent_service_area_service_id"), ["extent", "service_id"])
        batch_op.drop_index(batch_op.f("ix_service_area_extent"))


def downgrade() -> None:
    with op.batch_alter_table("service_area", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_service_area_extent"), ["extent"])
        batch_op.drop_index(batch_op.f("ix_service_area_extent_service_area_service_id"))
