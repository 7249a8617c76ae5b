"""An index that tells by itself which services are for a municipality."""

from alembic import op

revision = "0004"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("service_area", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_service_area_extent_service_area_service_id"), ["extent", "service_id"])
        batch_op.drop_index(batch_op.f("ix_service_area_extent"))


def downgrade() -> None:
    with op.batch_alter_table("service_area", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_service_area_extent"), ["extent"])
        batch_op.drop_index(batch_op.f("ix_service_area_extent_service_area_service_id"))
