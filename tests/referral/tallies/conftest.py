"""What a journal refers to."""

from tests.referral.journal.conftest import services  # noqa: F401  (a fixture)
