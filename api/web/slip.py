"""What a slip says of a referral, on paper and on the citizen's own page; and the way to that page."""

from datetime import datetime
from pathlib import Path

from api.web.service_words import describe_costs, pick
from api.web.usual_hours import describe_usual_hours
from api.web.words import Words
from referral.directory.spoken.words import load_hour_words
from referral.referring.facts import ReferralFacts

SLIP = "/briefje"


def make_slip_path(slip_key: str, language: str = "nl") -> str:
    """Return the path of the citizen's own page; it opens in the language of the slip."""
    return f"{SLIP}/{slip_key}" + (f"?lang={language}" if language != "nl" else "")


def list_dutch(language: str) -> tuple[str, ...]:
    """Return the headings of `list_lines` under which a page in this language is in Dutch all the same."""
    return () if language == "nl" else ("card_route",)


def list_lines(
    facts: ReferralFacts, now: datetime, *, words: Words, data_dir: Path, language: str
) -> list[tuple[str, str]]:
    """Return (key of the heading, text) of what is known: where, how to get there, when, how, what it costs."""
    service = facts.service
    hour_words = load_hour_words(data_dir)
    found = (
        ("card_address", ", ".join(service.address_lines)),
        ("card_route", service.transportation or ""),
        ("card_hours", describe_usual_hours(service, now, hour_words=hour_words, words=words, language=language)),
        ("card_how", pick(service.how, language)),
        ("card_cost", describe_costs(service, words=words, language=language)),
    )
    return [(key, text) for key, text in found if text]
