"""What the door logs, to read in a test."""

import io
import logging

import pytest

from referral.logs import SECURITY, set_up_logging


@pytest.fixture
def log(monkeypatch):
    """What is logged, as text; the logging of before is back afterwards."""
    kept = logging.root.handlers[:], logging.root.level
    out = io.StringIO()
    monkeypatch.setattr("sys.stderr", out)
    set_up_logging("door")
    yield out
    logging.captureWarnings(False)
    logging.root.handlers[:], level = kept
    logging.root.setLevel(level)
    SECURITY.setLevel(logging.NOTSET)
