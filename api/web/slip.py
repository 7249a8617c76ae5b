"""What a slip says of a referral, on paper and on the citizen's own page; and the way to that page."""

from pathlib import Path

import segno
from markupsafe import Markup

from api.web.service_words import describe_costs, pick
from api.web.words import Words
from referral.directory.card import ServiceCard
from referral.directory.spoken.words import load_hour_words
from referral.directory.spoken.writing import write_spoken_hours
from referral.referring.facts import ReferralFacts

SLIP = "/briefje"
# Medium: a fold or a coffee stain over 15 % of it does no harm (ISO/IEC 18004).
ERROR_CORRECTION = "m"
QUIET_ZONE = 4


def make_slip_path(slip_key: str, language: str = "nl") -> str:
    """Return the path of the citizen's own page; it opens in the language of the slip."""
    return f"{SLIP}/{slip_key}" + (f"?lang={language}" if language != "nl" else "")


def draw_qr(address: str) -> Markup:
    """Return the QR code of an address as SVG for in a page, black on white, as large as the page makes it."""
    code = segno.make(address, error=ERROR_CORRECTION, micro=False)
    return Markup(code.svg_inline(border=QUIET_ZONE, omitsize=True, dark="#000", light="#fff"))  # noqa: S704  (its own SVG)


def list_lines(facts: ReferralFacts, *, words: Words, data_dir: Path, language: str) -> list[tuple[str, str]]:
    """Return (key of the heading, text) of what is known: where, how to get there, when, how, what it costs."""
    service = facts.service
    found = (
        ("card_address", ", ".join(service.address_lines)),
        ("card_route", service.transportation or ""),
        ("card_hours", _describe_week(service, words=words, data_dir=data_dir, language=language)),
        ("card_how", pick(service.how, language)),
        ("card_cost", describe_costs(service, words=words, language=language)),
    )
    return [(key, text) for key, text in found if text]


def list_bring(facts: ReferralFacts, language: str) -> list[str]:
    """Return what to bring: what the partner asks for, or else what the topic's card says."""
    documents = [pick(document, language) for document in facts.service.required_documents]
    return documents or [paragraph.text for paragraph in facts.topic_card.bring]


def _describe_week(service: ServiceCard, *, words: Words, data_dir: Path, language: str) -> str:
    """Return the hours of every week, as people write them; in English as OpenStreetMap does, which reads the same."""
    hours = [*service.opening_hours]
    if language == "nl":
        hour_words = load_hour_words(data_dir)
        hours = [write_spoken_hours(one, hour_words) for one in hours]
    told = [*hours, *service.hours_notes]
    if service.by_appointment:
        return "; ".join([*told, words.get_text("hours_appointment", language)])
    return "; ".join(told) or words.get_text("hours_unknown", language)
