"""Says how much time is left until the day that a citizen named."""

from datetime import date, datetime

from api.chat.draft import Draft
from api.web.hours_words import say_date
from referral.clock import to_local


def say_deadline(draft: Draft, day: date, now: datetime) -> None:
    """Add the text for a day that has gone by, is today, is tomorrow, or is further off."""
    days = (day - to_local(now).date()).days
    match days:
        case 0 | 1:
            draft.say("deadline_today" if days == 0 else "deadline_tomorrow")
        case _:
            key = "deadline_past" if days < 0 else "deadline_days"
            draft.say(key, day=say_date(day, draft.language), days=days)
