"""Rules about how a service is reached: a number that is trusted, a website, e-mail, a visit, or instructions."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import phonenumbers

from referral.directory.compact import SHORT_NUMBERS
from referral.quality.entry import Entry
from referral.quality.findings import Code, Finding

_HOST = re.compile(r"[\w-]+(\.[\w-]+)+")
_EMAIL = re.compile(r"[^@\s]+@[\w-]+(\.[\w-]+)+")
_NUMBER = "phone.number"


def find_in_contact(entry: Entry) -> Iterator[Finding]:
    for number in entry.numbers:
        if not is_dutch_number(number.number):
            yield Finding(Code.PHONE_NOT_DUTCH, _NUMBER, {"number": number.number})
        elif not number.is_trusted:
            yield Finding(Code.PHONE_UNVERIFIED, _NUMBER, {"number": number.number})
    for field, url in (("service.url", entry.url), ("organization.website", "" if entry.url else entry.website)):
        if url and not has_host(url):
            yield Finding(Code.URL_UNREADABLE, field, {"url": url})
    if entry.email and not _EMAIL.fullmatch(entry.email):
        yield Finding(Code.EMAIL_UNREADABLE, "service.email", {"email": entry.email})
    yield from _find_none(entry)


def _find_none(entry: Entry) -> Iterator[Finding]:
    can_be_visited_or_called = any(site.spot or site.is_callable for site in entry.sites)
    if can_be_visited_or_called or entry.url or entry.website or entry.email or entry.get_text("application_process"):
        return
    if entry.numbers:
        yield Finding(Code.ONLY_UNVERIFIED_PHONE, _NUMBER, {"number": entry.numbers[0].number})
    else:
        yield Finding(Code.NO_CONTACT, _NUMBER)


def is_dutch_number(number: str) -> bool:
    """Return whether the Dutch numbering plan can hold it, or it is one of the few short numbers."""
    if number in SHORT_NUMBERS:
        return True
    try:
        return phonenumbers.is_valid_number_for_region(phonenumbers.parse(number, "NL"), "NL")
    except phonenumbers.NumberParseException:
        return False


def has_host(url: str) -> bool:
    """Return whether it is an address on the web: http or https, and a name with a dot."""
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(_HOST.fullmatch(parts.hostname or ""))
    except ValueError:
        return False
