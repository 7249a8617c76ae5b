"""Counts the journal row by row, in plain Python: what the database must have grouped, written another way."""

from collections import Counter
from itertools import combinations

from referral.models.feedback import Feedback
from referral.models.gap import Gap
from referral.models.question import Question
from referral.models.referral import Referral, ReferralEvent
from referral.models.tally import Tally, TallyMonth
from referral.models.visit import Visit
from referral.tallies.rollups import ROLLUPS

ANSWERS = ("municipality", "kind", "topic", "organisation", "cause", "help_given", "resolved")
COLUMNS = [name for name in Tally.__table__.columns.keys() if name not in ("id", "count", "rounding_key")]  # noqa: SIM118
FURTHEST = ["helped", "under_way", "not_helped", "silent", "declined"]


def make_cell(fact, **told):
    """Return the values of a cell in the order of the table."""
    assert not told.keys() - set(COLUMNS)
    return tuple({"fact": fact, **told}.get(name) for name in COLUMNS)


def read_tallies(session):
    """Return the cells of the table with their counts; each is there once."""
    rows = list(session.query(Tally))
    cells = {tuple(getattr(row, name) for name in COLUMNS): (row.count, row.rounding_key) for row in rows}
    assert len(cells) == len(rows)
    return cells


def read_months(session):
    """Return the cells of the months with their counts; each is there once."""
    rows = list(session.query(TallyMonth))
    cells = {(row.rollup, *(getattr(row, name) for name in COLUMNS)): (row.count, row.rounding_key) for row in rows}
    assert len(cells) == len(rows)
    return cells


def sum_months(cells):
    """Return what `read_months` must return beside these cells of days."""
    sums = {}
    for cell, (count, key) in cells.items():
        told = dict(zip(COLUMNS, cell, strict=True))
        for rollup in ROLLUPS[told["fact"]]:
            kept = {name: told[name] for name in ("fact", *rollup.columns)}
            month = (rollup.name, *make_cell(**kept, day=told["day"].replace(day=1)))
            before = sums.get(month, (0, 0))
            sums[month] = (before[0] + count, before[1] + key)
    return sums


def recount(session):
    """Return what `read_tallies` must return when all days are tallied."""
    journal = _Journal(session)
    counts, keys = Counter(), Counter()
    for cell, key in journal.list_cells():
        counts[cell] += 1
        keys[cell] += key
    return {cell: (counts[cell], keys[cell]) for cell in counts}


class _Journal:
    def __init__(self, session):
        self.visits = {one.id: one for one in session.query(Visit)}
        self.questions = {one.id: one for one in session.query(Question) if not one.is_withdrawn}
        self.referrals = {one.id: one for one in session.query(Referral)}
        self.events = list(session.query(ReferralEvent))
        self.feedback = sorted(session.query(Feedback), key=lambda one: one.sequence)
        self.gaps = list(session.query(Gap))

    def list_cells(self):
        for question in self.questions.values():
            outcomes = [find_outcome(one) for one in self.list_counted() if one.question_id == question.id]
            best = min(outcomes, key=FURTHEST.index, default=None)
            yield make_cell("question", **self.describe(question), outcome=best), question.rounding_key
        for referral in self.list_counted():
            question = self.questions[referral.question_id]
            yield (
                make_cell("referral", **self.describe(question), **self.describe_referral(referral)),
                (question.rounding_key),
            )
        for gap in self.gaps:
            question = self.questions.get(gap.question_id)
            if question and not question.day_only and not gap.is_example:
                told = {"gap": gap.kind, "partner_kind": gap.partner_kind}
                yield make_cell("gap", **self.describe(question), **told), question.rounding_key
        yield from self.list_pairs()

    def list_counted(self):
        for one in self.referrals.values():
            is_real = one.shown_at and one.status != "entered-in-error" and not one.is_example and not one.day_only
            if is_real and one.question_id in self.questions:
                yield one

    def list_pairs(self):
        for visit in self.visits.values():
            topics = {}
            for one in self.questions.values():
                if one.visit_id == visit.id and not one.day_only:
                    topics.setdefault(one.topic, []).append(one.rounding_key)
            for first, second in combinations(sorted(topics), 2):
                told = {name: getattr(visit, name) for name in ("day", "library_id", "channel", "campaign")}
                key = min(topics[first]) + min(topics[second])
                yield make_cell("pair", **told, topic=first, other_topic=second), key

    def describe(self, question):
        where = {"day": question.day, "library_id": question.library_id}
        if question.day_only:
            return where
        visit = self.visits[question.visit_id]
        answers = {name: getattr(question, name) for name in ANSWERS}
        return {**where, **answers, "channel": visit.channel, "campaign": visit.campaign}

    def describe_referral(self, referral):
        parent = self.referrals.get(referral.parent_id)
        said = [one.helped for one in self.feedback if one.referral_id == referral.id]
        answered = [one.at for one in self.events if one.referral_id == referral.id and one.actor == "partner"]
        is_answered = answered and referral.status != "requested"
        return {
            "outcome": find_outcome(referral),
            "service_id": referral.service_id,
            "came_from": parent.service_id if parent else None,
            "is_taken_up": referral.taken_up_at is not None,
            "helped": said[-1] if said else None,
            "waited": (min(answered) - referral.shown_at).days if is_answered else None,
        }


def find_outcome(referral):
    if referral.reason == "citizen_declined":
        return "declined"
    groups = {
        "completed": "helped",
        "accepted": "under_way",
        "in-progress": "under_way",
        "on-hold": "under_way",
        "requested": "silent",
    }
    return groups.get(referral.status, "not_helped")
