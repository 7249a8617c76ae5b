"""The poster that hangs at a partner: a QR code that opens the chat in Telegram, and knows where it hangs."""

import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Final

import typst

from api.telegram.talk import LOCATION
from api.web.qr import draw_qr_file
from api.web.words import Words
from referral.directory.search import LocationEntry
from referral.errors import InvalidInput

LAYOUT = Path(__file__).resolve().parent / "poster.typ"
STANDARD: Final = "ua-1"  # tagged: somebody can have it read aloud (ISO 14289-1)
# core.telegram.org/bots/features#deep-linking
PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")
STEPS = ("poster_scan", "poster_start", "poster_ask")


def make_link(bot: str, location_id: str) -> str:
    """Return the link that opens the bot at a location; raise `InvalidInput` for an id that no link can carry."""
    payload = LOCATION + location_id
    if not PAYLOAD.fullmatch(payload):
        raise InvalidInput("a link to Telegram carries at most 60 letters, digits, - and _ of a location's id")
    return f"https://t.me/{bot.removeprefix('@')}?start={payload}"


def make_poster(location: LocationEntry, *, bot: str, words: Words) -> bytes:
    """Return the PDF, one page A4, in Dutch with a line in English."""
    link = make_link(bot, location.location_id)
    texts = words.texts["nl"]
    told = {
        "language": "nl",
        "title": texts["poster_title"],
        "what": texts["poster_what"],
        "steps": [texts[step] for step in STEPS],
        "otherwise": texts["poster_otherwise"],
        "english": words.texts["en"]["poster_what"],
        "place": ", ".join(filter(None, (location.name, location.street, location.city))),
        "alt": texts["poster_alt"],
        "link": link.removeprefix("https://"),
        "code": draw_qr_file(link, "svg").decode(),
    }
    return typst.compile(
        LAYOUT,
        font_paths=[Path(str(files("font_source_sans_pro"))) / "files"],
        ignore_system_fonts=True,
        sys_inputs={"poster": json.dumps(told, ensure_ascii=False)},
        pdf_standards=STANDARD,
    )
