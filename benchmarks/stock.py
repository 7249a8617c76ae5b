"""Stock Rasa beside ours: the default pipeline and policies on the same data, its own channel and action server.

The configuration is Rasa's own `default_config.yml`, which `rasa init` gives a project; only the number of epochs may
be lowered. Intents, examples, rules and actions are ours, through our importer. What our channel sets at the start of a
turn has to come from somewhere, as simply as it can be:

- `place` is filled by the intent `inform_place`, with a fixed place. Our examples carry no marked entities, so stock
  Rasa learns none; that spares it work.
- `library_id` has an initial value, `turn_id` is Rasa's id of the message (stock_actions.py).

Policies that learn from stories (Memoization, TED, UnexpecTED) find none in our data and stay untrained, which spares
stock Rasa work as well. The answers are bare payloads: masking, urgency, language, sentences and the store of the
conversation are the door's, and only ours pays for them.
"""

import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import yaml

from referral.settings import get_settings
from tests.processes import BOT_PYTHON, PATIENCE, ROOT, Assistant

CACHE = ROOT / "benchmarks" / ".cache"
RASA = "bot/.venv/lib/python3*/site-packages/rasa"
PLACE = "Zwolle"

ENDPOINTS = {"action_endpoint": {"url": "http://127.0.0.1:${OMDEHOEK_ACTIONS_PORT}/webhook"}}
CREDENTIALS: dict[str, Any] = {"rest": None}


def make_config(epochs: int) -> dict[str, Any]:
    """Return Rasa's default configuration, reading our data, with this number of epochs wherever it has one."""
    path = next(ROOT.glob(f"{RASA}/engine/recipes/config_files/default_config.yml"))
    config: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    for component in config["pipeline"] + config["policies"]:
        if "epochs" in component:
            component["epochs"] = epochs
    return {
        **config,
        "assistant_id": "stock",
        "language": "nl",
        "importers": [{"name": "bot.importer.TopicImporter"}],
    }


def make_domain() -> dict[str, Any]:
    """Return our domain with the slots that our channel fills at the start of a turn filled otherwise."""
    domain: dict[str, Any] = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    domain["slots"]["place"]["mappings"] = [{"type": "from_intent", "intent": "inform_place", "value": PLACE}]
    domain["slots"]["library_id"]["initial_value"] = get_settings().library
    return domain


def fingerprint(files: dict[str, str]) -> str:
    """Return a digest of the files of the project and of everything that our importer reads."""
    digest = hashlib.sha256("".join(files.values()).encode())
    read = [ROOT / "data" / "urgent.yml", ROOT / "bot" / "requirements.lock", ROOT / "bot" / "content.py"]
    read += sorted(ROOT.glob("data/topics/*/topic.yml")) + sorted(ROOT.glob("data/topics/*/examples.yml"))
    read += [*sorted((ROOT / "data" / "dialogue").rglob("*.yml")), ROOT / "bot" / "importer.py"]
    for path in read:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def train(epochs: int) -> Path:
    """Train unless that was done for this content before; return the folder with the model and its settings."""
    made = {"config": make_config(epochs), "domain": make_domain(), "endpoints": ENDPOINTS, "credentials": CREDENTIALS}
    files = {f"{name}.yml": yaml.safe_dump(content, allow_unicode=True) for name, content in made.items()}
    folder = CACHE / fingerprint(files)
    if (folder / "model.tar.gz").exists():
        return folder
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8")
    print(f"training stock Rasa, {epochs} epochs; 100 take an hour or more on two cores, once", file=sys.stderr)
    command = [str(BOT_PYTHON), "-m", "rasa", "train", "--out", str(folder), "--fixed-model-name", "model"]
    command += ["--config", str(folder / "config.yml"), "--domain", str(folder / "domain.yml")]
    command += ["--data", str(ROOT / "data" / "dialogue")]
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PYTHONWARNINGS": "ignore",
        "RASA_MAX_CACHE_SIZE": "0",
        "RASA_TELEMETRY_ENABLED": "false",
    }
    began = time.monotonic()
    subprocess.run(command, cwd=folder, env=environment, check=True, stdout=sys.stderr)
    print(f"trained in {time.monotonic() - began:.0f} s", file=sys.stderr)
    return folder


class Stock(Assistant):
    """`rasa run` with the REST channel and the server of rasa-sdk, with a database of their own; there is no door."""

    def __init__(self, folder: Path, trained: Path) -> None:
        super().__init__(folder, SANIC_HOST="127.0.0.1")
        self.trained = trained
        self.url = f"http://127.0.0.1:{self.ports['rasa']}"

    def _make_command(self, name: str) -> list[str]:
        port = str(self.ports[name])
        if name == "actions":
            return [sys.executable, "-m", "benchmarks.stock_actions", port]
        command = [str(BOT_PYTHON), "-m", "rasa", "run", "--interface", "127.0.0.1", "--port", port]
        command += ["--model", str(self.trained / "model.tar.gz")]
        command += ["--endpoints", str(self.trained / "endpoints.yml")]
        return [*command, "--credentials", str(self.trained / "credentials.yml")]

    def wait_for(self, *names: str) -> None:
        deadline = time.monotonic() + PATIENCE
        paths = {"rasa": "/webhooks/rest/", "actions": "/health"}
        for name in names:
            while not self._answers(f"http://127.0.0.1:{self.ports[name]}{paths[name]}"):
                if time.monotonic() > deadline or self._running[name].poll() is not None:
                    raise RuntimeError(f"stock {name} did not come up, see {self.folder / f'{name}.log'}")
                time.sleep(0.2)
