"""`omdehoek find`: who can help with this topic, there and then. For staff and for checking a directory."""

import json
import sys
from datetime import datetime
from typing import Annotated, Any

import typer

from api.cli.store import prepare_database
from api.web.service_words import describe_service_hours, pick
from api.web.words import load_words
from referral.clock import AMSTERDAM, read_clock
from referral.db import Database
from referral.directory import service as directory
from referral.directory.card import ServiceCard
from referral.errors import InvalidInput
from referral.matching.match import Match
from referral.matching.service import Outcome, find_partner
from referral.places.service import resolve_place
from referral.referring.knowledge import load_knowledge
from referral.settings import get_settings

SHOWN = 5


def find(
    topic: Annotated[str, typer.Option(help="id of a topic, such as huurtoeslag")],
    place: Annotated[str | None, typer.Option(help="town, village, municipality or postcode")] = None,
    at: Annotated[str | None, typer.Option(help="local time, such as 2026-12-24T16:00; now when left out")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="write JSON")] = False,
) -> None:
    """Show the ranked partners for a topic and place, with the reasons for the order."""
    settings = get_settings()
    knowledge = load_knowledge()
    wanted = knowledge.catalogue.get_topic(topic)
    where = resolve_place(place, knowledge.places, knowledge.postcodes) if place else None
    now = parse_moment(at)
    prepare_database(settings)
    database = Database(settings.get_database_url())
    with database.read() as session:
        outcome = find_partner(
            session,
            partners=wanted.partners,
            national=wanted.national,
            municipality=where.municipality_code if where else None,
            point=where.point if where else None,
            now=now,
        )
        cards = [
            directory.get_service(session, match.candidate.service_id, now=now, location_id=match.candidate.location_id)
            for match in outcome.matches
        ]
    database.dispose()
    if as_json:
        sys.stdout.write(json.dumps(describe(outcome, cards, now), ensure_ascii=False, indent=2) + "\n")
    else:
        show(outcome, cards, now)


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


def show(outcome: Outcome, cards: list[ServiceCard], now: datetime) -> None:
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
        typer.echo(f"   because: {', '.join(reason.code for reason in match.reasons)}")
    if not outcome.matches:
        typer.echo("nobody found")
