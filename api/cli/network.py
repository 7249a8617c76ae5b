"""`omdehoek network`: who of the partners in a municipality is open when in a week, with holes and overlaps."""

import json
import sys
from datetime import date, timedelta
from typing import Annotated, Any

import typer

from api.cli.store import prepare_database
from api.web.times import say_time
from referral.catalogue.service import Catalogue
from referral.clock import read_clock, to_local
from referral.db import Database
from referral.errors import InvalidInput
from referral.network.service import get_network_week
from referral.network.week import KindWeek, NetworkWeek, PartnerWeek
from referral.places.service import resolve_place
from referral.referring.knowledge import load_knowledge
from referral.settings import get_settings

NAME_WIDTH, DAY_WIDTH = 58, 13


def network(
    municipality: Annotated[str, typer.Argument(help="a municipality, or a town or postcode in it")],
    week: Annotated[str | None, typer.Option(help="first day, such as 2026-12-21; this Monday when left out")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="write JSON")] = False,
) -> None:
    """Show who is open when, per kind of help, where nobody is, and where two are at the same time."""
    settings = get_settings()
    knowledge = load_knowledge()
    place = resolve_place(municipality, knowledge.places, knowledge.postcodes)
    start = parse_day(week)
    prepare_database(settings)
    database = Database(settings.get_database_url())
    with database.read() as session:
        found = get_network_week(session, place.municipality_code, list(knowledge.catalogue.partner_kinds), start)
    database.dispose()
    if as_json:
        sys.stdout.write(json.dumps(describe(found), ensure_ascii=False, indent=2) + "\n")
    else:
        show(found, place.municipality_name, knowledge.catalogue)


def parse_day(typed: str | None) -> date:
    """Return the day, or the Monday of this week."""
    if typed is None:
        today = to_local(read_clock()).date()
        return today - timedelta(today.weekday())
    try:
        return date.fromisoformat(typed)
    except ValueError as error:
        raise InvalidInput(f"{typed!r} is no day; write it as 2026-12-21") from error


def describe(week: NetworkWeek) -> dict[str, Any]:
    return {
        "municipality": week.municipality,
        "days": [day.isoformat() for day in week.days],
        "holidays": {day.isoformat(): holiday for day, holiday in week.holidays.items()},
        "missing": list(week.missing),
        "kinds": [describe_kind(kind) for kind in week.kinds if kind.partners],
    }


def describe_kind(kind: KindWeek) -> dict[str, Any]:
    return {
        "kind": kind.kind,
        "partners": [
            {
                "serviceId": partner.service_id,
                "locationId": partner.location_id,
                "name": partner.name,
                "open": {
                    day.date.isoformat(): [[block.start.isoformat(), block.end.isoformat()] for block in day.blocks]
                    for day in partner.days
                },
            }
            for partner in kind.partners
        ],
        "holes": [{"day": hole.day.isoformat(), "daypart": hole.daypart} for hole in kind.holes],
        "overlaps": [
            {"start": one.start.isoformat(), "end": one.end.isoformat(), "serviceIds": list(one.service_ids)}
            for one in kind.overlaps
        ],
    }


def show(week: NetworkWeek, municipality: str, catalogue: Catalogue) -> None:
    typer.secho(f"{municipality}, {week.days[0]} to {week.days[-1]}", bold=True)
    for kind in week.kinds:
        if kind.partners:
            typer.secho(f"\n{catalogue.partner_kinds[kind.kind].label}", bold=True)
            show_kind(kind, week)
    if week.missing:
        labels = ", ".join(catalogue.partner_kinds[kind].label for kind in week.missing)
        typer.secho(f"\nno partner at all: {labels}", fg=typer.colors.YELLOW)


def show_kind(kind: KindWeek, week: NetworkWeek) -> None:
    header = [f"{day:%a %d %b}{' *' if day in week.holidays else ''}" for day in week.days]
    typer.echo(" " * NAME_WIDTH + "".join(cell.ljust(DAY_WIDTH) for cell in header).rstrip())
    for partner in kind.partners:
        for line in list_lines(partner):
            typer.echo(line)
    for hole in kind.holes:
        typer.secho(f"  nobody: {hole.day:%a %d %b}, {hole.daypart}", fg=typer.colors.YELLOW)
    names = {partner.service_id: partner.name for partner in kind.partners}
    for one in kind.overlaps:
        together = "; ".join(names[service_id] for service_id in one.service_ids)
        typer.echo(f"  together: {one.start:%a %d %b} {say_time(one.start)}-{say_time(one.end)}: {together}")


def list_lines(partner: PartnerWeek) -> list[str]:
    """Return the lines of a partner in the table: its name, and below each other what it opens on each day."""
    cells = [[f"{say_time(block.start)}-{say_time(block.end)}" for block in day.blocks] for day in partner.days]
    height = max(1, *(len(cell) for cell in cells))
    note = "" if partner.has_hours else "no hours known"
    lines = []
    for number in range(height):
        name = (partner.name if number == 0 else "")[: NAME_WIDTH - 1].ljust(NAME_WIDTH)
        times = "".join((cell[number] if number < len(cell) else "").ljust(DAY_WIDTH) for cell in cells)
        lines.append((name + ((times.strip() and times) or note)).rstrip())
    return lines
