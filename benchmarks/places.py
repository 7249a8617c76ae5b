"""Measures how well a place is found from what people type, its name or a postcode, with and without a postcode file.

    .venv/bin/python -m benchmarks.places PC4 [--postcodes FILE]

`PC4` is CSV with the columns `pc4,woonplaats,gemeentecode,lat,lon` (and others), where `;` parts several places or
municipalities; `--postcodes` is a full postcode file as `omdehoek places update` reads it. Found right is: in (one of)
the municipalities of the line, and at most 5 km from its point. Where two places bear a name, the assistant asks: asked
right is when the right one is among the choices. Prints shares only.
"""

import argparse
import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from referral.errors import AmbiguousPlace, UnknownPlace
from referral.matching.distance import Point, measure_distance
from referral.places.postcodes import PostcodeTable, load_postcodes
from referral.places.service import resolve_place
from referral.places.table import Place, PlaceTable, load_places
from referral.settings import ROOT

NEAR_KM = 5.0
OUTCOMES = ("right", "far", "no_point", "asked", "wrong", "unknown")


@dataclass(frozen=True, slots=True)
class Line:
    """A postcode of four digits, with its places, the codes of its municipalities (GMxxxx) and its point."""

    digits: str
    places: tuple[str, ...]
    codes: tuple[str, ...]
    province: str
    point: Point


def read_lines(path: Path) -> list[Line]:
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Line(
                row["pc4"],
                tuple(row["woonplaats"].split(";")),
                tuple(row["gemeentecode"].split(";")),
                row["provincie"],
                (float(row["lat"]), float(row["lon"])),
            )
            for row in csv.DictReader(file)
        ]


def write_as_geonames(lines: Iterable[Line], table: PlaceTable, path: Path) -> None:
    """Write the lines in the form of GeoNames' dump: one for each place, in one municipality each."""
    with path.open("w", encoding="utf-8") as file:
        for line in lines:
            for number, place in enumerate(line.places):
                code = line.codes[min(number, len(line.codes) - 1)]
                municipality = table.find_municipality(code)
                name = municipality.name if municipality else ""
                fields = ["NL", line.digits, place, line.province, "", name, code.removeprefix("GM"), "", ""]
                file.write("\t".join([*fields, *map(str, line.point), "6"]) + "\n")


def judge(typed: str, line: Line, table: PlaceTable, postcodes: PostcodeTable | None) -> str:
    """Return one of `OUTCOMES`."""
    try:
        return _judge_place(resolve_place(typed, table, postcodes), line)
    except UnknownPlace:
        return "unknown"
    except AmbiguousPlace as asked:
        choices = [resolve_place(choice, table, postcodes) for choice in asked.choices]
        return "asked" if any(choice.municipality_code in line.codes for choice in choices) else "wrong"


def _judge_place(place: Place, line: Line) -> str:
    if place.municipality_code not in line.codes:
        return "wrong"
    if place.point is None:
        return "no_point"
    return "right" if measure_distance(place.point, line.point) <= NEAR_KM else "far"


def list_names(lines: Iterable[Line]) -> Iterator[tuple[str, Line]]:
    """Yield each name once for each municipality that has it, with the first line that does."""
    seen = set()
    for line in lines:
        for place in line.places if len(line.codes) == 1 else ():
            if (place, line.codes) not in seen:
                seen.add((place, line.codes))
                yield place, line


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pc4", type=Path, help="CSV with the right answers")
    parser.add_argument("--postcodes", type=Path, help="a full postcode file")
    wanted = parser.parse_args()
    lines, table = read_lines(wanted.pc4), load_places(ROOT / "data")
    postcodes = load_postcodes(wanted.postcodes) if wanted.postcodes else None
    asked = {
        "name of a place": [judge(name, line, table, None) for name, line in list_names(lines)],
        "postcode, as shipped": [judge(line.digits, line, table, None) for line in lines],
    }
    if postcodes:
        asked["name of a place, with the file"] = [
            judge(name, line, table, postcodes) for name, line in list_names(lines)
        ]
        asked["postcode, with the file"] = [judge(line.digits, line, table, postcodes) for line in lines]
    print(f"| typed | how many | {' | '.join(outcome.replace('_', ' ') for outcome in OUTCOMES)} |")
    print(f"|---|{'---:|' * (len(OUTCOMES) + 1)}")
    for typed, outcomes in asked.items():
        counts = Counter(outcomes)
        shares = " | ".join(f"{counts[outcome] / len(outcomes):.1%}" for outcome in OUTCOMES)
        print(f"| {typed} | {len(outcomes)} | {shares} |")


if __name__ == "__main__":
    main()
