"""Brings a database to the newest shape; an empty one is made from nothing."""

from alembic import command
from alembic.config import Config

from referral.settings import ROOT


def make_config(url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "referral" / "migrations"))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config


def migrate(url: str) -> None:
    """Upgrade the database at this URL; a second process that does the same waits for the first."""
    command.upgrade(make_config(url), "head")
