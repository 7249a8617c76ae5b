"""`omdehoek doctor`: looks at everything and says, in words, what is wrong and how to mend it."""

import json
from dataclasses import asdict
from typing import Annotated

import typer

from api.checkup.data import look_at_data
from api.checkup.finding import Finding, State
from api.checkup.machine import look_at_machine
from api.checkup.running import look_at_parts
from api.checkup.settings import look_at_settings
from referral.clock import read_clock
from referral.settings import Settings, get_settings

COLOURS = {State.WRONG: typer.colors.RED, State.NOTE: typer.colors.YELLOW, State.RIGHT: typer.colors.GREEN}


def doctor(as_json: Annotated[bool, typer.Option("--json", help="for a program")] = False) -> None:
    """Look at everything; ends with 1 when something is wrong."""
    findings = look_at_everything(get_settings())
    if as_json:
        typer.echo(json.dumps([asdict(one) for one in findings], ensure_ascii=False, indent=1))
    else:
        for one in findings:
            show(one)
    if any(one.state is State.WRONG for one in findings):
        raise typer.Exit(1)


def look_at_everything(settings: Settings) -> list[Finding]:
    return [
        *look_at_settings(settings),
        *look_at_machine(settings),
        *look_at_data(settings, read_clock()),
        *look_at_parts(settings),
    ]


def show(one: Finding) -> None:
    typer.secho(f"{one.state:<6}", fg=COLOURS.get(one.state), nl=False)
    typer.echo(f"{one.part}: {one.told}")
    if one.mend:
        typer.echo(f"      → {one.mend}")
