"""What docs/security.md names exists, and every chapter of the standard is answered."""

import re

from referral.settings import ROOT

TEXT = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")


def find_missing(text):
    """Return the files that are named and are not there."""
    named = set(re.findall(r"`((?:tests|docs|scripts|api|referral)/[\w./-]+)`", text))
    assert named
    return sorted(path for path in named if not (ROOT / path).exists())


def test_every_file_that_is_named_exists():
    assert find_missing(TEXT) == []
    assert len(set(re.findall(r"`(tests/[\w./]+\.py)`", TEXT))) > 25


def test_a_test_that_is_gone_is_found():
    assert find_missing(TEXT + "`tests/test_gone.py`") == ["tests/test_gone.py"]


def test_every_chapter_of_the_standard_has_an_answer():
    rows = re.findall(r"^\| V(\d+) [^|]+\| ([^|]+) \| ([^|]+) \|$", TEXT, re.MULTILINE)
    assert [int(chapter) for chapter, _, _ in rows] == list(range(1, 18))
    for chapter, state, how in rows:
        if state.startswith("met"):
            assert "`tests/" in how, f"V{chapter} has no test"


def test_no_threat_is_without_a_test():
    threats = TEXT.partition("## Threats")[2].partition("## Rasa's room")[0]
    rows = [line for line in threats.splitlines() if line.startswith("| ") and not line.startswith("| threat")]
    assert len(rows) > 15
    assert [row for row in rows if "`tests/" not in row] == []
