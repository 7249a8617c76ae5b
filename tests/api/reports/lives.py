"""What people asked a library this week, so that every page of the figures has something to tell."""

from datetime import timedelta

from sqlalchemy import select

from referral.journal import registration, replies
from referral.journal import service as journal
from referral.journal.form import Answers
from referral.journal.replies import Answer
from referral.journal.service import Asked, Offer
from referral.models.service import Service

LIBRARY = "bibliotheek-zwolle-voorbeeld"
OTHER = "bibliotheek-ommen-voorbeeld"


def live(database, now, *, times=12, library_id=LIBRARY, prefix="now"):
    """Let people come: each asks about a fine and the council's tax, is referred, and a partner tells what came of it.

    Of every three partners one helps, one sends on, one says nothing yet; every fourth visitor finds no local help.
    """
    with database.begin() as session:
        services = session.scalars(select(Service.id).where(Service.is_example.is_(False)).order_by(Service.id)).all()
        for number in range(times):
            _visit(session, number, library_id, services, now - timedelta(days=3), prefix=prefix)


def _visit(session, number, library_id, services, now, *, prefix):
    visit = journal.open_visit(
        session, channel="desk", library_id=library_id, language="nl", now=now, campaign="poster-2026"
    )
    for topic, organisation in (("boete", "cjib"), ("lokale_belastingen", "gemeente")):
        asked = Asked(
            turn_id=f"{library_id}-{prefix}-{number}-{topic}",
            visit_id=visit.id,
            library_id=library_id,
            kind="digitale_overheid",
            topic=topic,
            is_sensitive=False,
            organisation=organisation,
            municipality="GM0193",
        )
        answers = Answers(
            kind="digitale_overheid",
            organisation=organisation,
            cause="letter_unclear",
            help_given="practical",
            resolved="yes",
        )
        question = registration.register(session, asked, answers, now)
        if topic == "boete":
            _refer(session, number, question, services, now)
        elif number % 4 == 0:
            journal.record_gap(
                session,
                turn_id=asked.turn_id,
                question=question,
                kind="none_exists",
                partner_kind="huurteam",
                municipality="GM0193",
                is_example=False,
                now=now,
            )


def _refer(session, number, question, services, now):
    offer = Offer(service_id=services[0], location_id=None, matched_because=[], is_example=False)
    referral = journal.refer(session, turn_id=question.turn_id, question=question, offer=offer, now=now)
    journal.mark_shown(session, referral.id, now)
    then = now + timedelta(days=1)
    if number % 3 == 0:
        journal.take_up(session, referral.id, "kept", now)
        replies.reply(session, referral.id, Answer.HELPED, now=then)
    elif number % 3 == 1:
        other = Offer(service_id=services[1], location_id=None, matched_because=[], is_example=False)
        replies.forward(session, referral.id, other, then)
