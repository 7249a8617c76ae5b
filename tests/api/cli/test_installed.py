"""The command that `make run` starts is installed, and works from any folder."""

import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = Path(sys.executable).parent / "omdehoek"


def test_the_installed_command_runs_from_any_folder(tmp_path):
    if not COMMAND.exists():
        pytest.fail("omdehoek is not installed in this environment: run `make setup`")
    done = subprocess.run(
        [COMMAND, "--help"], cwd=tmp_path, env={"PATH": ""}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "triage" in done.stdout
