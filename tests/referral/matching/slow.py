"""What is left out, as it would be counted without a thought for speed, and without the judge: each wish on its own."""

from datetime import datetime, time, timedelta

from referral.clock import AMSTERDAM
from referral.directory.candidate import Channel
from referral.directory.hours import describe_today, is_open_at, list_between
from referral.matching.wishes import Arrival, When, Wish
from referral.models.columns import Status

WEEKS = timedelta(weeks=4)


def count_slowly(candidates, need):
    """Return wish → services left out for it: all of their locations that could be offered lack something."""
    lacks = {}
    for candidate in candidates:
        if is_wanted(candidate, need) and is_offered(candidate, need.moment):
            lacks.setdefault(candidate.service_id, []).append(find_first_lack(candidate, need))
    counts = {}
    for found in lacks.values():
        if None not in found:
            wish = max(found, key=list(Wish).index)
            counts[wish] = counts.get(wish, 0) + 1
    return counts


def is_wanted(candidate, need):
    is_ours = candidate.serves & {"NL", need.municipality}
    return bool(is_ours and candidate.kinds & {*need.kinds}) and candidate.service_id not in need.declined


def is_offered(candidate, moment):
    if candidate.status is not Status.ACTIVE or not candidate.channels:
        return False
    has_hours = any(table.opening_hours.split('"')[0].strip() for table in candidate.hours.timetables)
    return not has_hours or any(list_between(candidate.hours, moment, moment + WEEKS + timedelta(minutes=1)))


def find_first_lack(candidate, need):
    meets = meet_wishes(candidate, need)
    return next((wish for wish in Wish if not meets.get(wish, True)), None)


def meet_wishes(candidate, need):
    """Return for each wish that is required whether it is met."""
    wanted, moment = need.required, need.moment.astimezone(AMSTERDAM)
    comes = Channel.VISIT in candidate.channels
    by_appointment = candidate.by_appointment or describe_today(candidate.hours, moment).by_appointment
    asked = {
        Wish.LANGUAGE: (wanted.language, wanted.language in {"nl", *candidate.languages}),
        Wish.FREE: (wanted.free, bool(candidate.is_free)),
        Wish.TARGET_GROUP: (
            wanted.target_group,
            wanted.target_group in (candidate.target_groups or {wanted.target_group}),
        ),
        Wish.WALK_IN: (wanted.arrival is Arrival.WALK_IN, comes and not by_appointment),
        Wish.WHEELCHAIR: (wanted.wheelchair, not comes or candidate.wheelchair in ("yes", "limited")),
        Wish.APPOINTMENT: (wanted.arrival is Arrival.APPOINTMENT, by_appointment),
        Wish.EVENING: (wanted.evening, opens_in_evening(candidate.hours, moment)),
        Wish.OPEN_NOW: (wanted.when is When.NOW, is_open_at(candidate.hours, moment)),
        Wish.TODAY: (wanted.when is When.TODAY, opens_within(candidate.hours, moment, 1)),
        Wish.THIS_WEEK: (wanted.when is When.THIS_WEEK, opens_within(candidate.hours, moment, 7 - moment.weekday())),
    }
    return {wish: is_met for wish, (is_asked, is_met) in asked.items() if is_asked}


def opens_within(hours, moment, days):
    return any(list_between(hours, moment, midnight_after(moment, days)))


def opens_in_evening(hours, moment):
    """Return whether it is open at a moment between six and midnight on one of seven days."""
    for day in range(7):
        six = datetime.combine(moment.date() + timedelta(days=day), time(18), AMSTERDAM)
        if any(list_between(hours, max(six, moment), midnight_after(moment, day + 1))):
            return True
    return False


def midnight_after(moment, days):
    return datetime.combine(moment.date() + timedelta(days=days), time.min, AMSTERDAM)
