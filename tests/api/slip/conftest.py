"""The same door and referral as for the partner."""

from tests.api.partner.conftest import door, partner, referral  # noqa: F401  (fixtures)
