"""`omdehoek directory check`: what is wrong in the directory, in the words that the editor uses too."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Annotated

import typer

from api.cli.lines import write_line
from api.cli.store import prepare_database
from referral.clock import read_clock
from referral.db import Database
from referral.places.service import resolve_place
from referral.quality.entry import Entry
from referral.quality.findings import Finding, Severity
from referral.quality.service import Checked, check_directory
from referral.quality.tally import Tally
from referral.quality.words import QualityWords, load_quality_words, say_finding
from referral.referring.knowledge import Knowledge, load_knowledge
from referral.settings import get_settings

_COLOURS = {Severity.ERROR: typer.colors.RED, Severity.WARNING: typer.colors.YELLOW}


def check(
    municipality: Annotated[str | None, typer.Option(help="code such as GM0193, or a name; all when left out")] = None,
    only: Annotated[Severity | None, typer.Option(help="show these findings only; the count is of all")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="write JSON Lines")] = False,
) -> None:
    """Show what is wrong in the directory, by organization; ends with 1 when there is an error."""
    settings, knowledge = get_settings(), load_knowledge()
    words = load_quality_words(settings.data_dir)
    code = find_code(municipality, knowledge) if municipality else None
    prepare_database(settings)
    database = Database(settings.get_database_url())
    tally = Tally()
    try:
        with database.read() as session:
            checked = tally.count(check_directory(session, knowledge, municipality=code, now=read_clock()))
            (write_json if as_json else write_report)(checked, tally, only=only, words=words)
    finally:
        database.dispose()
    if tally.has_errors:
        raise typer.Exit(1)


def find_code(municipality: str, knowledge: Knowledge) -> str:
    """Return a municipality's code (GMxxxx) by its code or name. Raises `UnknownPlace` or `AmbiguousPlace`."""
    if knowledge.places.find_municipality(municipality):
        return municipality
    return resolve_place(municipality, knowledge.places, knowledge.postcodes).municipality_code


def write_report(checked: Iterable[Checked], tally: Tally, *, only: Severity | None, words: QualityWords) -> None:
    """Write the findings by organization, and at the end how many there are."""
    for (_, name, is_example), services in groupby(_keep(checked, only), key=_tell_organization):
        typer.secho(f"{name} {words.report['example']}" if is_example else name, bold=True)
        for entry, findings in services:
            typer.echo(f"  {entry.name} [{entry.service_id}]")
            for finding in findings:
                sentence = f"{words.severities[finding.severity]}: {say_finding(finding, words)}"
                typer.secho(f"    {sentence}", fg=_COLOURS.get(finding.severity))
    for key, counts in (("own", tally.own), ("examples", tally.examples)):
        if counts.services:
            typer.echo(words.report[key].format(**counts.describe()))
    if not tally.own.services and not tally.examples.services:
        typer.echo(words.report["empty"])


def write_json(checked: Iterable[Checked], tally: Tally, *, only: Severity | None, words: QualityWords) -> None:
    """Write JSON Lines: one for each finding, and at the end one that counts."""
    for entry, findings in _keep(checked, only):
        for finding in findings:
            write_line(
                {
                    "organizationId": entry.organization_id,
                    "serviceId": entry.service_id,
                    "locationId": finding.location_id,
                    "isExample": entry.is_example,
                    "code": finding.code,
                    "severity": finding.severity,
                    "field": finding.field,
                    "text": say_finding(finding, words),
                }
            )
    write_line({"own": tally.own.describe(), "examples": tally.examples.describe()})


_Found = tuple[Entry, list[Finding]]


def _keep(checked: Iterable[Checked], only: Severity | None) -> Iterator[_Found]:
    """Yield the services in which something of this severity was found, with that."""
    for one in checked:
        findings = [finding for finding in one.findings if only in (None, finding.severity)]
        if findings:
            yield one.entry, findings


def _tell_organization(found: _Found) -> tuple[str, str, bool]:
    entry = found[0]
    return entry.organization_id, entry.organization_name, entry.is_example
