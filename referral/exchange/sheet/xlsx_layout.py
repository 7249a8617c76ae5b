"""Merged cells and hidden rows of a sheet: what openpyxl does not tell when it reads a sheet as a stream."""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET
from zipfile import ZipFile

from openpyxl.utils.cell import range_boundaries

_WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_MAX_MERGED = 100_000


@dataclass(frozen=True, slots=True)
class Merged:
    """A merged range, rows and columns counted from 1, both ends included."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(slots=True)
class Layout:
    hidden_rows: list[int] = field(default_factory=list)
    merged: dict[int, list[Merged]] = field(default_factory=dict)
    """By the first row."""


def read_layout(archive: ZipFile, sheet_name: str) -> Layout:
    """Return the layout of a sheet; an empty one when the file does not tell where the sheet is."""
    layout = Layout()
    path = _find_paths(archive).get(sheet_name)
    if path is None or path not in archive.namelist():
        return layout
    with archive.open(path) as stream:
        for _, element in ET.iterparse(stream):  # noqa: S314  (expat itself stops entities that blow up)
            name = element.tag.rpartition("}")[2]
            if name == "row":
                if element.get("hidden") in ("1", "true"):
                    layout.hidden_rows.append(int(element.get("r", "0")))
                element.clear()
            elif name == "mergeCell" and len(layout.merged) < _MAX_MERGED:
                merged = Merged(*range_boundaries(element.get("ref", "")))
                layout.merged.setdefault(merged.top, []).append(merged)
    return layout


def _find_paths(archive: ZipFile) -> dict[str, str]:
    """Return where each sheet is in the archive, by its name."""
    targets = {one.get("Id"): one.get("Target", "") for one in _list_elements(archive, _RELATIONS, "Relationship")}
    paths = {}
    for sheet in _list_elements(archive, _WORKBOOK, "sheet"):
        target = targets.get(sheet.get(_ID))
        if target:
            paths[sheet.get("name", "")] = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
    return paths


def _list_elements(archive: ZipFile, path: str, name: str) -> Iterator[ET.Element]:
    if path in archive.namelist():
        root = ET.fromstring(archive.read(path))  # noqa: S314  (see above)
        yield from (element for element in root.iter() if element.tag.rpartition("}")[2] == name)
