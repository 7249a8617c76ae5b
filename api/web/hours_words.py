"""Says opening hours in one or two short sentences."""

from datetime import date, datetime

from babel.dates import format_date

from api.web.times import say_time
from api.web.words import Words
from referral.clock import to_local
from referral.directory.hours import HoursToday, Opening, Unsure


def describe_hours(hours: HoursToday, now: datetime, *, words: Words, language: str) -> str:
    """Return "Nu open, tot 17.00 uur." and, where it holds, that an appointment is needed."""
    sentences = [_describe_opening(hours, now, words=words, language=language)]
    if hours.by_appointment and not hours.always_open:
        sentences.append(words.get_text("hours_appointment", language))
    return " ".join(sentence for sentence in sentences if sentence)


def _describe_opening(hours: HoursToday, now: datetime, *, words: Words, language: str) -> str:
    if hours.always_open:
        return words.get_text("hours_always", language)
    if hours.open_now and hours.open_until:
        return words.get_text("hours_open_until", language, end=say_time(hours.open_until))
    if hours.unsure is Unsure.NO_HOURS and hours.by_appointment:
        return ""
    if hours.unsure is not None:
        return words.get_text("hours_unknown", language)
    if hours.opens_next is None:
        return "" if hours.by_appointment else words.get_text("hours_closed", language)
    return _describe_next(hours.opens_next, now, words=words, language=language)


def _describe_next(opening: Opening, now: datetime, *, words: Words, language: str) -> str:
    times = {"start": say_time(opening.start), "end": say_time(opening.end) if opening.end else ""}
    if to_local(opening.start).date() == to_local(now).date():
        return words.get_text("hours_opens_today", language, **times)
    return words.get_text("hours_opens_later", language, day=say_day(opening.start, language), **times)


def say_opening(opening: Opening, words: Words, language: str) -> str:
    """Return "9.30 – 12.00", and that it is by appointment where it is."""
    if opening.end is None:
        return words.get_text("hours_always", language)
    times = f"{say_time(opening.start)} – {say_time(opening.end)}"
    return f"{times} ({words.get_text('results_appointment', language)})" if opening.by_appointment else times


def say_day(moment: datetime, language: str) -> str:
    """Return the day of a moment on the Dutch clock: "dinsdag 24 november"."""
    return say_date(to_local(moment).date(), language)


def say_date(day: date, language: str) -> str:
    """Return "dinsdag 24 november" or "Tuesday 24 November"."""
    return format_date(day, "EEEE d MMMM", locale="en_GB" if language == "en" else "nl_NL")
