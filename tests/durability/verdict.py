"""The journal against the ledger: what was seen is there once, what was not seen is not counted, nothing is illegal.

Every check returns sentences about what is wrong; an empty list is a pass.
"""

import json
from collections import Counter, defaultdict
from datetime import timedelta
from itertools import pairwise

from sqlalchemy import select

from api.worker.jobs import run_jobs
from referral.journal.spool import UrgentSpool
from referral.journal.statuses import Actor, Status, can_go
from referral.models.outgoing import Outgoing
from referral.models.referral import Referral, ReferralEvent
from referral.outbox.service import deliver
from referral.outbox.sinks import list_targets
from tests.processes import START_AT
from tests.referral.tallies.recount import read_tallies, recount

ENDS = {"came": Status.IN_PROGRESS, "helped": Status.COMPLETED, "no_show": Status.FAILED}
# The next day is settled then; no referral may wait to be seen any more, no sink to be tried again.
LATER = START_AT + timedelta(days=2)


def judge(stage):
    """Return {check: what is wrong} of a `Stage` that has come to rest."""
    ledger = stage.ledger
    with stage.database.read() as session:
        before = session.scalars(select(Referral)).all()
        events = defaultdict(list)
        for event in session.scalars(select(ReferralEvent).order_by(ReferralEvent.sequence)):
            events[event.referral_id].append(event)
    run_jobs(stage.settings, stage.database, UrgentSpool(stage.whole.folder / "spool"), LATER)
    for target in list_targets(stage.settings):
        deliver(stage.database, target, lambda: LATER)
    with stage.database.read() as session:
        after = {one.id: one for one in session.scalars(select(Referral))}
        is_counted_right = read_tallies(session) == recount(session)
        told = set(session.scalars(select(Outgoing.id)))
    return {
        "every client was answered as it should be": list(ledger.wrong),
        "what was seen is in the journal once": compare_seen(ledger, before),
        "no turn has two referrals": find_doubled_turns(ledger, before),
        "no status was reached by an illegal step": find_illegal(before, events),
        "every reply of a partner stands once": compare_replies(ledger, before, events),
        "what nobody saw is swept, and nothing else": find_wrongly_swept(before, after),
        "the figures count what was seen": [] if is_counted_right else ["the tallies differ from a recount"],
        "every event is in the file": compare_events(stage.events_file, told),
    }


def compare_seen(ledger, referrals):
    seen = Counter(ledger.cards + ledger.slips)
    shown = Counter(one.code for one in referrals if one.shown_at)
    lost = [f"{code} was seen and is not in the journal" for code in seen.keys() - shown.keys()]
    extra = [f"{code} counts as seen and nobody saw it" for code in shown.keys() - seen.keys()]
    return lost + extra + [f"{code} was handed out twice" for code, count in (seen | shown).items() if count > 1]


def find_doubled_turns(ledger, referrals):
    turns = Counter(one.turn_id for one in referrals)
    asked = len([one for one in referrals if one.turn_id in set(ledger.turn_keys)])
    wrong = [f"turn {turn} has {count} referrals" for turn, count in turns.items() if count > 1]
    return wrong + ([] if asked >= len(ledger.cards) else ["cards of turns that nobody sent"])


def find_illegal(referrals, events):
    wrong = []
    for one in referrals:
        steps = events[one.id]
        is_whole = [step.sequence for step in steps] == list(range(1, len(steps) + 1))
        if not is_whole or steps[0].from_status or steps[-1].to_status != one.status:
            wrong.append(f"{one.code} has no whole history")
        for last, step in pairwise(steps):
            if step.from_status != last.to_status or not can_go(Status(step.from_status), Status(step.to_status)):
                wrong.append(f"{one.code} went from {step.from_status} to {step.to_status}")
    return wrong


def compare_replies(ledger, referrals, events):
    last = dict(ledger.replies)
    by_code = {one.code: one for one in referrals}
    wrong = []
    for code, answer in last.items():
        steps = [step.to_status for step in events[by_code[code].id] if step.actor == Actor.PARTNER]
        if by_code[code].status != ENDS[answer] or len(set(steps)) != len(steps):
            wrong.append(f"{code}: {answer} was said, and there stands {steps}")
    return wrong


def find_wrongly_swept(before, after):
    right = {one.id: one.status if one.shown_at else Status.ENTERED_IN_ERROR for one in before}
    return [f"{one.code} is {after[one.id].status}" for one in before if after[one.id].status != right[one.id]]


def compare_events(path, told):
    """A line may come twice, never half, and in the order of its subject."""
    last, seen, wrong = defaultdict(int), set(), []
    for line in path.read_bytes().splitlines():
        try:
            event = json.loads(line)
        except ValueError:
            wrong.append("a line is torn")
            continue
        if event["id"] not in seen and int(event["sequence"]) < last[event["subject"]]:
            wrong.append(f"{event['id']} came after a later one")
        last[event["subject"]] = max(last[event["subject"]], int(event["sequence"]))
        seen.add(event["id"])
    lost = [f"{one} never came" for one in told - seen]
    return wrong + lost + [f"{one} is of nothing" for one in seen - told]
