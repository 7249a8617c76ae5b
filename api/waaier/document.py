"""Makes the PDF of a waaier: typst sets `waaier.typ` with the sheet as data, never as markup."""

import json
from dataclasses import asdict
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Final

import segno
import typst

from api.waaier.sheet import Sheet

LAYOUT = Path(__file__).resolve().parent / "waaier.typ"
# PDF/UA-1 (ISO 14289-1): tagged, with language, title, bookmarks; typst refuses to make what a reader aloud would miss.
STANDARD: Final = "ua-1"
# Both languages, on both papers.
KEPT = 4


class Paper(StrEnum):
    A4 = "a4"
    A5 = "a5"


def make_pdf(sheet: Sheet, paper: Paper) -> bytes:
    """Return the document. It is made once for what the sheet says, which has the day in it; the same again is at once.

    The fonts are those that come along, so that it looks the same on every machine.
    """
    code = segno.make(sheet.chat).svg_inline(border=0, scale=4, omitsize=True) if sheet.chat else ""
    return _compile(json.dumps({**asdict(sheet), "code": code}, ensure_ascii=False), paper)


@lru_cache(maxsize=KEPT)
def _compile(content: str, paper: Paper) -> bytes:
    return typst.compile(
        LAYOUT,
        font_paths=[Path(str(files("font_source_sans_pro"))) / "files"],
        ignore_system_fonts=True,
        sys_inputs={"sheet": content, "paper": paper},
        pdf_standards=STANDARD,
    )
