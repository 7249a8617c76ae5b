"""`omdehoek prepare`: everything that `omdehoek run` does before it starts, for who starts the parts themselves."""

from api.cli.run import show_first_manager
from api.cli.store import prepare_database
from referral.settings import get_settings


def prepare() -> None:
    """Bring the database to the newest shape, load the national organisations, and make the first account."""
    settings = get_settings()
    prepare_database(settings)
    show_first_manager(settings)
