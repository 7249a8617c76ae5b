"""`omdehoek model`: which trained models there are, how well each did on the proof, and which one runs."""

import json
import subprocess
from typing import Annotated, Any

import typer

from api.cli.processes import BOT_PYTHON
from referral.errors import InvalidInput, Unavailable
from referral.settings import ROOT, get_settings

app = typer.Typer(no_args_is_help=True, help="Which trained model runs, and back to the one before.")
# Seconds; Rasa has to be imported for it.
PATIENCE = 120


@app.command("list")
def show() -> None:
    """List the models, the newest first."""
    show_models(ask())


@app.command("use")
def use(fingerprint: Annotated[str, typer.Argument(help="of the model, as `omdehoek model list` tells it")]) -> None:
    """Let a model run from the next start of Rasa on, also when the content is newer."""
    show_models(ask("use", fingerprint))
    show_restart()


@app.command("newest")
def newest() -> None:
    """Let the model of the present content run again."""
    show_models(ask("newest"))
    show_restart()


def ask(*arguments: str) -> list[dict[str, Any]]:
    """Return what `bot.choosing` tells; raise `InvalidInput` with why a model cannot be used."""
    if not BOT_PYTHON.exists():
        raise Unavailable("Rasa's environment bot/.venv is missing: run `make run` or `make test` once")
    command = [str(BOT_PYTHON), "-W", "ignore", "-m", "bot.choosing", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, check=False)  # noqa: S603
    if done.returncode:
        raise InvalidInput(done.stderr.strip().splitlines()[-1])
    models: list[dict[str, Any]] = json.loads(done.stdout)
    return models


def show_models(models: list[dict[str, Any]]) -> None:
    if not models:
        typer.echo("There is no model yet: `make train` makes one.")
    for one in models:
        share = one["right"] / one["messages"]
        typer.secho(f"{one['fingerprint']}  {one['at'][:16].replace('T', ' ')}  ", bold=one["runs"], nl=False)
        typer.echo(
            f"understands {share:.1%} of {one['messages']} messages, "
            f"{one['emergencies_seen']} of {one['emergencies']} emergencies, {one['false_alarms']} false alarms"
        )
        notes = ["runs"] * one["runs"] + ["of the present content"] * one["of_content"] + one["obstacles"]
        if notes:
            typer.echo(f"{'':18}{'; '.join(notes)}")


def show_restart() -> None:
    conf = get_settings().state_dir / "supervisor.conf"
    typer.echo("It runs from the next start of Rasa on. While everything runs:")
    typer.echo(f"    .venv/bin/supervisorctl -c {conf} restart rasa")
