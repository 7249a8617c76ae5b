"""A log line is JSON that a program can read, and tells of an error nothing that somebody typed."""

import json
import subprocess
import sys

import pytest

from referral.logs import describe
from referral.settings import ROOT

TYPED = "111222333"
TOLD = f"""
import logging, warnings, structlog
from referral.errors import InvalidInput
from referral.logs import set_up_logging
set_up_logging("door")
logger = logging.getLogger("somewhere")
logger.info("not told")
logger.warning("told %d times", 2)
with structlog.contextvars.bound_contextvars(request="r-1"):
    try:
        try:
            raise ValueError("{TYPED}")
        except ValueError as error:
            raise InvalidInput("a row has no name") from error
    except InvalidInput:
        logger.exception("it went wrong:\\n%s", "é")
warnings.warn("old")
"""


@pytest.fixture(scope="module")
def lines():
    ended = subprocess.run([sys.executable, "-c", TOLD], cwd=ROOT, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in ended.stderr.splitlines()]


def test_a_line_tells_when_how_bad_which_part_and_what(lines):
    told = lines[0]
    assert told.pop("at").endswith("Z")
    assert told == {"level": "warning", "part": "door", "logger": "somewhere", "message": "told 2 times"}


def test_an_error_tells_its_kind_and_place_and_only_our_own_words(lines):
    told = lines[1]
    assert (told["request"], told["message"]) == ("r-1", "it went wrong:\né")
    kinds = [line for line in told["traceback"] if not line.startswith("  ")]
    assert kinds == ["builtins.ValueError", "referral.errors.InvalidInput: a row has no name"]
    assert "  <string>:12 in <module>" in told["traceback"]
    assert TYPED not in json.dumps(told)


def test_a_warning_is_a_line_too(lines):
    assert lines[2]["logger"] == "py.warnings"
    assert "old" in lines[2]["message"]
    assert len(lines) == 3


def test_a_cause_that_was_taken_away_is_not_told():
    try:
        try:
            raise ValueError(TYPED)
        except ValueError:
            raise KeyError(TYPED) from None
    except KeyError as error:
        told = describe(error)
    assert [line for line in told if not line.startswith("  ")] == ["builtins.KeyError"]
