"""`omdehoek run`: brings everything up under one supervisor and says where it is; Ctrl-C stops all."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

import httpx
import typer

from api.cli.processes import BOT_PYTHON, write_supervisor_config
from api.cli.store import prepare_database
from referral.clock import read_clock
from referral.db import Database
from referral.settings import ROOT, Settings, get_settings
from referral.staff.people import make_first_manager

START_DEADLINE = 180.0
STOP_DEADLINE = 30.0
MIN_FREE_BYTES = 200 * 1024 * 1024


def run() -> None:
    """Bring the whole assistant up and keep it up."""
    settings = get_settings()
    for problem in find_problems(settings):
        typer.secho(problem, fg=typer.colors.RED, err=True)
        raise typer.Exit(1)
    typer.echo("1/3  database: migrate, and load the catalogue and the example directory")
    prepare_database(settings)
    show_first_manager(settings)
    typer.echo("2/3  starting Rasa, the action server, the door and the worker (about half a minute)")
    for number in (signal.SIGINT, signal.SIGTERM):  # a background shell has SIGINT ignored
        signal.signal(number, _interrupt)
    while supervise(settings):
        typer.secho("     the supervisor was killed: starting everything anew", fg=typer.colors.RED, err=True)


def supervise(settings: Settings) -> bool:
    """Run the supervisor until Ctrl-C, or until it ends; return whether it was killed, and so has to come back."""
    with subprocess.Popen(make_supervisor_command(settings), cwd=ROOT, start_new_session=True) as supervisor:  # noqa: S603
        try:
            wait_until_ready(settings, supervisor)
            show_addresses(settings)
            is_killed = supervisor.wait() < 0
        except KeyboardInterrupt:
            typer.echo("\nstopping …")
            is_killed = False
        finally:
            stop(supervisor)
            end_session(supervisor.pid)
    return is_killed


def end_session(session: int) -> None:
    """End what a supervisor or a keeper of Rasa that was killed has left running; it would hold the ports."""
    while left := list_session(session):
        for pid in left:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.1)


def list_session(session: int) -> list[int]:
    """Return the processes of a session that still run; where the system has no /proc, none."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            state, _, _, of = (folder / "stat").read_text(encoding="utf-8").rpartition(") ")[2].split()[:4]
            if int(of) == session and state != "Z":
                found.append(int(folder.name))
    return found


def show_first_manager(settings: Settings) -> None:
    """Where nobody can sign in yet, make a manager and show the one-time password: this once, and never in a log."""
    database = Database(settings.get_database_url())
    with database.begin() as session:
        password = make_first_manager(session, settings.first_manager, read_clock())
    database.dispose()
    if password:
        typer.echo(f"     the first account      {settings.first_manager}")
        typer.secho(f"     one-time password      {password}", bold=True)
        typer.echo(f"     Lost it? omdehoek staff reset {settings.first_manager}")


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def find_problems(settings: Settings) -> list[str]:
    """Return what would keep us from starting, each in one sentence that says what to do."""
    problems = []
    if not BOT_PYTHON.exists():
        problems.append("Rasa's environment bot/.venv is missing: run `make run`, it makes it.")
    settings.state_dir.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(settings.state_dir).free < MIN_FREE_BYTES:
        problems.append(f"The disk of {settings.state_dir} is nearly full: free at least 200 MB and try again.")
    ports = [("OMDEHOEK_PORT", settings.port), ("OMDEHOEK_ACTIONS_PORT", settings.actions_port)]
    ports += [("OMDEHOEK_RASA_PORT", port) for port in settings.list_rasa_ports()]
    ports += [("OMDEHOEK_METRICS_PORT", port) for port in settings.list_metrics_ports()]
    for name, port in ports:
        if not is_free(port):
            problems.append(f"Port {port} is taken by another program: stop it, or choose another port with {name}.")
    return problems


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def make_supervisor_command(settings: Settings) -> list[str]:
    return [sys.executable, "-m", "supervisor.supervisord", "-c", str(write_supervisor_config(settings))]


def wait_until_ready(settings: Settings, supervisor: "subprocess.Popen[bytes]") -> None:
    """Wait until the door says that every part is up; say which one is not when that takes too long."""
    deadline = time.monotonic() + START_DEADLINE
    url = f"http://127.0.0.1:{settings.port}/health/ready"
    lacking = "the door"
    while time.monotonic() < deadline and supervisor.poll() is None:
        try:
            answer = httpx.get(url, timeout=5)
            if answer.status_code == httpx.codes.OK:
                return
            lacking = ", ".join(name for name, is_up in answer.json()["parts"].items() if not is_up)
        except (httpx.HTTPError, ValueError, KeyError):
            lacking = "the door"
        time.sleep(0.5)
    typer.secho(f"Not ready: {lacking}. Look in {settings.state_dir / 'log'}.", fg=typer.colors.RED, err=True)
    stop(supervisor)
    raise typer.Exit(1)


def show_addresses(settings: Settings) -> None:
    base = f"http://{settings.host}:{settings.port}"
    typer.secho("3/3  ready", fg=typer.colors.GREEN)
    typer.echo(f"     the chat (demo page)   {base}/")
    typer.echo(f"     for staff              {base}/account")
    typer.echo(f"     the API                {base}/v1/openapi.json")
    if ports := settings.list_metrics_ports():
        typer.echo(f"     for Prometheus         http://{settings.metrics_host}:{ports[0]}-{ports[-1]}/metrics")
    if settings.public_url and not settings.trusted_proxies:
        typer.secho(
            "     OMDEHOEK_TRUSTED_PROXIES names no proxy: all visitors share one limit.", fg=typer.colors.YELLOW
        )
    typer.echo("     Ctrl-C stops everything.")


def stop(supervisor: "subprocess.Popen[bytes]") -> None:
    """Ask supervisor to stop its processes, and wait for that."""
    if supervisor.poll() is None:
        supervisor.send_signal(signal.SIGTERM)
        supervisor.wait(STOP_DEADLINE)
