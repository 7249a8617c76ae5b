"""`omdehoek find`: who can help with this topic, there and then. For staff and for checking a directory."""

import json
import sys
from datetime import datetime
from typing import Annotated, Any

import typer

from api.cli.store import prepare_database
from api.web.reasons import say_left_out, say_reasons
from api.web.service_words import describe_service_hours, pick
from api.web.words import load_words
from referral.clock import AMSTERDAM, read_clock
from referral.db import Database
from referral.directory import service as directory
from referral.directory.card import ServiceCard
from referral.errors import InvalidInput
from referral.matching.match import Match
from referral.matching.service import Outcome, find_partner
from referral.matching.wishes import NOTHING, Arrival, Wanted, When
from referral.places.service import resolve_place
from referral.referring.knowledge import Knowledge, load_knowledge
from referral.settings import get_settings

SHOWN = 5


def find(
    *,
    topic: Annotated[str, typer.Option(help="id of a topic, such as huurtoeslag")],
    place: Annotated[str | None, typer.Option(help="town, village, municipality or postcode")] = None,
    at: Annotated[str | None, typer.Option(help="local time, such as 2026-12-24T16:00; now when left out")] = None,
    language: Annotated[str | None, typer.Option(help="who speaks it: an ISO code, such as ar")] = None,
    wheelchair: Annotated[bool, typer.Option("--wheelchair", help="where a wheelchair can get in")] = False,
    free: Annotated[bool, typer.Option("--free", help="what costs nothing")] = False,
    arrival: Annotated[Arrival | None, typer.Option(help="with or without an appointment")] = None,
    group: Annotated[str | None, typer.Option(help="for whom, such as jongeren: theirs, or everybody's")] = None,
    evening: Annotated[bool, typer.Option("--evening", help="open at or after 18.00, within a week")] = False,
    when: Annotated[When | None, typer.Option("--open", help="open now, still today, or still this week")] = None,
    prefer: Annotated[bool, typer.Option("--prefer", help="put who lacks it lower, and leave nobody out")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="write JSON")] = False,
) -> None:
    """Show the ranked partners for a topic and place, with the reasons for the order."""
    settings = get_settings()
    knowledge = load_knowledge()
    asked = knowledge.catalogue.get_topic(topic)
    knowledge.catalogue.check_target_group(group)
    wanted = Wanted(
        language=language,
        wheelchair=wheelchair,
        free=free,
        target_group=group,
        arrival=arrival,
        evening=evening,
        when=when,
    )
    where = resolve_place(place, knowledge.places, knowledge.postcodes) if place else None
    now = parse_moment(at)
    prepare_database(settings)
    database = Database(settings.get_database_url())
    with database.read() as session:
        outcome = find_partner(
            session,
            partners=asked.partners,
            national=asked.national,
            municipality=where.municipality_code if where else None,
            point=where.point if where else None,
            now=now,
            preferred=wanted,
            required=NOTHING if prefer else wanted,
        )
        cards = [
            directory.get_service(session, match.candidate.service_id, now=now, location_id=match.candidate.location_id)
            for match in outcome.matches
        ]
    database.dispose()
    if as_json:
        sys.stdout.write(json.dumps(describe(outcome, cards, now), ensure_ascii=False, indent=2) + "\n")
    else:
        show(outcome, cards, now, municipality=where.municipality_name if where else None, knowledge=knowledge)


def parse_moment(at: str | None) -> datetime:
    """Return the moment; a time without zone is on the Dutch clock."""
    if at is None:
        return read_clock()
    try:
        moment = datetime.fromisoformat(at)
    except ValueError as error:
        raise InvalidInput(f"{at!r} is no time; write it as 2026-12-24T16:00") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=AMSTERDAM)


def describe(outcome: Outcome, cards: list[ServiceCard], now: datetime) -> dict[str, Any]:
    gap = outcome.gap
    return {
        "at": now.isoformat(),
        "leftOut": {left.wish: left.services for left in outcome.left_out},
        "gap": {"kind": gap.kind, "partnerKind": gap.partner_kind} if gap else None,
        "matches": [describe_match(match, card, now) for match, card in zip(outcome.matches, cards, strict=True)],
    }


def describe_match(match: Match, card: ServiceCard, now: datetime) -> dict[str, Any]:
    today = card.today or card.phone_today
    return {
        "serviceId": card.service_id,
        "locationId": card.location_id,
        "name": card.name,
        "address": list(card.address_lines),
        "phones": [phone.number for phone in card.phones],
        "website": card.website,
        "openNow": today.open_now if today else None,
        "hours": describe_service_hours(card, now, words=load_words(get_settings().data_dir), language="nl"),
        "reasons": [reason.code for reason in match.reasons],
        "isExample": card.is_example,
    }


def show(
    outcome: Outcome, cards: list[ServiceCard], now: datetime, *, municipality: str | None, knowledge: Knowledge
) -> None:
    words = load_words(get_settings().data_dir)
    if outcome.gap:
        typer.secho(f"gap: {outcome.gap.kind} ({outcome.gap.partner_kind})", fg=typer.colors.YELLOW)
    for number, (match, card) in enumerate(zip(outcome.matches[:SHOWN], cards, strict=False), start=1):
        typer.secho(f"{number}. {card.name}", bold=True)
        typer.echo(f"   {pick(card.does, 'nl')}")
        hours = describe_service_hours(card, now, words=words, language="nl")
        lines = (", ".join(card.address_lines), hours, ", ".join(phone.number for phone in card.phones), card.website)
        for line in lines:
            if line:
                typer.echo(f"   {line}")
        codes = [reason.code for reason in match.reasons]
        groups = knowledge.catalogue.list_labels(card.target_groups)
        reasons = say_reasons(codes, municipality=municipality, groups=groups, words=words, language="nl")
        typer.echo(f"   because: {'; '.join(reasons)}")
    if not outcome.matches:
        typer.echo("nobody found")
    for line in say_left_out(outcome.left_out, words=words, language="nl"):
        typer.secho(line, fg=typer.colors.YELLOW)
