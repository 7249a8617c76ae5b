"""From what somebody typed to what a column holds. Pure."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import phonenumbers

from referral.directory.spoken.hours import read_spoken_hours
from referral.directory.spoken.words import HourWords
from referral.directory.spoken.writing import write_spoken_hours
from referral.errors import InvalidInput, UnreadableValue
from referral.privacy.prepare import clean, prepare
from referral.proposals.facts import Field

MAX_VALUE = 500
MAX_REMARK = 1_000
REGION = "NL"
# A comment of the OSM notation: it says no hours, only how.
ON_APPOINTMENT = '"op afspraak"'
# What a citizen may fill in a better value for: it is of an organization, and anybody can check it. A street, an
# address for mail or a sentence may be of a person; they are masked.
_OF_NOBODY = (Field.PHONE, Field.WEBSITE)


@dataclass(frozen=True, slots=True)
class Value:
    """What to write: the column of the fact, and what hours say besides: only by appointment, closed in holidays."""

    written: str
    by_appointment: bool = False
    closed_in: tuple[str, ...] = ()


def read_value(field: Field, text: str, words: HourWords) -> Value:
    """Return what to write for a fact, or raise `UnreadableValue` when its column cannot hold that."""
    text = text.strip()
    if not text or len(text) > MAX_VALUE or field is Field.OTHER:
        raise UnreadableValue("nothing, or too much")
    match field:
        case Field.HOURS:
            return _read_hours(text, words)
        case Field.PHONE:
            return Value(_read_phone(text))
        case Field.WEBSITE:
            return Value(_read_address(text))
        case Field.EMAIL if "@" not in text.strip("@") or " " in text:
            raise UnreadableValue("no e-mail address")
        case _:
            return Value(text)


def show_value(field: Field, value: Any, words: HourWords) -> str:
    """Return what a column holds as people write it; empty when it holds nothing. `read_value` reads it back."""
    if not value:
        return ""
    return write_spoken_hours(value, words) if field is Field.HOURS else str(value)


def _read_hours(text: str, words: HourWords) -> Value:
    said = read_spoken_hours(text, words)
    if said.misread:
        raise UnreadableValue("hours that are not understood")
    if said.opening_hours is None and not said.by_appointment:
        raise UnreadableValue("no hours")
    return Value(said.opening_hours or ON_APPOINTMENT, said.by_appointment, said.closed_in)


def _read_phone(text: str) -> str:
    try:
        parsed = phonenumbers.parse(text, REGION)
    except phonenumbers.NumberParseException as error:
        raise UnreadableValue("no phone number") from error
    is_short = phonenumbers.is_valid_short_number_for_region(parsed, REGION)
    if not (phonenumbers.is_valid_number(parsed) or is_short):
        raise UnreadableValue("no phone number")
    return text


def _read_address(text: str) -> str:
    parts = urlsplit(text if "://" in text else f"https://{text}")
    if parts.scheme not in ("http", "https") or "." not in parts.netloc or " " in text:
        raise UnreadableValue("no web address")
    return parts.geturl()


def keep_value(field: Field, text: str) -> str:
    """Return what is kept of the better value that a citizen gave: masked, unless it is of an organization.

    Raises `TextTooLong`.
    """
    text = clean(text, limit=MAX_VALUE) if text.strip() else ""
    if not text:
        return ""
    if field in _OF_NOBODY and _is_public(field, text):
        return text
    return prepare(text, limit=MAX_VALUE).masked


def _is_public(field: Field, text: str) -> bool:
    try:
        if field is Field.WEBSITE:
            return "@" not in _read_address(text)
        parsed = phonenumbers.parse(_read_phone(text), REGION)
    except InvalidInput:
        return False
    # A mobile number may be of a person, also when a partner uses it: that it changed is told, the number is not kept.
    return phonenumbers.number_type(parsed) is not phonenumbers.PhoneNumberType.MOBILE
