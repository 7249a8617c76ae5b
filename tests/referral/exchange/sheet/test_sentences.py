"""Every problem that the readers of sheets and of OpenStreetMap can tell has a sentence."""

import re

from referral.directory.spoken.phrases import MisreadReason
from referral.exchange.report import load_words
from referral.settings import ROOT

CODE = re.compile(r'(?:Problem|BadCell|tell)\(\s*"(\w+)"|yield \w+, "(formula_\w+)"|b"[^"]+", "(\w+)"\)')
EXCHANGE = ROOT / "referral" / "exchange"


def test_every_code_has_a_sentence():
    sources = [*(EXCHANGE / "sheet").glob("*.py"), EXCHANGE / "osm.py"]
    found = {
        next(filter(None, groups)) for path in sources for groups in CODE.findall(path.read_text(encoding="utf-8"))
    }
    found |= {f"hours_{reason}" for reason in MisreadReason}
    assert {"old_excel", "formula_error", "no_phone", "address_incomplete", "zip_bomb"} <= found
    assert found <= set(load_words(ROOT / "data").problems)
