"""From a topic and a place to a referral in the journal, or to what is needed first."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from referral.errors import NotFound, UnknownTopic
from referral.journal import service as journal
from referral.models.absence import Absence
from referral.models.columns import Status
from referral.models.gap import Gap
from referral.models.organization import Organization
from referral.models.question import Question
from referral.models.referral import Referral
from referral.models.service import Service
from referral.referring.knowledge import load_knowledge
from referral.referring.service import Ask, Intro, Kind, refer_citizen
from tests.clock import TUESDAY

LIBRARY = "bibliotheek-zwolle-voorbeeld"


@pytest.fixture
def ask(example_session):
    """Asks, as an action, the desk or the fallback does."""

    def run(topic, place=None, *, turn_id="turn-1", now=TUESDAY, **fields):
        wanted = Ask(
            turn_id=turn_id,
            topic=topic,
            place=place,
            **({"library_id": LIBRARY, "visit_id": None, "language": "nl"} | fields),
        )
        return refer_citizen(example_session, wanted, load_knowledge(), now)

    return run


def get_service_id(session, result):
    return session.get_one(Referral, result.referral_id).service_id


@pytest.mark.parametrize(
    ("topic", "place", "kind", "intro"),
    [
        ("digid", "Zwolle", Kind.CARD, Intro.LOCAL),
        ("digid", "Assen", Kind.CARD, Intro.NATIONAL),
        ("digid", None, Kind.ASK_PLACE, Intro.LOCAL),
        ("bibliotheek", "Assen", Kind.NO_PARTNER, Intro.LOCAL),
        ("medisch", None, Kind.CARD, Intro.LOCAL),
        ("digid", "Elst", Kind.CHOOSE_PLACE, Intro.LOCAL),
        ("digid", "Nergenshuizen", Kind.PLACE_UNKNOWN, Intro.LOCAL),
        ("digid", "8011", Kind.PLACE_UNKNOWN, Intro.LOCAL),  # digits alone are never guessed from
    ],
)
def test_each_place_has_its_outcome(ask, topic, place, kind, intro):
    result = ask(topic, place)
    assert (result.kind, result.intro) == (kind, intro)
    assert (result.referral_id is not None) == (kind is Kind.CARD)
    assert bool(result.choices) == (kind is Kind.CHOOSE_PLACE)
    assert result.question_id


@pytest.mark.parametrize("place", ["Zwolle", None])
def test_for_every_topic_there_is_somebody(ask, place):
    topics = load_knowledge().catalogue.topics
    alone = [
        topic for topic in topics if ask(topic, place, turn_id=topic, skipped_place=place is None).kind is not Kind.CARD
    ]
    # The library's own services are nowhere else: who does not say where is offered a person at the library.
    assert alone == ([] if place else ["bibliotheek"])


def test_an_emergency_never_asks_for_the_place(ask):
    emergencies = [topic.id for topic in load_knowledge().catalogue.topics.values() if topic.is_emergency]
    assert len(emergencies) == 4
    assert {ask(topic, turn_id=topic).kind for topic in emergencies} == {Kind.CARD}


def test_the_same_turn_again_is_the_same_referral(ask, example_session):
    first = ask("digid", "Zwolle")
    assert ask("digid", "Zwolle", now=TUESDAY + timedelta(seconds=5)) == first
    assert len(example_session.scalars(select(Referral)).all()) == 1


def test_a_question_goes_on_while_its_topic_does(ask, example_session):
    first = ask("digid")
    second = ask("digid", "Zwolle", turn_id="turn-2", question_id=first.question_id)
    third = ask("schulden", "Zwolle", turn_id="turn-3", question_id=first.question_id)
    assert second.question_id == first.question_id
    assert third.question_id != first.question_id
    asked = example_session.scalars(select(Question.topic).order_by(Question.topic)).all()
    assert asked == ["digid", "schulden"]


def test_to_be_sent_to_the_same_partner_for_the_same_question_is_one_referral(ask, example_session):
    first = ask("digid", "Zwolle")
    again = ask("digid", "Zwolle", turn_id="turn-2", question_id=first.question_id, referral_id=first.referral_id)
    assert again.referral_id == first.referral_id
    assert len(example_session.scalars(select(Referral)).all()) == 1


def test_another_one_is_never_one_that_was_offered_for_this_question(ask, example_session):
    result = ask("schulden", "Zwolle")
    offered = [get_service_id(example_session, result)]
    for number in range(2, 6):
        result = ask(
            "schulden",
            "Zwolle",
            turn_id=f"turn-{number}",
            question_id=result.question_id,
            referral_id=result.referral_id,
            wants_another=True,
        )
        offered.append(get_service_id(example_session, result))
    assert len(set(offered)) == 5
    statuses = example_session.scalars(select(Referral.status).order_by(Referral.created_at, Referral.turn_id)).all()
    assert sorted(statuses) == ["cancelled"] * 4 + ["requested"]


def test_where_the_only_partner_is_closed_for_long_that_is_said_and_counted(ask, example_session):
    example_session.get_one(Service, "wijkteam-ommen-voorbeeld").status = Status.TEMPORARILY_CLOSED
    example_session.get_one(Service, "gemeenteloket-ommen-voorbeeld").status = Status.TEMPORARILY_CLOSED
    example_session.flush()
    result = ask("wmo", "Ommen")
    assert (result.kind, result.intro) == (Kind.CARD, Intro.CLOSED_LONG)
    assert example_session.scalars(select(Gap)).one().kind == "closed_too_long"


def test_a_gap_is_none_exists_only_where_an_editor_confirmed_it(ask, example_session):
    ask("digid", "Assen")
    example_session.add(
        Absence(municipality="GM0106", partner_kind="ido", assurer_name="redactie", assured_date=date(2026, 11, 1))
    )
    example_session.flush()
    ask("digid", "Assen", turn_id="turn-2")
    kinds = dict(example_session.execute(select(Gap.turn_id, Gap.kind)).all())
    assert kinds == {"turn-1": "not_in_directory", "turn-2": "none_exists"}


@pytest.mark.parametrize("is_example", [True, False])
def test_a_gap_of_an_example_library_is_an_example(ask, example_session, is_example):
    example_session.get_one(Organization, LIBRARY).is_example = is_example
    example_session.flush()
    ask("digid", "Assen")
    assert example_session.scalars(select(Gap.is_example)).all() == [is_example]


def test_a_gap_of_a_library_that_is_not_in_the_directory_is_real(ask, example_session):
    ask("digid", "Assen", library_id="elsewhere")
    assert example_session.scalars(select(Gap.is_example)).all() == [False]


def test_of_a_sensitive_topic_no_gap_tells_where_somebody_lives(ask, example_session):
    result = ask("mentaal", "Assen")
    assert result.intro is Intro.NATIONAL
    assert example_session.scalars(select(Gap)).all() == []
    question = example_session.get_one(Question, result.question_id)
    assert (question.municipality, question.day_only) == (None, True)


def test_a_topic_that_does_not_exist_is_an_error_before_anything_is_written(ask, example_session):
    with pytest.raises(UnknownTopic):
        ask("belasting_op_lucht", "Zwolle")
    assert example_session.scalars(select(Question)).all() == []


def test_a_question_that_is_no_more_there_is_an_error(ask):
    with pytest.raises(NotFound):
        ask("digid", "Zwolle", question_id="gone")


def test_example_partners_stay_recognisable_in_the_journal(ask, example_session):
    local, national = ask("digid", "Zwolle"), ask("digid", "Assen", turn_id="turn-2")
    assert journal.get_referral(example_session, local.referral_id).is_example
    assert not journal.get_referral(example_session, national.referral_id).is_example
