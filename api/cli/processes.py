"""The processes of the assistant, as supervisor runs them: each restarted when it dies, all on loopback."""

import configparser
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from referral.settings import ROOT, Settings

BOT_PYTHON = ROOT / "bot" / ".venv" / "bin" / "python"


@dataclass(frozen=True, slots=True)
class Process:
    """`ready_seconds`: how long supervisor waits before it calls a start a success. `own`: environment of its own."""

    name: str
    command: tuple[str, ...]
    ready_seconds: int = 2
    own: Mapping[str, str] = field(default_factory=dict)


def list_processes(settings: Settings) -> list[Process]:
    """Return every process: the first of a kind bears its name, the others a number behind it."""
    python = sys.executable
    telegram = (
        [Process("telegram", (str(Path(python).parent / "omdehoek"), "telegram", "run"))]
        if settings.telegram_token.get_secret_value()
        else []
    )
    actions = (python, "-m", "actions", str(settings.actions_port))
    return [
        Process("rasa", (str(BOT_PYTHON), "-m", "bot.server"), 5),  # itself keeps as many as are wanted (bot/keeper.py)
        *(Process(name_process("actions", n), actions) for n in range(1, settings.actions_processes + 1)),
        *(
            Process(name_process("api", n), (python, "-m", "api.server"), own=tell_metrics_port(settings, n))
            for n in range(1, settings.api_processes + 1)
        ),
        Process("worker", (python, "-m", "api.worker"), own=tell_metrics_port(settings, settings.api_processes + 1)),
        *telegram,
    ]


def name_process(kind: str, number: int) -> str:
    return kind if number == 1 else f"{kind}-{number}"


def tell_metrics_port(settings: Settings, number: int) -> dict[str, str]:
    """Return the environment that gives a process, counted from 1, its port for Prometheus; none where none is set."""
    ports = settings.list_metrics_ports()
    return {"OMDEHOEK_METRICS_PORT": str(ports[number - 1])} if ports else {}


def write_supervisor_config(settings: Settings) -> Path:
    """Write supervisor's configuration and return its path."""
    logs = settings.state_dir / "log"
    logs.mkdir(parents=True, exist_ok=True)
    config = configparser.RawConfigParser()
    config["supervisord"] = {
        "nodaemon": "true",
        "silent": "true",
        "logfile": str(logs / "supervisor.log"),
        "pidfile": str(settings.state_dir / "supervisor.pid"),
        "childlogdir": str(logs),
        **({"user": "root"} if os.geteuid() == 0 else {}),
    }
    socket = settings.state_dir / "supervisor.sock"
    config["unix_http_server"] = {"file": str(socket), "chmod": "0700"}
    config["supervisorctl"] = {"serverurl": f"unix://{socket}"}
    config["rpcinterface:supervisor"] = {
        "supervisor.rpcinterface_factory": "supervisor.rpcinterface:make_main_rpcinterface"
    }
    environment = {
        "OMDEHOEK_HOST": settings.host,
        "OMDEHOEK_PORT": str(settings.port),
        "OMDEHOEK_RASA_PORT": str(settings.rasa_port),
        "OMDEHOEK_RASA_PROCESSES": str(settings.rasa_processes),
        "OMDEHOEK_ACTIONS_PORT": str(settings.actions_port),
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "3",  # that there is no graphics card is no news
        "PYTHONUNBUFFERED": "1",
        "SANIC_HOST": "127.0.0.1",
    }
    for process in list_processes(settings):
        own = {**environment, **process.own}
        config[f"program:{process.name}"] = {
            "command": " ".join(process.command),
            "directory": str(ROOT),
            "environment": ",".join(f'{name}="{value}"' for name, value in own.items()),
            "autorestart": "true",
            "startsecs": str(process.ready_seconds),
            "startretries": "1000",
            "stopasgroup": "true",
            "killasgroup": "true",
            "stdout_logfile": str(logs / f"{process.name}.log"),
            "redirect_stderr": "true",
            "stdout_logfile_maxbytes": "5MB",
            "stdout_logfile_backups": "2",
        }
    path = settings.state_dir / "supervisor.conf"
    with path.open("w", encoding="utf-8") as out:
        config.write(out)
    return path
