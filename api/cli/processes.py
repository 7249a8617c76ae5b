"""The processes of the assistant, as supervisor runs them: each restarted when it dies, all on loopback."""

import configparser
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from referral.settings import ROOT, Settings

BOT_PYTHON = ROOT / "bot" / ".venv" / "bin" / "python"


@dataclass(frozen=True, slots=True)
class Process:
    """`ready_seconds`: how long supervisor waits before it calls a start a success."""

    name: str
    command: tuple[str, ...]
    ready_seconds: int


def list_processes(settings: Settings) -> list[Process]:
    python = sys.executable
    door: tuple[str, ...] = (
        "--host",
        settings.host,
        "--port",
        str(settings.port),
        "--no-access-log",
        "--log-level",
        "warning",
    )
    # Uvicorn by itself believes what anybody on this machine says of who asks.
    door += (
        ("--proxy-headers", "--forwarded-allow-ips", settings.trusted_proxies.replace(" ", ""))
        if settings.trusted_proxies
        else ("--no-proxy-headers",)
    )
    telegram = (
        [Process("telegram", (str(Path(python).parent / "omdehoek"), "telegram", "run"), 2)]
        if settings.telegram_token.get_secret_value()
        else []
    )
    return [
        Process("rasa", (str(BOT_PYTHON), "-m", "bot.server"), 5),
        Process("actions", (python, "-m", "actions", str(settings.actions_port)), 2),
        Process("api", (python, "-m", "uvicorn", "api.app:create_app", "--factory", *door), 2),
        Process("worker", (python, "-m", "api.worker"), 2),
        *telegram,
    ]


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
        "OMDEHOEK_RASA_PORT": str(settings.rasa_port),
        "OMDEHOEK_ACTIONS_PORT": str(settings.actions_port),
        "RASA_TELEMETRY_ENABLED": "false",
        "PYTHONUNBUFFERED": "1",
        "SANIC_HOST": "127.0.0.1",
    }
    for process in list_processes(settings):
        config[f"program:{process.name}"] = {
            "command": " ".join(process.command),
            "directory": str(ROOT),
            "environment": ",".join(f'{name}="{value}"' for name, value in environment.items()),
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
