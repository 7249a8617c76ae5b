"""Dutch public holidays, and whether a partner is closed on them.

The days come from the package `holidays`. That a day is a holiday does not say that a desk is closed: no law does, and
the Algemene termijnenwet (article 3), which lists the general holidays, is about terms. So a table decides, and an
organization can overrule it line by line. Goede Vrijdag and Bevrijdingsdag (5 May) differ from one library to the next;
until a library says which it is, the answer is `ask`: not presented as open.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

import holidays

from referral.errors import InvalidContent


class Holiday(StrEnum):
    NIEUWJAARSDAG = "nieuwjaarsdag"
    GOEDE_VRIJDAG = "goede_vrijdag"
    EERSTE_PAASDAG = "eerste_paasdag"
    TWEEDE_PAASDAG = "tweede_paasdag"
    KONINGSDAG = "koningsdag"
    BEVRIJDINGSDAG = "bevrijdingsdag"
    HEMELVAARTSDAG = "hemelvaartsdag"
    EERSTE_PINKSTERDAG = "eerste_pinksterdag"
    TWEEDE_PINKSTERDAG = "tweede_pinksterdag"
    EERSTE_KERSTDAG = "eerste_kerstdag"
    TWEEDE_KERSTDAG = "tweede_kerstdag"


class Rule(StrEnum):
    """What a holiday does: `lustrum` closes in 2025, 2030, 2035 … only, as many collective agreements have 5 May."""

    CLOSED = "closed"
    OPEN = "open"
    ASK = "ask"
    LUSTRUM = "lustrum"


HolidayPolicy = Mapping[Holiday, Rule]

DEFAULT_POLICY: HolidayPolicy = MappingProxyType(
    dict.fromkeys(Holiday, Rule.CLOSED) | {Holiday.GOEDE_VRIJDAG: Rule.ASK, Holiday.BEVRIJDINGSDAG: Rule.ASK}
)
OPEN_ON_HOLIDAYS: HolidayPolicy = MappingProxyType(dict.fromkeys(Holiday, Rule.OPEN))


def make_policy(overrides: Mapping[str, str]) -> HolidayPolicy:
    """Return the default policy with an organization's own lines over it.

    Raises `InvalidContent` for a holiday or a rule that does not exist.
    """
    if not overrides:
        return DEFAULT_POLICY
    try:
        own = {Holiday(holiday): Rule(rule) for holiday, rule in overrides.items()}
    except ValueError as error:
        raise InvalidContent(f"holiday policy: {error}") from error
    return MappingProxyType({**DEFAULT_POLICY, **own})


@lru_cache(maxsize=64)
def list_holidays(year: int) -> Mapping[date, Holiday]:
    """Return the holidays of a year, 5 May included in every year."""
    names = holidays.country_holidays("NL", years=year, categories=("public", "optional"), language="nl")
    return MappingProxyType({day: Holiday(name.lower().replace(" ", "_")) for day, name in sorted(names.items())})


def find_holiday(day: date) -> Holiday | None:
    return list_holidays(day.year).get(day)


def apply_policy(policy: HolidayPolicy, day: date) -> Rule:
    """Return what the policy does on this day: closed, open or ask; `open` on a day that is no holiday."""
    holiday = find_holiday(day)
    if holiday is None:
        return Rule.OPEN
    rule = policy[holiday]
    if rule is Rule.LUSTRUM:
        return Rule.CLOSED if day.year % 5 == 0 else Rule.OPEN
    return rule
