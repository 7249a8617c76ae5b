"""What was not recognised is kept masked and for a time, said what it was about once, and never of what is private."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from referral.catalogue.service import OUT_OF_SCOPE, load_catalogue
from referral.conversations import service as conversations
from referral.conversations.service import Said
from referral.errors import AlreadyDecided, InvalidInput, NotFound, UnknownTopic
from referral.learning import service as learning
from referral.learning.service import Missed, blank_words
from referral.models.unrecognised import Heard, Unrecognised
from referral.retention.schedule import Term
from referral.retention.service import purge
from referral.settings import ROOT
from tests.clock import TUESDAY
from tests.referral.conversations.conftest import LIBRARY, open_one

CATALOGUE = load_catalogue(ROOT / "data")
SAID = "ik heb een raar ding van de gemeente"


def list_kept(database):
    with database.read() as session:
        return session.scalars(select(Unrecognised).order_by(Unrecognised.text)).all()


def hear(database, text, *, unclear, now=TUESDAY, **changes):
    """Have something said in a conversation of its own; return the id of the conversation."""
    with database.begin() as session:
        conversation_id = open_one(session, now)
        conversations.record_message(session, conversation_id, Said(turn_id="turn-1", text=text), now)
        if unclear is not None:
            conversations.note_unclear(session, conversation_id, "turn-1", unclear)
        for name, value in changes.items():
            setattr(conversations.get_conversation(session, conversation_id), name, value)
    return conversation_id


def keep(database, now=TUESDAY + timedelta(hours=25)):
    """Do what the worker does; return how many are kept more than before."""
    before = len(list_kept(database))
    purge(database, {"conversation": Term(24, "hours")}, now)
    return len(list_kept(database)) - before


def note(database, text=SAID, *, chosen="schulden", likely=("digid",), now=TUESDAY):
    with database.begin() as session:
        return learning.note_missed(session, Missed(LIBRARY, text, likely, chosen), CATALOGUE, now)


def decide(database, entry, decision, *, blanked=(), library_id=LIBRARY, now=TUESDAY):
    with database.begin() as session:
        learning.decide(
            session, entry.id, decision, blanked=blanked, catalogue=CATALOGUE, library_id=library_id, now=now
        )


def test_what_the_chat_did_not_understand_is_kept_when_the_conversation_is_over(database):
    hear(database, SAID, unclear=["boete", "digid"])
    hear(database, "mijn huur is te hoog", unclear=None)
    assert keep(database, TUESDAY + timedelta(hours=24)) == 0
    assert keep(database) == 1
    assert keep(database) == 0
    (kept,) = list_kept(database)
    assert (kept.text, kept.likely, kept.day, kept.heard) == (SAID, ["boete", "digid"], TUESDAY.date(), Heard.CHAT)
    assert (kept.chosen, kept.decision) == (None, None)


def test_nothing_is_kept_of_a_conversation_in_which_something_private_came_up(database):
    hear(database, SAID, unclear=["digid"], is_private=True)
    conversation_id = hear(database, SAID, unclear=["digid"])
    with database.begin() as session:
        conversations.drop_question(session, conversation_id)  # as an emergency does
    assert keep(database) == 0


def test_starting_again_makes_nothing_public(database):
    conversation_id = hear(database, SAID, unclear=["digid"], is_private=True)
    with database.begin() as session:
        conversations.reset(conversations.get_conversation(session, conversation_id))
    assert keep(database) == 0


def test_a_citizen_who_erases_the_conversation_leaves_nothing(database):
    conversation_id = hear(database, SAID, unclear=["digid"])
    with database.begin() as session:
        conversations.delete_conversation(session, conversation_id)
    assert keep(database) == 0
    assert list_kept(database) == []


def test_a_look_up_without_the_right_topic_is_kept_once_a_day(database):
    assert [note(database), note(database)] == [True, False]
    assert note(database, chosen="boete")
    assert note(database, now=TUESDAY + timedelta(days=1))
    assert {(kept.chosen, kept.heard) for kept in list_kept(database)} == {
        ("schulden", Heard.DESK),
        ("boete", Heard.DESK),
    }


@pytest.mark.parametrize(
    ("chosen", "likely"),
    [
        ("digid", ("boete", "digid")),  # the triage had it
        ("mentaal", ("digid",)),
        ("medisch", ()),
        ("suicide", ("digid",)),
        ("schulden", ("digid", "mentaal")),
        ("schulden", ("seksueel_geweld",)),
    ],
)
def test_a_look_up_that_was_understood_or_is_private_is_not_kept(database, chosen, likely):
    assert not note(database, chosen=chosen, likely=likely)
    assert list_kept(database) == []


def test_a_topic_that_does_not_exist_is_refused(database):
    with pytest.raises(UnknownTopic):
        note(database, chosen="nonsense")


def test_what_is_kept_is_masked_again_and_once_more_when_it_is_shown(database):
    note(database, "bel mij op 06 12345678 over mijn schuld")
    (kept,) = list_kept(database)
    assert "12345678" not in kept.text
    with database.begin() as session:  # as an older masker may have left it
        session.get_one(Unrecognised, kept.id).text = "mail naar jan@voorbeeld.nl over mijn schuld"
    assert learning.show_words(list_kept(database)[0]) == "mail naar EMAIL over mijn schuld".split()


def test_staff_say_what_it_was_about_and_blank_out_what_the_masker_missed(database):
    note(database, "zeg maar aan knabbeltje jansma dat ik een brief heb")
    (kept,) = list_kept(database)
    words = learning.show_words(kept)
    place = words.index("knabbeltje")
    decide(database, kept, "brief_begrijpen", blanked={place, place + 1})
    (decided,) = list_kept(database)
    assert decided.text == "zeg maar aan NAAM dat ik een brief heb"
    assert (decided.decision, decided.decided_at) == ("brief_begrijpen", TUESDAY)


@pytest.mark.parametrize(
    ("blanked", "text"),
    [((), "a b c d"), ({0}, "NAAM b c d"), ({1, 2}, "a NAAM d"), ({0, 2}, "NAAM b NAAM d"), ({0, 1, 2, 3}, "NAAM")],
)
def test_words_in_a_row_become_one(blanked, text):
    assert blank_words("a b c d".split(), blanked) == text


@pytest.mark.parametrize(
    ("decision", "blanked"),
    [("mentaal", ()), ("nood_112", ()), ("", ()), ("greet", ()), ("digid", {99}), ("digid", {-1})],
)
def test_a_decision_or_a_word_that_there_is_not_is_refused(database, decision, blanked):
    note(database)
    with pytest.raises(InvalidInput):
        decide(database, list_kept(database)[0], decision, blanked=blanked)
    assert list_kept(database)[0].decision is None


def test_the_second_colleague_is_told_and_changes_nothing(database):
    note(database)
    (kept,) = list_kept(database)
    decide(database, kept, OUT_OF_SCOPE)
    with pytest.raises(AlreadyDecided):
        decide(database, kept, "digid")
    assert list_kept(database)[0].decision == OUT_OF_SCOPE


def test_another_library_sees_and_decides_nothing(database):
    note(database)
    (kept,) = list_kept(database)
    with pytest.raises(NotFound):
        decide(database, kept, "digid", library_id="elsewhere")
    with database.read() as session:
        assert learning.list_review(session, "elsewhere", 5).total == 0
        assert learning.list_review(session, LIBRARY, 5).total == 1


def test_a_decision_is_taken_back_and_blanked_words_stay_away(database):
    note(database)
    (kept,) = list_kept(database)
    decide(database, kept, "digid", blanked={0})
    with database.begin() as session:
        assert learning.list_review(session, LIBRARY, 5).entries == []
        learning.undo(session, kept.id, library_id=LIBRARY)
        (again,) = learning.list_review(session, LIBRARY, 5).entries
    assert (again.decision, again.text.split()[0]) == (None, "NAAM")


def test_the_oldest_come_first_and_the_others_are_counted(database):
    for days in (2, 0, 1):
        note(database, f"{SAID} {days}", now=TUESDAY + timedelta(days=days))
    with database.read() as session:
        review = learning.list_review(session, LIBRARY, 2)
    assert ([entry.text[-1] for entry in review.entries], review.total) == (["0", "1"], 3)
