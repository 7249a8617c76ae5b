"""What a partner costs a citizen: one step for the kind of help, and for the rest minutes.

The kind decides first, in steps ("tiers"). Within a step everything is put in one unit, minutes of the citizen's time,
so that parts can be weighed against each other and read by people. The numbers are our own judgement, not measured;
they stand here together so that a library can argue with them.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from referral.clock import to_local
from referral.directory.candidate import Channel, Outline
from referral.directory.freshness import HOLDS, is_overdue
from referral.directory.hours import HoursToday
from referral.matching.distance import measure_distance
from referral.matching.match import Need, Reason, ReasonCode, Score
from referral.matching.wishes import Arrival, Prospect, When, is_for_others, speaks
from referral.models.columns import Wheelchair

# A right kind of partner that stays closed longer than this loses to the next kind, if that is open soon. Most
# consulting hours are weekly: whoever waits longer than a week has met a holiday, a season or a closure.
PATIENCE = timedelta(days=7)
# "Open soon" for that rule: today, tomorrow or the day after.
SOON = timedelta(days=2)
# Not offered at all when it stays closed longer. Four weeks is what the law gives a municipality for a first talk about
# debts (Wet gemeentelijke schuldhulpverlening, article 4, paragraph 1); longer is no answer to a question at a desk.
CLOSED_TOO_LONG = timedelta(days=28)

# Steps: kind number n starts at n. Not soon: three quarters of a step; beyond patience: one and a half.
NOT_SOON_STEP = 0.75
BEYOND_PATIENCE_STEP = 1.5

WAIT_MINUTES = 30.0  # coming back at all, instead of being helped now
WAIT_MINUTES_PER_DAY = 60.0
UNKNOWN_HOURS_WAIT = timedelta(days=3)
APPOINTMENT_MINUTES = 60.0  # having to call first; or, for who wants an appointment, not having one
MINUTES_PER_KM = 4.0  # by bicycle, 15 km/h
UNKNOWN_DISTANCE_KM = 5.0
NEAR_KM = 5.0
OTHER_LANGUAGE_MINUTES = 90.0  # being helped in a language that one hardly speaks, or bringing somebody along
UNKNOWN_ACCESS_MINUTES = 30.0
LIMITED_ACCESS_MINUTES = 15.0
OTHERS_MINUTES = 90.0  # the chance of being sent on by who is there for young people only
UNMET_WISH_MINUTES = 60.0  # free, in the evening or in time: each as much as coming back a day later
CHECK_OVERDUE_MINUTES = 45.0  # the chance of a wasted trip
NOT_VERIFIED_MINUTES = 45.0

Add = Callable[[Reason], None]


def score_candidate(candidate: Outline, need: Need, prospect: Prospect, add: Add) -> Score:
    """Return the score of a candidate and `add` the reasons, most important first.

    `prospect` is what the hours promise from `need.moment` on; the candidate has one of the wanted kinds, if any are.
    """
    today = prospect.today
    wait = measure_wait(today, need.moment)
    tier = _score_kind(candidate, need, wait, add)
    _explain_area(candidate, need, add)
    wait_minutes = _score_wait(today, need.moment, wait, add)
    appointment = _score_appointment(candidate, need, today, add)
    travel = _score_travel(candidate, need, add)
    language = _score_language(candidate, need, add)
    access, barred = _score_access(candidate, need, add)
    return Score(
        barred=barred,
        tier=tier,
        wait=wait_minutes,
        appointment=appointment,
        travel=travel,
        language=language,
        access=access,
        wishes=_score_wishes(candidate, need, prospect, add),
        check=_score_check(candidate, need, add),
    )


def measure_wait(today: HoursToday, moment: datetime) -> timedelta | None:
    """Return how long until it is open; None when no opening is known."""
    if today.open_now:
        return timedelta(0)
    return today.opens_next.start - moment if today.opens_next else None


def _score_kind(candidate: Outline, need: Need, wait: timedelta | None, add: Add) -> float:
    number = 0
    if need.kinds:
        number = next(number for number, kind in enumerate(need.kinds) if kind in candidate.kinds)
        add(Reason(ReasonCode.RIGHT_KIND if number == 0 else ReasonCode.SECOND_KIND))
    expected = UNKNOWN_HOURS_WAIT if wait is None else wait
    if expected > PATIENCE:
        add(Reason(ReasonCode.CLOSED_LONG))
        return number + BEYOND_PATIENCE_STEP
    return number + (NOT_SOON_STEP if expected > SOON else 0.0)


def _explain_area(candidate: Outline, need: Need, add: Add) -> None:
    is_local = need.municipality is not None and need.municipality in candidate.serves
    add(Reason(ReasonCode.SERVES_MUNICIPALITY if is_local else ReasonCode.NATIONAL))


def _score_wait(today: HoursToday, moment: datetime, wait: timedelta | None, add: Add) -> float:
    if today.unsure:
        add(Reason(ReasonCode.HOURS_UNKNOWN if wait is None else ReasonCode.HOURS_UNSURE))
    if wait is None:
        return WAIT_MINUTES + WAIT_MINUTES_PER_DAY * (UNKNOWN_HOURS_WAIT / timedelta(days=1))
    if today.open_now:
        add(Reason(ReasonCode.OPEN_NOW, moment=today.open_until))
        return 0.0
    start = moment + wait
    is_today = to_local(start).date() == to_local(moment).date()
    add(Reason(ReasonCode.OPENS_TODAY if is_today else ReasonCode.OPENS_NEXT, moment=start))
    return WAIT_MINUTES + WAIT_MINUTES_PER_DAY * (wait / timedelta(days=1))


def _score_appointment(candidate: Outline, need: Need, today: HoursToday, add: Add) -> float:
    by_appointment = candidate.by_appointment or today.by_appointment
    if by_appointment:
        add(Reason(ReasonCode.BY_APPOINTMENT))
    elif need.wishes.arrival is Arrival.WALK_IN and Channel.VISIT in candidate.channels:
        add(Reason(ReasonCode.WALK_IN))
    wants_one = need.wishes.arrival is Arrival.APPOINTMENT
    return APPOINTMENT_MINUTES if by_appointment != wants_one else 0.0


def _score_travel(candidate: Outline, need: Need, add: Add) -> float:
    if Channel.VISIT not in candidate.channels:
        add(Reason(ReasonCode.BY_PHONE if Channel.PHONE in candidate.channels else ReasonCode.ONLINE))
        return 0.0
    if need.point is None or candidate.latitude is None or candidate.longitude is None:
        return UNKNOWN_DISTANCE_KM * MINUTES_PER_KM
    km = measure_distance(need.point, (candidate.latitude, candidate.longitude))
    add(Reason(ReasonCode.NEAR if km <= NEAR_KM else ReasonCode.FAR, km=round(km, 1)))
    return km * MINUTES_PER_KM


def _score_language(candidate: Outline, need: Need, add: Add) -> float:
    language = need.wishes.language
    if not speaks(candidate, language):
        return OTHER_LANGUAGE_MINUTES
    if language not in (None, "nl"):
        add(Reason(ReasonCode.SPEAKS_LANGUAGE, language=language))
    return 0.0


def _score_access(candidate: Outline, need: Need, add: Add) -> tuple[float, bool]:
    """Return minutes, and whether it is barred: no entry by wheelchair, so after every other one."""
    if not need.wishes.wheelchair or Channel.VISIT not in candidate.channels:
        return 0.0, False
    match candidate.wheelchair:
        case Wheelchair.NO:
            add(Reason(ReasonCode.NOT_ACCESSIBLE))
            return 0.0, True
        case None:
            add(Reason(ReasonCode.ACCESS_UNKNOWN))
            return UNKNOWN_ACCESS_MINUTES, False
        case found:
            add(Reason(ReasonCode.ACCESSIBLE))
            return (LIMITED_ACCESS_MINUTES if found is Wheelchair.LIMITED else 0.0), False


def _score_wishes(candidate: Outline, need: Need, prospect: Prospect, add: Add) -> float:
    """Return minutes for the group, the price, the evening and the time; the other wishes have their own parts."""
    wishes = need.wishes
    minutes = OTHERS_MINUTES if is_for_others(candidate, wishes.target_group) else 0.0
    if candidate.target_groups:
        add(Reason(ReasonCode.FOR_GROUP))
    unmet = 0
    if wishes.free and candidate.is_free:
        add(Reason(ReasonCode.FREE))
    elif wishes.free:
        unmet += 1
    if wishes.evening and prospect.in_evening:
        add(Reason(ReasonCode.IN_EVENING))
    elif wishes.evening:
        unmet += 1
    if wishes.when is When.THIS_WEEK and prospect.in_time:
        add(Reason(ReasonCode.OPENS_THIS_WEEK))
    elif wishes.when and not prospect.in_time:
        unmet += 1
    return minutes + UNMET_WISH_MINUTES * unmet


def _score_check(candidate: Outline, need: Need, add: Add) -> float:
    today = to_local(need.moment).date()
    if is_overdue(candidate.assured_date, candidate.check_due, today):
        add(Reason(ReasonCode.CHECK_OVERDUE))
        return CHECK_OVERDUE_MINUTES
    if candidate.assured_date is None:
        add(Reason(ReasonCode.NOT_VERIFIED))
        return NOT_VERIFIED_MINUTES
    if today - candidate.assured_date <= HOLDS:
        add(Reason(ReasonCode.RECENTLY_VERIFIED))
    return 0.0
