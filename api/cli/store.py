"""Makes the database ready: the newest shape, the national organisations and the example directory."""

from referral.clock import read_clock
from referral.db import Database
from referral.directory.load import load_catalogue, load_example
from referral.migrations.service import migrate
from referral.settings import Settings


def prepare_database(settings: Settings) -> None:
    """Migrate and load; doing it again changes nothing."""
    settings.state_dir.mkdir(parents=True, exist_ok=True)
    url = settings.get_database_url()
    migrate(url)
    database, now = Database(url), read_clock()
    with database.begin() as session:
        load_catalogue(session, settings.data_dir, now=now)
        load_example(session, settings.data_dir, now=now)
    database.dispose()
