"""An error on the command line is one sentence and an exit code, never a traceback."""

import subprocess
import sys

import pytest

from referral.settings import ROOT
from tests.postgres import find_free_port


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["find", "--topic", "belasting_op_lucht"], 2, "unknown_topic: no such topic"),
        (["find", "--topic", "digid", "--place", "Nergenshuizen"], 2, "unknown_place: "),
        (["find", "--topic", "digid", "--place", "Elst"], 2, "Elst (Overbetuwe), Elst (Rhenen)"),
        (["find", "--topic", "digid", "--at", "morgen"], 2, "invalid_input: 'morgen' is no time"),
        (["mask", "no-such-file.jsonl"], 2, "invalid_input: cannot read no-such-file.jsonl"),
        (["triage", "no-such-file.jsonl"], 2, "invalid_input: cannot read no-such-file.jsonl"),
        (["mask", "/"], 2, "invalid_input: cannot read /"),
    ],
)
def test_input_that_is_wrong_is_one_sentence_and_exit_code_2(omdehoek, arguments, code, said):
    ended = omdehoek(*arguments)
    assert (ended.code, ended.out) == (code, "")
    assert said in ended.err
    assert ended.err.count("\n") == 1


@pytest.mark.parametrize("arguments", [["find"], ["fly"], ["find", "--topic"], ["mask", "--loud"]])
def test_a_command_that_does_not_exist_or_lacks_something_ends_with_2(omdehoek, arguments):
    ended = omdehoek(*arguments)
    assert ended.code == 2
    assert "Traceback" not in ended.err


def test_a_database_that_is_down_is_one_sentence_and_exit_code_1(omdehoek):
    url = f"postgresql+psycopg://omdehoek@127.0.0.1:{find_free_port()}/omdehoek"
    ended = omdehoek("find", "--topic", "digid", OMDEHOEK_DATABASE_URL=url)
    assert ended.code == 1
    assert ended.err.startswith("database_unavailable: ")
    assert ended.err.count("\n") == 1


def test_an_assistant_that_is_not_running_is_one_sentence_that_says_what_to_do(omdehoek):
    ended = omdehoek("chat", "--url", f"http://127.0.0.1:{find_free_port()}")
    assert (ended.code, ended.err.count("\n")) == (1, 1)
    assert "make run" in ended.err


def test_help_names_every_command(omdehoek):
    ended = omdehoek("--help")
    assert ended.code == 0
    for command in ("run", "chat", "find", "triage", "mask", "openapi", "directory", "places", "staff"):
        assert command in ended.out


def test_it_runs_as_a_program_too():
    done = subprocess.run(
        [sys.executable, "-m", "api.cli.main", "mask"],
        cwd=ROOT,
        input='{"text": "mijn bsn is 111222333"}\n{"no": "text"}\n',
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stdout.count("\n") == 1
    assert "111222333" not in done.stdout + done.stderr
    assert done.stderr.startswith("invalid_input: line 2")
