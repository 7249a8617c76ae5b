"""Reads a cell: a date, an amount, a phone number, a list, an answer, as people write them. Pure."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TypeVar

from openpyxl.utils.datetime import from_excel

from referral.directory.compact import FREE, check_phone
from referral.directory.web_address import read_web_address
from referral.errors import AmbiguousPlace, UnknownPlace
from referral.exchange.problems import Told
from referral.exchange.sheet.reference import Reference
from referral.exchange.sheet.words import SheetWords, fold
from referral.models.service_area import WHOLE_COUNTRY
from referral.places.service import resolve_place
from referral.places.table import Place

Answer = TypeVar("Answer")

_WHOLE = re.compile(r"(\d+)\.0+")
_POSTCODE = re.compile(r"([1-9]\d{3})\s*([A-Za-z]{2})?")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_AMOUNT = re.compile(
    r"(?:€|EUR)?\s*(\d{1,6})(?:[.,](\d{2}|-+))?\s*(?:euro|EUR)?\s*(?::\s*(.+))?", re.IGNORECASE | re.DOTALL
)
_PHONE = re.compile(r"([^()]*)(?:\(([^()]*)\))?")
_WITHOUT_ZERO = re.compile(r"[1-9](?:[ -]?\d){8}")  # a spreadsheet program took it for a number
_DATES = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d\d?)-(?P<day>\d\d?)(?:[ T].*)?"),
    re.compile(r"(?P<day>\d\d?)[-/. ](?P<month>\d\d?)[-/. ](?P<year>\d{4})"),
    re.compile(r"(?P<day>\d\d?)\s+(?P<word>[a-z]+)\.?\s+(?P<year>\d{4})", re.IGNORECASE),
)
_SERIAL = re.compile(r"[3-7]\d{4}")  # days since 1900, as Excel counts: 1982 to 2119
_EMAIL = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;.]{2,}")
_SEPARATOR = re.compile(r"[;\n]")
_SEPARATORS = re.compile(r"[;\n,/&]|\sen\s")


class BadCell(Exception):
    """What stands in a cell is not what its column holds: the code of the problem, and what fills its sentence."""

    def __init__(self, code: str, **values: Told) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


def split_list(text: str) -> list[str]:
    """Return the parts between semicolons or on lines of their own."""
    return [part.strip() for part in _SEPARATOR.split(text) if part.strip()]


def split_names(text: str) -> list[str]:
    """Return names, parted by any sign or "en"."""
    return [part.strip() for part in _SEPARATORS.split(text) if part.strip()]


def read_answer(text: str, choices: Mapping[Answer, Iterable[str]]) -> Answer:
    """Return the key under which the answer is listed."""
    folded = fold(text) or text
    for key, forms in choices.items():
        if folded in map(fold, forms):
            return key
    raise BadCell("not_in_list", value=text[:80], choices=", ".join(next(iter(forms)) for forms in choices.values()))


def read_postcode(text: str) -> str:
    """Return "8011 AB", or the four digits where there are no letters."""
    match = _POSTCODE.fullmatch(_WHOLE.sub(r"\1", text))
    if match is None:
        raise BadCell("no_postcode", value=text[:80])
    return " ".join(part for part in (match[1], (match[2] or "").upper()) if part)


def read_degrees(text: str) -> float:
    if not _NUMBER.fullmatch(text):
        raise BadCell("no_number", value=text[:80])
    return float(text.replace(",", "."))


def read_date(text: str, reference: Reference) -> date:
    """Return the day of "20-11-2026", "2026-11-20", "20 november 2026", or of Excel's number for it."""
    months = list(reference.hour_words.months.values())
    if _SERIAL.fullmatch(text):
        found = from_excel(int(text))
        return date(found.year, found.month, found.day)
    for pattern in _DATES:
        if match := pattern.fullmatch(text):
            said = match.groupdict()
            month = next((n for n, forms in enumerate(months, 1) if fold(said.get("word") or "") in forms), 0)
            try:
                return date(int(said["year"]), int(said.get("month") or month), int(said["day"]))
            except ValueError:
                break
    raise BadCell("no_date", value=text[:80])


def is_serial_day(text: str) -> bool:
    """Whether a day stands as Excel's number for it."""
    return bool(_SERIAL.fullmatch(text))


def read_phones(text: str) -> list[tuple[str, str | None, bool]]:
    """Return numbers with their remark, and whether a lost zero was put back before it ("384219600")."""
    phones = []
    for part in re.split(r"[;\n]|\s/\s|,(?![^()]*\))", text):
        match = _PHONE.fullmatch(part.strip())
        if not part.strip():
            continue
        if match is None:
            raise BadCell("no_phone", value=part.strip()[:80])
        number, remark = _WHOLE.sub(r"\1", match[1].strip()), (match[2] or "").strip() or None
        is_short = bool(_WITHOUT_ZERO.fullmatch(number))
        try:
            phones.append((check_phone(f"0{number}" if is_short else number), remark, is_short))
        except ValueError as error:
            raise BadCell("no_phone", value=number[:80]) from error
    return phones


def read_email(text: str) -> str:
    bare = text.removeprefix("mailto:")
    if not _EMAIL.fullmatch(bare):
        raise BadCell("no_email", value=text[:80])
    return bare


def read_url(text: str) -> str:
    """Return the address of a page, with https:// before it where nothing stands."""
    address = read_web_address(text)
    if address is None:
        raise BadCell("no_url", value=text[:80])
    return address


def read_cost(text: str, words: SheetWords) -> tuple[Decimal | None, str | None]:
    """Return amount in euros and words: "gratis" is 0, "€ 5,50: per keer" both, "naar draagkracht" words only."""
    if fold(text) in map(fold, words.free):
        return FREE.amount, FREE.text.nl
    if match := _AMOUNT.fullmatch(text):
        cents = match[2] if (match[2] or "-").isdigit() else "00"
        return Decimal(f"{match[1]}.{cents}"), match[3]
    return None, text


def read_kinds(text: str, reference: Reference) -> list[str]:
    found, unknown = _read_terms(text, reference.kinds)
    if unknown:
        raise BadCell("unknown_kind", value=unknown)
    return found


def read_groups(text: str, reference: Reference) -> list[str]:
    found, unknown = _read_terms(text, reference.groups)
    if unknown:
        raise BadCell("unknown_group", value=unknown)
    return found


def _read_terms(text: str, labels: Mapping[str, str]) -> tuple[list[str], str]:
    """Return the ids of what is named by label or id, each once, and the names that are none of them."""
    by_name = {fold(form): term for term, label in labels.items() for form in (term, label)}
    found: list[str] = []
    unknown: list[str] = []
    for name in split_list(text):
        for part in (name,) if fold(name) in by_name else split_names(name):
            (found if fold(part) in by_name else unknown).append(by_name.get(fold(part), part))
    return list(dict.fromkeys(found)), ", ".join(unknown)[:200]


def read_languages(text: str, reference: Reference) -> list[str]:
    """Return ISO codes, of names in Dutch or English, or of codes."""
    codes = []
    for name in split_names(text):
        code = reference.language_codes.get(fold(name)) or (
            name.lower() if name.lower() in reference.languages else None
        )
        if code is None:
            raise BadCell("unknown_language", value=name[:80])
        codes.append(code)
    return list(dict.fromkeys(codes))


def read_area(text: str, reference: Reference) -> list[str]:
    """Return codes of municipalities, or `NL`."""
    extents = []
    for name in split_list(text.replace(",", ";")):
        if fold(name) in map(fold, reference.words.whole_country):
            extents.append(WHOLE_COUNTRY)
        elif reference.places.find_municipality(name.upper()):
            extents.append(name.upper())
        else:
            extents.append(read_place(name, reference).municipality_code)
    return list(dict.fromkeys(extents))


@lru_cache(maxsize=4096)
def read_place(text: str, reference: Reference) -> Place:
    try:
        return resolve_place(text, reference.places, None)
    except AmbiguousPlace as error:
        raise BadCell("ambiguous_place", value=text[:80], choices=", ".join(error.choices)) from error
    except UnknownPlace as error:
        raise BadCell("unknown_place", value=text[:80]) from error
