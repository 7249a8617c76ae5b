"""The form in which the classifier sees a message: lower case, places and masked data made alike."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

PLACE_WORD = "plaatsnaam"
# What the masker of the door leaves (referral/privacy/mask.py); they say nothing about the topic.
PLACEHOLDERS = frozenset(
    [
        "BSN",
        "TELEFOON",
        "EMAIL",
        "IBAN",
        "PASNUMMER",
        "ADRES",
        "GEBOORTEDATUM",
        "NAAM",
        "KENTEKEN",
        "VNUMMER",
        "CJIBNUMMER",
        "WACHTWOORD",
    ]
)

# "ik woon in plaatsnaam", "uit de buurt van plaatsnaam": where somebody is, not what the message is about.
_WHERE = re.compile(
    r"(?:\b(?:ik|we|wij|i|and|en)\b\W{0,3}){0,3}"
    r"(?:\b(?:woon|woont|wonen|kom|komt|zit|zitten|live|lives|living|am|ben)\b\W{0,3})?"
    r"(?:\b(?:in|te|uit|bij|nabij|naar|rond|omgeving|regio|gemeente|de|buurt|van|from|near|around|of)\b\W{0,3}){0,5}"
    rf"\b{PLACE_WORD}\b"
)
_WORD = re.compile(r"\w+")
# Words that may stand around a place in a message that is about the place alone.
_AROUND = frozenset(
    """
    ja nee dus kom ik we wij daar hier woon wonen gewoon is het dat de dan en eh uh nou maar ook wel echt mijn plaats
    dorp stad postcode eigenlijk denk vlak yes no so there here i live my town the it
    hij zij ze hem haar die u je jij moeder vader zoon dochter man vrouw mevrouw meneer mw dhr he she they mother father
    """.split()
)
# With so many other words left the message is about something else.
MIN_WORDS_LEFT = 1
_PLACEHOLDER = re.compile(r"\b(" + "|".join(sorted(PLACEHOLDERS)) + r")\b")
_REPEATED = re.compile(r"(.)\1{2,}")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_SPACE = re.compile(r"\s+")


def normalise_wording(text: str, entities: Iterable[Mapping[str, Any]] = ()) -> str:
    """Return the message in lower case without accents; a number becomes `0`, "heeeel" "heel".

    A place becomes one word in a message that is about the place alone, and is left out of any other.
    """
    for entity in sorted(entities, key=lambda found: -found["start"]):
        if entity["entity"] == "place":
            text = f"{text[: entity['start']]} {PLACE_WORD} {text[entity['end'] :]}"
    text = _PLACEHOLDER.sub(" ", text).lower()
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    text = _NUMBER.sub("0", _REPEATED.sub(r"\1\1", text))
    rest = _WHERE.sub(" ", text)
    is_about_more = sum(word not in _AROUND for word in _WORD.findall(rest)) >= MIN_WORDS_LEFT
    return _SPACE.sub(" ", rest if is_about_more else text).strip()
