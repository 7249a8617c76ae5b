"""Alembic's entry: runs the migrations on our engine, in one transaction."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import text

from referral import models
from referral.db import make_engine, translated_errors
from referral.models.base import Base, Moment

assert models  # noqa: S101  (importing it fills the metadata)

# The key of PostgreSQL's advisory lock for migrations: any number, the same in every process.
ONE_AT_A_TIME = 20261122


def render_item(kind: str, item: Any, autogen_context: AutogenContext) -> str | Literal[False]:
    """Write our moment as the plain type that the database has, so that migrations stand on their own."""
    return "sa.DateTime(timezone=True)" if isinstance(item, Moment) else False


def run() -> None:
    url = context.config.get_main_option("sqlalchemy.url") or ""
    engine = make_engine(url)
    with translated_errors(), engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=connection.dialect.name == "sqlite",
            compare_type=True,
            render_item=render_item,
        )
        with context.begin_transaction():
            if connection.dialect.name == "postgresql":  # SQLite has its one lock already (referral/db.py)
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ONE_AT_A_TIME})
            context.run_migrations()
    engine.dispose()


run()
