"""Reads a file of any kind that we know, by how its name ends."""

from collections.abc import Callable, Mapping
from pathlib import Path

from sqlalchemy.orm import Session

from referral.errors import InvalidInput
from referral.exchange import osm
from referral.exchange.hsds import read as hsds
from referral.exchange.hsds.ids import map_own_ids
from referral.exchange.records import Batch
from referral.exchange.sheet import read as sheet
from referral.exchange.sheet.reference import load_reference
from referral.places.table import load_places


def read_file(session: Session, file: Path, source: str, data_dir: Path) -> Batch:
    """Read HSDS 3.1 (.json, .ndjson), a sheet (.csv, .xlsx) or libraries of Overpass (.json) as a batch.

    What is wrong inside the file is in the batch. Raises `InvalidInput` for a name that ends in something else, and for
    a file that is not there.
    """
    read = READERS.get(file.suffix.lower())
    if read is None:
        raise InvalidInput(f"{file.name} ends in none of {', '.join(READERS)}")
    return read(session, file, source, data_dir)


def _read_json(session: Session, file: Path, source: str, data_dir: Path) -> Batch:
    try:
        if osm.is_overpass(file):
            return osm.read_file(file, source, load_places(data_dir))
    except OSError as error:
        raise InvalidInput(f"cannot read {file}: {error.strerror}") from error
    return hsds.read_file(file, source, map_own_ids(session))


def _read_sheet(session: Session, file: Path, source: str, data_dir: Path) -> Batch:
    return sheet.read_file(session, file, source, load_reference(data_dir))


READERS: Mapping[str, Callable[[Session, Path, str, Path], Batch]] = {
    **dict.fromkeys((".json", ".ndjson", ".jsonl"), _read_json),
    # The last ones are no sheets that we read: the reader says so, and what to do.
    **dict.fromkeys((".csv", ".xlsx", ".tsv", ".txt", ".xls", ".ods", ".pdf"), _read_sheet),
}
"""The reader of a file by how its name ends."""
