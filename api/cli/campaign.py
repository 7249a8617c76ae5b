"""`omdehoek campaign`: the link of a campaign, and its QR code as SVG and PNG."""

from pathlib import Path
from typing import Annotated, get_args

import typer

from api.web.campaigns import make_campaign_link
from api.web.qr import Kind, draw_qr_file
from referral.campaigns import check_campaign
from referral.errors import InvalidInput
from referral.settings import get_settings


def campaign(
    name: Annotated[str, typer.Argument(help="name of the campaign: a-z, 0-9 and -")],
    out: Annotated[Path, typer.Option(help="folder for the two files")] = Path(),
) -> None:
    """Show the link of a campaign and write its QR code; needs OMDEHOEK_PUBLIC_URL."""
    check_campaign(name)
    base = get_settings().public_url
    if not base:
        raise InvalidInput("set OMDEHOEK_PUBLIC_URL: a link needs the address that browsers see")
    link = make_campaign_link(base, name)
    typer.echo(link)
    for kind in get_args(Kind):
        path = out / f"{name}.{kind}"
        try:
            path.write_bytes(draw_qr_file(link, kind))
        except OSError as error:
            raise InvalidInput(f"cannot write {path}: {error.strerror}") from error
        typer.echo(path)
