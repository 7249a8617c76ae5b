"""Says the hours of every week in words, for what is kept: a slip, a page on paper. Never in the notation of OSM."""

import re
from datetime import datetime

from babel.dates import get_day_names, get_month_names

from api.web.hours_words import say_date, say_opening
from api.web.service_words import describe_service_hours
from api.web.words import Words
from referral.clock import to_local
from referral.directory.card import ServiceCard
from referral.directory.hours import list_week
from referral.directory.spoken.words import HourWords
from referral.directory.spoken.writing import write_spoken_hours

ALWAYS = "24/7"
_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# A comment, a time of the day, a word.
_PIECE = re.compile(r'(?P<comment>"[^"]*")|(?P<hour>\d\d):(?P<minute>\d\d)|(?P<word>[A-Za-z]+)')


def describe_usual_hours(
    service: ServiceCard, now: datetime, *, hour_words: HourWords, words: Words, language: str
) -> str:
    """Return "Tuesday 9.30-11.30; school holidays: closed", and that an appointment is needed where it is.

    Hours that cannot be said so (the second Wednesday, every other week) are told for the coming week, day by day;
    where nobody is there in that week, when the next time is.
    """
    if all(_can_be_said(one, hour_words) for one in service.opening_hours):
        told = [_say(one, words, language) for one in service.opening_hours]
    else:
        told = _list_coming_days(service, now, words, language)
    told += service.hours_notes
    if service.by_appointment:
        told.append(words.get_text("hours_appointment", language))
    return "; ".join(told) or words.get_text("hours_unknown", language)


def _can_be_said(opening_hours: str, hour_words: HourWords) -> bool:
    """Whether rule after rule means what people read in it; what our own reader understands in Dutch, does."""
    return opening_hours == ALWAYS or write_spoken_hours(opening_hours, hour_words) != opening_hours


def _say(opening_hours: str, words: Words, language: str) -> str:
    if opening_hours == ALWAYS:
        return words.get_text("hours_always", language).rstrip(".")
    known = _map_words(words, language)

    def translate(found: re.Match[str]) -> str:
        if found["comment"]:  # the only one that can be said
            return f"({words.get_text('results_appointment', language)})"
        return known[found["word"]] if found["word"] else f"{int(found['hour'])}.{found['minute']}"

    return _PIECE.sub(translate, opening_hours.replace(" off", ": off").replace(",", ", "))


def _map_words(words: Words, language: str) -> dict[str, str]:
    """Return what each word of the notation is called."""
    days, months = (get("wide", locale=language) for get in (get_day_names, get_month_names))
    return {
        **{day: days[number] for number, day in enumerate(_DAYS)},
        **{month: months[number] for number, month in enumerate(_MONTHS, start=1)},
        "PH": words.get_text("hours_public_holidays", language),
        "SH": words.get_text("hours_school_holidays", language),
        "off": words.get_text("results_closed", language),
    }


def _list_coming_days(service: ServiceCard, now: datetime, words: Words, language: str) -> list[str]:
    hours = service.hours or service.phone_hours
    week = list_week(hours, to_local(now).date()) if hours else ()
    days = [
        f"{say_date(day, language)} {', '.join(say_opening(one, words, language) for one in openings)}"
        for day, openings in week
        if openings
    ]
    return days or [describe_service_hours(service, now, words=words, language=language)]
