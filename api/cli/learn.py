"""`omdehoek learn`: what was not recognised, and the examples that staff made of it."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from api.cli.store import prepare_database
from referral.db import Database
from referral.errors import InvalidInput
from referral.learning import service as learning
from referral.learning.examples import read_all_examples
from referral.learning.export import make_lessons, write_lessons
from referral.models.unrecognised import Unrecognised
from referral.settings import get_settings

app = typer.Typer(no_args_is_help=True, help="What was not recognised, to learn from.")
UNDECIDED = "-"


@app.command("list")
def list_entries() -> None:
    """Show what is kept: day, where, what it was about (`-`: nobody has looked), and the masked text."""
    for entry in read_entries():
        text = " ".join(learning.show_words(entry))
        typer.echo("  ".join((entry.day.isoformat(), entry.heard, entry.decision or UNDECIDED, text)))


@app.command("export")
def export(
    out: Annotated[Path | None, typer.Option(help="file to write; the screen when left out")] = None,
) -> None:
    """Write what staff decided on as examples to read and put into data/topics; nothing changes by itself."""
    lessons = make_lessons(read_entries(), read_all_examples(get_settings().data_dir))
    written = write_lessons(lessons)
    if out is None:
        sys.stdout.write(written)
    else:
        try:
            out.write_text(written, encoding="utf-8")
        except OSError as error:
            raise InvalidInput(f"cannot write {out}: {error.strerror}") from error
    fresh = sum(len(texts) for styles in lessons.examples.values() for texts in styles.values())
    told = f"{fresh} new, {lessons.known} known already, {len(lessons.contradictions)} contradict another topic"
    typer.echo(told, err=True)


def read_entries() -> list[Unrecognised]:
    """Return everything that is kept; the database is made ready first."""
    settings = get_settings()
    prepare_database(settings)
    database = Database(settings.get_database_url())
    try:
        with database.read() as session:
            return list(learning.list_all(session))
    finally:
        database.dispose()
