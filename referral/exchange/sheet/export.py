"""The whole directory as one CSV or XLSX file: whole, or not there."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from sqlalchemy.orm import Session

from referral.exchange.sheet.known import list_all
from referral.exchange.sheet.reference import Reference
from referral.exchange.sheet.words import SheetWords
from referral.exchange.sheet.write import write_csv, write_xlsx

NAME = "services"

Writer = Callable[[Iterable[Mapping[str, str]], SheetWords, Path], int]


def export_csv(session: Session, folder: Path, reference: Reference) -> dict[Path, int]:
    """Write `services.csv`; return how many rows it holds. Raises `OSError`."""
    return _export(session, folder / f"{NAME}.csv", reference, write_csv)


def export_xlsx(session: Session, folder: Path, reference: Reference) -> dict[Path, int]:
    """Write `services.xlsx`; return how many rows it holds. Raises `OSError`."""
    return _export(session, folder / f"{NAME}.xlsx", reference, write_xlsx)


def _export(session: Session, path: Path, reference: Reference, write: Writer) -> dict[Path, int]:
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.part")
    try:
        count = write(list_all(session, reference), reference.words, unfinished)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return {path: count}
