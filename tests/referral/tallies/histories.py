"""Random lives of a journal: visits, questions, referrals, answers of partners and citizens, mistakes, practice."""

from dataclasses import dataclass, field
from datetime import timedelta

from hypothesis import strategies as st
from sqlalchemy import text

from referral.journal import registration, replies
from referral.journal import service as journal
from referral.journal.form import Answers
from referral.journal.replies import Answer
from referral.journal.statuses import Reason
from tests.referral.journal.conftest import NOW, make_asked, make_offer

TABLES = ("tally", "tally_month", "tally_run", "feedback", "gap", "referral_event", "referral", "question", "visit")
SERVICES = ("spreekuur", "tweede")
# From the first visit; a whole month lies between the first ones and the last.
DAYS = (0, 1, 2, 3, 12, 38, 41)
# By then all has been answered.
ANSWERED = DAYS[-1] + 21

referred = st.fixed_dictionaries(
    {
        "service_id": st.sampled_from(SERVICES),
        "is_example": st.integers(0, 5).map(lambda number: number == 0),
        "is_shown": st.integers(0, 5).map(bool),
        "is_taken_up": st.booleans(),
        "answer": st.sampled_from([None, None, *Answer, "declined"]),
        "answered_after": st.integers(0, 20),
        "helped": st.sampled_from([None, "yes", "no"]),
    }
)
asked = st.fixed_dictionaries(
    {
        "topic": st.sampled_from(["schulden", "boete", "digid"]),
        "is_sensitive": st.integers(0, 5).map(lambda number: number == 0),
        "municipality": st.sampled_from([None, "GM0193", "GM0193", "GM0148"]),
        "organisation": st.sampled_from([None, "cjib", "other"]),
        "kind": st.sampled_from(["digitale_overheid", "anders"]),
        "cause": st.sampled_from([None, "money"]),
        "resolved": st.sampled_from([None, "yes"]),
        "gap": st.sampled_from([None, None, "none_exists", "not_in_directory"]),
        "is_withdrawn": st.integers(0, 7).map(lambda number: number == 0),
        "referral": st.none() | referred,
    }
)
visits = st.fixed_dictionaries(
    {
        "day": st.sampled_from(DAYS),
        "library_id": st.sampled_from(["noord", "noord", "zuid"]),
        "channel": st.sampled_from(["web", "desk"]),
        "campaign": st.sampled_from([None, "folder"]),
        "is_practice": st.integers(0, 7).map(lambda number: number == 0),
        "questions": st.lists(asked, min_size=1, max_size=3),
    }
)
histories = st.lists(visits, max_size=8)


@dataclass(slots=True)
class Life:
    """A database in which a history happens; what comes later waits in `later` with the days until then."""

    database: object
    count: int = 0
    later: list = field(default_factory=list)

    def begin(self):
        """Forget everything that was counted, and what it was counted from."""
        with self.database.begin() as session:
            for table in TABLES:
                session.connection().execute(text(f"DELETE FROM {table}"))  # noqa: S608

    def visit(self, told):
        """Somebody came with questions."""
        where = self.database.practise("run") if told["is_practice"] else self.database
        now = NOW + timedelta(days=told["day"])
        with where.begin() as session:
            visit = journal.open_visit(
                session,
                channel=told["channel"],
                library_id=told["library_id"],
                language="nl",
                now=now,
                campaign=told["campaign"],
            )
            for question in told["questions"]:
                self._ask(session, where, visit, question, now)

    def answer(self, days):
        """Let everything happen that was to happen within so many days."""
        due = [one for one in self.later if one[0] <= days]
        self.later = [one for one in self.later if one[0] > days]
        for _, act, where in sorted(due, key=lambda one: one[0]):
            with where.begin() as session:
                act(session)

    def _ask(self, session, where, visit, told, now):
        self.count += 1
        turn = f"turn-{self.count}"
        names = ("organisation", "municipality", "kind", "is_sensitive")
        wanted = make_asked(
            turn, visit_id=visit.id, library_id=visit.library_id, **{name: told[name] for name in names}
        )
        if not told["is_sensitive"]:
            wanted = make_asked(
                turn,
                visit_id=visit.id,
                library_id=visit.library_id,
                topic=told["topic"],
                **{name: told[name] for name in names},
            )
        answers = Answers(
            kind=told["kind"], organisation=told["organisation"], cause=told["cause"], resolved=told["resolved"]
        )
        question = registration.register(session, wanted, answers, now)
        if told["gap"]:
            journal.record_gap(
                session,
                turn_id=turn,
                question=question,
                kind=told["gap"],
                partner_kind="sociaal_raadslieden",
                municipality="GM0193",
                is_example=bool(told["referral"] and told["referral"]["is_example"]),
                now=now,
            )
        if told["referral"]:
            self._refer(session, where, question, told["referral"], now)
        if told["is_withdrawn"]:
            registration.undo(session, question.id, library_id=visit.library_id, now=now)

    def _refer(self, session, where, question, told, now):
        offer = make_offer(told["service_id"], is_example=told["is_example"])
        referral = journal.refer(session, turn_id=question.turn_id, question=question, offer=offer, now=now)
        if not told["is_shown"]:
            return
        journal.mark_shown(session, referral.id, now)
        after = told["answered_after"]
        then = now + timedelta(days=after, hours=1)
        ends = (then - NOW).days

        def take_up(session):
            journal.take_up(session, referral.id, "kept", then)

        def reply(session):
            if journal.get_referral(session, referral.id).status != "requested":
                return  # taken back at the desk
            if told["answer"] == "declined":
                journal.decline(session, referral.id, then)
            elif told["answer"] == Answer.FORWARDED:
                other = make_offer(next(one for one in SERVICES if one != told["service_id"]))
                replies.forward(session, referral.id, other, then)
            else:
                reason = Reason.NO_CAPACITY if told["answer"] == Answer.NOT_FOR_US else None
                replies.reply(session, referral.id, told["answer"], reason=reason, now=then)

        def help_(session):
            for number, helped in enumerate(("partly", told["helped"])):
                journal.record_helped(
                    session, turn_id=f"{referral.id}-{number}", referral_id=referral.id, helped=helped, now=then
                )

        acts = [(told["is_taken_up"], take_up), (told["answer"], reply), (told["helped"], help_)]
        self.later.extend((ends, act, where) for wanted, act in acts if wanted)
