"""What docs/security.md and docs/asvs.md name exists, and every requirement of the standard is answered."""

import re
from collections import Counter

from referral.settings import ROOT

TEXT = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
LIST = (ROOT / "docs" / "asvs.md").read_text(encoding="utf-8")
# OWASP ASVS 5.0.0: of each section the last requirement of level 2; those of level 3 come after it.
LEVELS_1_AND_2 = """
    1.1:2 1.2:9 1.3:11 1.4:3 1.5:2
    2.1:3 2.2:3 2.3:4 2.4:1
    3.2:2 3.3:4 3.4:6 3.5:5 3.7:2
    4.1:3 4.2:1 4.3:2 4.4:4
    5.1:1 5.2:3 5.3:2 5.4:3
    6.1:3 6.2:12 6.3:4 6.4:4 6.5:5 6.6:3 6.8:4
    7.1:3 7.2:4 7.3:2 7.4:5 7.5:2 7.6:2
    8.1:2 8.2:3 8.3:1 8.4:1
    9.1:3 9.2:4
    10.1:2 10.2:2 10.3:4 10.4:11 10.5:5 10.6:2 10.7:3
    11.1:2 11.2:3 11.3:3 11.4:4 11.5:1 11.6:1
    12.1:3 12.2:2 12.3:4
    13.1:1 13.2:5 13.3:2 13.4:5
    14.1:2 14.2:4 14.3:3
    15.1:3 15.2:3 15.3:7
    16.1:1 16.2:5 16.3:4 16.4:3 16.5:3
    17.1:1 17.2:4 17.3:2
"""


def find_missing(text):
    """Return the files that are named and are not there."""
    named = set(re.findall(r"`((?:tests|docs|scripts|api|referral)/[\w./-]+)`", text))
    assert named
    return sorted(path for path in named if not (ROOT / path).exists())


def test_every_file_that_is_named_exists():
    assert find_missing(TEXT) == []
    assert find_missing(LIST) == []
    assert len(set(re.findall(r"`(tests/[\w./]+\.py)`", TEXT))) > 25


def test_a_test_that_is_gone_is_found():
    assert find_missing(TEXT + "`tests/test_gone.py`") == ["tests/test_gone.py"]


def read_answers():
    """Return [(number, state, how)] of every requirement; a line may answer several that follow each other."""
    answers = []
    for first, last, state, how in re.findall(r"^\| ([\d.]+)(?:–([\d.]+))? \| (\w+) \| (.+) \|$", LIST, re.MULTILINE):
        section, _, number = first.rpartition(".")
        until = (last or first).rpartition(".")[2]
        answers += [(f"{section}.{one}", state, how) for one in range(int(number), int(until) + 1)]
    return answers


def test_every_requirement_of_the_standard_has_one_answer():
    sections = (one.split(":") for one in LEVELS_1_AND_2.split())
    wanted = [f"{section}.{number}" for section, last in sections for number in range(1, int(last) + 1)]
    assert len(wanted) == 253
    assert [number for number, _, _ in read_answers()] == wanted


def test_the_page_counts_them_right():
    counts = Counter(state for _, state, _ in read_answers())
    told = re.search(r"met \((\d+)\).*partly or not \((\d+)\).*host's \((\d+)\).*not here \((\d+)\)", TEXT, re.DOTALL)
    counted = [counts["met"], counts["partly"] + counts["no"], counts["host"], counts["none"]]
    assert list(map(int, told.groups())) == counted


def test_what_is_met_is_shown_and_what_is_not_has_a_reason():
    for number, state, how in read_answers():
        assert state in {"met", "partly", "no", "host", "none"}, number
        if state == "met":
            assert re.search(r"`(tests|docs)/|\]\(", how), number
        else:
            assert len(how) > 5, number


def test_no_threat_is_without_a_test():
    threats = TEXT.partition("## Threats")[2].partition("## Rasa's room")[0]
    rows = [line for line in threats.splitlines() if line.startswith("| ") and not line.startswith("| threat")]
    assert len(rows) > 15
    assert [row for row in rows if "`tests/" not in row] == []
