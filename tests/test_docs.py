"""What the documents name exists: a test that moved takes its mention along."""

import re

import pytest

from referral.settings import ROOT

NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
DOCUMENTS = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").glob("*.md"))


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_test_that_a_document_names_exists(document):
    wrong = []
    for path, name in NAMED.findall((ROOT / document).read_text(encoding="utf-8")):
        file = ROOT / path
        if not file.is_file() or (name and f"def {name}(" not in file.read_text(encoding="utf-8")):
            wrong.append(f"{path}::{name}")
    assert wrong == []


def test_the_table_of_outages_names_a_test_for_each_part():
    rows = [
        line for line in (ROOT / "docs" / "outages.md").read_text(encoding="utf-8").splitlines() if line[:2] == "| "
    ]
    assert len(rows) > 10
    assert [row[:40] for row in rows[1:] if not NAMED.search(row)] == []
