"""What a slip says of a referral, on paper and on the citizen's own page; and the way to that page."""

from datetime import datetime
from pathlib import Path

import segno
from markupsafe import Markup

from api.web.service_words import describe_costs, pick
from api.web.usual_hours import describe_usual_hours
from api.web.words import Words
from referral.directory.spoken.words import load_hour_words
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
