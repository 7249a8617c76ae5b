"""How it went: what was registered beside what is good."""

import pytest

from referral.practice.review import Registered, review
from referral.practice.script import Good


def make_good(topic, **changes):
    values = {"topics": (topic,), "kinds": ("anders",), "help": ("information",), "referral": "yes", "why": "Zo."}
    return Good(**values | changes)


def register(topic, *, kind="anders", help_given="information", is_referred=True):
    return Registered(topic, kind, help_given, is_referred)


def test_what_is_as_it_should_be_is_good():
    found = review([make_good("schulden")], [register("schulden")])
    assert found.is_good
    (one,) = found.judged
    assert (one.topic, one.kind, one.help, one.referral) == (True, True, True, True)


@pytest.mark.parametrize(
    ("registered", "wrong"),
    [
        (register("digid"), "topic"),
        (register("schulden", kind="digitale_overheid"), "kind"),
        (register("schulden", help_given="none"), "help"),
        (register("schulden", help_given=None), "help"),
        (register("schulden", is_referred=False), "referral"),
    ],
)
def test_each_thing_that_is_not_is_named(registered, wrong):
    found = review([make_good("schulden")], [registered])
    assert not found.is_good
    judged = found.judged[0]
    assert [name for name in ("topic", "kind", "help", "referral") if getattr(judged, name) is False] == [wrong]


@pytest.mark.parametrize("is_referred", [True, False])
def test_where_either_is_well_a_referral_is_not_judged(is_referred):
    (one,) = review([make_good("digid", referral="either")], [register("digid", is_referred=is_referred)]).judged
    assert (one.referral, one.is_good) == (None, True)


def test_a_referral_that_was_not_needed_is_told():
    assert review([make_good("apparaat", referral="no")], [register("apparaat")]).judged[0].referral is False


def test_of_a_sensitive_question_help_is_not_judged():
    (one,) = review([make_good("mentaal", help=())], [register("mentaal", help_given=None)]).judged
    assert (one.help, one.is_good) == (None, True)


def test_two_questions_are_paired_by_topic_in_any_order():
    found = review([make_good("brief_begrijpen"), make_good("taal")], [register("taal"), register("brief_begrijpen")])
    assert [one.registered.topic for one in found.judged] == ["brief_begrijpen", "taal"]
    assert found.is_good


def test_a_wrong_topic_goes_with_the_question_that_is_left():
    found = review([make_good("brief_begrijpen"), make_good("taal")], [register("digid"), register("brief_begrijpen")])
    assert [one.registered.topic for one in found.judged] == ["brief_begrijpen", "digid"]
    assert [one.topic for one in found.judged] == [True, False]


def test_a_question_that_was_not_registered_is_missing_and_one_too_many_is_extra():
    missing = review([make_good("brief_begrijpen"), make_good("taal")], [register("taal")])
    assert [one.registered is None for one in missing.judged] == [True, False]
    assert not missing.is_good
    extra = review([make_good("taal")], [register("taal"), register("digid")])
    assert [one.topic for one in extra.extra] == ["digid"]
    assert not extra.is_good


def test_any_of_several_topics_is_right():
    assert review([make_good("energie", topics=("energie", "schulden"))], [register("schulden")]).is_good
