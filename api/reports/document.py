"""Makes the PDF of a report: typst sets `report.typ` with the report as data, never as markup."""

import json
from collections.abc import Callable
from dataclasses import asdict
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import typst

from api.reports.asking import Block
from api.reports.dossiers import Report
from referral.reports.labels import Labels

LAYOUT = Path(__file__).resolve().parent / "report.typ"
STANDARD: Final = "ua-1"  # tagged: somebody can have it read aloud (ISO 14289-1)


def make_pdf(report: Report, labels: Labels, *, library: str, draw: Callable[[Block], bytes]) -> bytes:
    """Return the document; `draw` gives the SVG of a part that has something to draw."""
    told: dict[str, Any] = {
        **asdict(report),
        "library": library,
        "words": {name: labels.words.sentences[name] for name in ("remedies", "remedies_what", "subsidy")},
    }
    for part, block in zip(told["parts"], report.parts, strict=True):
        part["drawn"] = draw(block).decode() if block.marks else ""
        del part["marks"]
    return typst.compile(
        LAYOUT,
        font_paths=[Path(str(files("font_source_sans_pro"))) / "files"],
        ignore_system_fonts=True,
        sys_inputs={"report": json.dumps(told, ensure_ascii=False)},
        pdf_standards=STANDARD,
    )
