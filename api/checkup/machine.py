"""What the machine and the installation have to offer: Rasa's environment, the model, the state folder, the clock."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from api.checkup.finding import Finding, State
from api.cli.processes import BOT_PYTHON
from api.cli.run import MIN_FREE_BYTES
from referral.settings import ROOT, Settings

# Seconds that Rasa's Python gets to say which model belongs to the content.
PATIENCE = 60
MEGABYTE = 1024 * 1024


def look_at_machine(settings: Settings) -> Iterator[Finding]:
    """Yield what there is to say of this machine; nothing needs to run for it."""
    yield _look_at_folder(settings.state_dir)
    yield _look_at_environment()
    if BOT_PYTHON.exists():
        yield _look_at_model()
    if settings.clock_shift:
        told = (
            f"the clock is shifted by {settings.clock_shift:.0f} s: days and opening hours are those of another moment"
        )
        yield Finding("clock", State.NOTE, told, "unset OMDEHOEK_CLOCK_SHIFT, which is for tests and demonstrations")


def _look_at_folder(folder: Path) -> Finding:
    mend = "choose another folder with OMDEHOEK_STATE_DIR, or give its owner the right to write"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            free = shutil.disk_usage(folder).free
    except OSError as error:
        return Finding("state folder", State.WRONG, f"{folder}: {error.strerror}", mend)
    told = f"{folder}, {free // MEGABYTE} MB free"
    if free < MIN_FREE_BYTES:
        return Finding("state folder", State.WRONG, told, f"free at least {MIN_FREE_BYTES // MEGABYTE} MB")
    return Finding("state folder", State.RIGHT, told)


def _look_at_environment() -> Finding:
    made, lock = ROOT / "bot" / ".venv" / ".made", ROOT / "bot" / "requirements.lock"
    if not BOT_PYTHON.exists() or not made.exists():
        return Finding("environment of Rasa", State.WRONG, "bot/.venv is missing or half made", "run `make setup`")
    if made.stat().st_mtime < lock.stat().st_mtime:
        return Finding(
            "environment of Rasa", State.NOTE, "bot/requirements.lock is newer than bot/.venv", "`make setup`"
        )
    return Finding("environment of Rasa", State.RIGHT, "bot/.venv is there, and as its lock file says")


def _look_at_model() -> Finding:
    code = "from bot.models import locate_model; print(locate_model())"
    try:
        asked = subprocess.run(  # noqa: S603  (a program of our own)
            [BOT_PYTHON, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=PATIENCE
        )
    except (subprocess.SubprocessError, OSError) as error:
        return Finding(
            "model", State.WRONG, f"Rasa's Python does not work ({type(error).__name__})", "run `make setup`"
        )
    path = Path(asked.stdout.strip())
    if not path.exists():
        return Finding("model", State.WRONG, "there is none for the content as it is now", "run `make train`")
    return Finding("model", State.RIGHT, f"{path.name} belongs to the content as it is now")
