"""months of the country by topic and channel

Revision: 0021
Revises: 0020
"""

from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    # The worker makes days and months anew, with the new sums, and until then reports read the journal.
    op.execute("DELETE FROM tally")
    op.execute("DELETE FROM tally_month")
    op.execute("DELETE FROM tally_run")


def downgrade() -> None:
    op.execute("DELETE FROM tally")
    op.execute("DELETE FROM tally_month")
    op.execute("DELETE FROM tally_run")
