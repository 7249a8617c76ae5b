"""Brings a database to the newest shape; an empty one is made from nothing."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import make_url

from referral.db import Database, translated_errors
from referral.settings import ROOT


def make_config(url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "referral" / "migrations"))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config


def migrate(url: str) -> None:
    """Upgrade the database at this URL; a second process that does the same waits for the first."""
    command.upgrade(make_config(url), "head")


def find_revisions(url: str) -> tuple[str | None, str | None]:
    """Return the shape of the database at this URL, `None` for an empty one, and the newest there is.

    Raises `DatabaseUnavailable`. A file that does not exist is empty, and is not made.
    """
    newest = ScriptDirectory.from_config(make_config(url)).get_current_head()
    file = make_url(url).database
    if url.startswith("sqlite") and file and not Path(file).exists():
        return None, newest
    database = Database(url)
    try:
        with translated_errors(), database.engine.connect() as connection:
            current = MigrationContext.configure(connection).get_current_revision()
    finally:
        database.dispose()
    return current, newest
