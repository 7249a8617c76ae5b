"""`omdehoek waaier`: the cards of the library with its partners, as a PDF to print."""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.store import prepare_database
from api.waaier.document import Paper, make_pdf
from api.waaier.making import Language, make_todays_sheet
from referral.clock import read_clock
from referral.db import Database
from referral.errors import InvalidInput
from referral.settings import get_settings


def waaier(
    out: Annotated[Path, typer.Option(help="file to write, such as waaier.pdf")],
    language: Annotated[Language, typer.Option(help="language of the cards")] = Language.DUTCH,
    paper: Annotated[Paper, typer.Option(help="size of the paper")] = Paper.A4,
) -> None:
    """Write all cards with the partners of the library, as they are today, in one PDF."""
    settings = get_settings()
    prepare_database(settings)
    database = Database(settings.get_database_url())
    try:
        with database.read() as session:
            sheet = make_todays_sheet(session, settings, language, now=read_clock())
    finally:
        database.dispose()
    made = make_pdf(sheet, paper)
    try:
        out.write_bytes(made)
    except OSError as error:
        raise InvalidInput(f"cannot write {out}: {error.strerror}") from error
    cards = sum(len(chapter.leaves) for chapter in sheet.chapters)
    typer.echo(f"{out}: {cards} cards, {len(made) / 1_000_000:.1f} MB")
