"""The command line, run in this process as `omdehoek` is."""

import io
import shutil
import sys
from dataclasses import dataclass

import pytest

from api.cli.main import main
from referral.settings import get_settings


@dataclass(frozen=True)
class Ended:
    code: int
    out: str
    err: str


@pytest.fixture
def omdehoek(tmp_path, example_file, monkeypatch, capsys):
    """Runs a command with arguments and standard input (bytes); returns its exit code and what it wrote."""
    shutil.copy(example_file, tmp_path / "omdehoek.db")
    monkeypatch.setenv("OMDEHOEK_STATE_DIR", str(tmp_path))
    monkeypatch.delenv("OMDEHOEK_DATABASE_URL", raising=False)
    monkeypatch.setenv("NO_COLOR", "1")
    get_settings.cache_clear()

    def run(*arguments, stdin=b"", **environment):
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        get_settings.cache_clear()
        monkeypatch.setattr(sys, "argv", ["omdehoek", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        try:
            main()
            code = 0
        except SystemExit as end:
            code = end.code
        return Ended(code, *capsys.readouterr())

    yield run
    get_settings.cache_clear()
