"""`omdehoek places`: the full postcode file, without which a citizen is asked for the name of the place."""

from pathlib import Path
from typing import Annotated

import typer

from referral.places.update import fetch_postcodes, install_postcodes
from referral.settings import get_settings

app = typer.Typer(no_args_is_help=True, help="The places and postcodes that the assistant knows.")


@app.callback()
def places() -> None:
    """Keep `update` a command of a group: with one command alone, typer would leave its name out."""


@app.command()
def update(
    file: Annotated[Path | None, typer.Option("--from", help="a file (zip or txt); without it, it is fetched")] = None,
) -> None:
    """Fetch or read GeoNames' postcodes of the Netherlands; a file that is not whole is refused, the old one stays."""
    settings = get_settings()
    target = settings.get_postcode_store()
    installed = install_postcodes(file, target) if file else fetch_postcodes(settings.postcode_url, target)
    typer.echo(f"{installed.digits} postcodes of four digits, {installed.letters} of six characters: {installed.path}")
    if settings.postcode_file and settings.postcode_file != target:
        typer.secho(f"OMDEHOEK_POSTCODE_FILE goes before it: {settings.postcode_file}", fg=typer.colors.YELLOW)
    typer.echo("Restart to use it.")
