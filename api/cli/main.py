"""`omdehoek`: the command line. An error is one sentence and an exit code, never a traceback."""

import sys

import typer

from api.cli import (
    backup,
    campaign,
    chat,
    directory,
    doctor,
    find,
    learn,
    mask,
    model,
    network,
    openapi,
    outbox,
    places,
    prepare,
    purge,
    report,
    run,
    staff,
    telegram,
    triage,
    waaier,
)
from referral.errors import AmbiguousPlace, InvalidInput, NotFound, OmDeHoekError

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Om de Hoek: from a question to the right partner.",
)
app.command("run")(run.run)
app.command("chat")(chat.chat)
app.command("find")(find.find)
app.command("network")(network.network)
app.command("waaier")(waaier.waaier)
app.command("triage")(triage.triage)
app.command("mask")(mask.mask)
app.add_typer(staff.app, name="staff")
app.add_typer(learn.app, name="learn")
app.command("openapi")(openapi.openapi)
app.add_typer(directory.app, name="directory")
app.add_typer(places.app, name="places")
app.add_typer(model.app, name="model")
app.command("doctor")(doctor.doctor)
app.command("prepare")(prepare.prepare)
app.command("purge")(purge.purge)
app.command("backup")(backup.backup)
app.command("restore")(backup.restore)
app.add_typer(report.app, name="report")
app.add_typer(outbox.app, name="outbox")
app.add_typer(telegram.app, name="telegram")
app.command("campaign")(campaign.campaign)

USAGE_ERROR = 2


def main() -> None:
    """Run a command; bad input ends with 2, anything else that we know with 1."""
    try:
        app()
    except AmbiguousPlace as error:
        typer.secho(f"{error.code}: {error}: {', '.join(error.choices)}", fg=typer.colors.RED, err=True)
        sys.exit(USAGE_ERROR)
    except OmDeHoekError as error:
        typer.secho(f"{error.code}: {error}", fg=typer.colors.RED, err=True)
        sys.exit(USAGE_ERROR if isinstance(error, (InvalidInput, NotFound)) else 1)


if __name__ == "__main__":
    main()
