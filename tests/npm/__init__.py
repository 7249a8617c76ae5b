"""What the tests use of npm: the linter of the API design rules, and axe. `npm ci --prefix tests/npm` installs it."""

import os
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent


def get_installed(path):
    """Return where a file of `node_modules` is; without it the test is skipped, or fails where `CI=true`."""
    installed = FOLDER / "node_modules" / path
    if not installed.exists():
        lacking = f"no {path}: npm ci --prefix tests/npm"
        if os.environ.get("CI") == "true":
            pytest.fail(lacking)
        pytest.skip(lacking)
    return installed
