"""The directory as files of HSDS JSON, written object by object so that its size does not matter."""

import json
from collections.abc import Iterable
from pathlib import Path

from sqlalchemy.orm import Session

from referral.exchange.hsds.schedules import Object
from referral.exchange.hsds.write import write_all_organizations, write_all_services

SERVICES, ORGANIZATIONS = "services.json", "organizations.json"


def export_directory(session: Session, folder: Path) -> dict[Path, int]:
    """Write all services, and all organizations with their locations; return how many objects each file holds.

    Contacts and unverified numbers are in it: this is for the library and its partners, not for the public. A file is
    there whole or not at all. Raises `OSError`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    return {
        folder / name: _write_list(folder / name, objects)
        for name, objects in (
            (SERVICES, write_all_services(session, public=False)),
            (ORGANIZATIONS, write_all_organizations(session, public=False)),
        )
    }


def _write_list(path: Path, objects: Iterable[Object]) -> int:
    """Write a JSON list, an object a line; return how many."""
    unfinished = path.with_name(f"{path.name}.part")
    count = 0
    try:
        with unfinished.open("w", encoding="utf-8") as file:
            for count, one in enumerate(objects, start=1):
                file.write(("[\n" if count == 1 else ",\n") + json.dumps(one, ensure_ascii=False))
            file.write("\n]\n" if count else "[]\n")
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return count
