"""`make audit`: without a connection it says so, not that nothing is wrong; what is accepted has a reason and a day."""

import os
import re
import subprocess

from referral.settings import ROOT

ACCEPTED = ROOT / "docs" / "audit.txt"
NOBODY = "http://127.0.0.1:9"  # the port of discard: nobody listens


def test_without_a_connection_it_says_that_nothing_was_audited():
    proxies = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"), NOBODY)
    environment = {**os.environ, **proxies, "NO_PROXY": "", "no_proxy": ""}
    done = subprocess.run([ROOT / "scripts" / "audit"], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "NOT AUDITED" in done.stderr
    assert "nothing known" not in done.stdout


def test_what_is_accepted_has_a_reason_and_a_day():
    lines = [line for line in ACCEPTED.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    faults = [line for line in lines if not re.fullmatch(r"(CVE|GHSA|PYSEC)-\S+ \d{4}-\d\d-\d\d \S.{19,}", line)]
    assert faults == []
    assert ACCEPTED.read_text(encoding="utf-8").startswith("# ")
