"""`omdehoek mask`: shows what the masker makes of messages."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from api.cli.lines import read_texts, write_line
from referral.privacy.mask import mask as mask_text


def mask(file: Annotated[Path | None, typer.Argument(help="JSON Lines; stdin when left out")] = None) -> None:
    """Read {"text": …} lines, write {"masked", "spans": [{"start", "end", "type"}]}."""
    for text in read_texts(file):
        found = mask_text(text)
        write_line({"masked": found.masked, "spans": [asdict(span) for span in found.spans]})
