"""The figures of an evaluation say what they claim to."""

import pytest

from benchmarks.figures import (
    Judgement,
    Share,
    calibrate,
    count_share,
    group_by,
    list_confusions,
    measure_calibration_error,
    measure_macro_f1,
    share_right,
    trade,
)


def make(topic, said, confidence=0.9, *, style="kort", ranking=(), margin=0.5):
    return Judgement("tekst", topic, style, said, confidence, tuple(ranking), margin)


RIGHT, WRONG = make("huur", "huur"), make("huur", "taal", 0.4, margin=0.01)


def test_a_share_tells_how_many_of_how_many():
    assert str(Share(3, 4)) == "75.0% (3/4)"
    assert str(Share(0, 0)) == "–"
    assert count_share([True, False, False]) == Share(1, 3)


def test_only_the_same_topic_is_right_and_a_ranked_one_is_among_three():
    assert share_right([RIGHT, WRONG]) == Share(1, 2)
    assert make("huur", "taal", ranking=("taal", "digid", "huur")).is_among_three
    assert not make("huur", "taal", ranking=("taal", "digid", "boete", "huur")).is_among_three


def test_a_topic_that_is_never_said_pulls_the_mean_f1_down():
    assert measure_macro_f1([RIGHT, make("taal", "taal")]) == 1.0
    assert measure_macro_f1([RIGHT, make("taal", "huur")]) == pytest.approx((2 / 3 + 0) / 2)


def test_what_is_as_often_right_as_it_says_has_no_calibration_error():
    honest = [make("huur", "huur", 0.75)] * 3 + [make("huur", "taal", 0.75)]
    assert measure_calibration_error(calibrate(honest)) == 0.0
    boastful = [make("huur", "taal", 1.0)]
    assert measure_calibration_error(calibrate(boastful)) == 1.0


def test_asking_more_costs_questions_and_leaves_fewer_wrong():
    never, often = trade([RIGHT, WRONG], 0.0), trade([RIGHT, WRONG], 0.5)
    assert (never.asked, never.right) == (Share(0, 2), Share(1, 2))
    assert (often.asked, often.right) == (Share(1, 2), Share(1, 1))
    assert trade([RIGHT, WRONG], 0.0, margin=0.05).asked == Share(1, 2)


def test_the_worst_confusion_comes_first_with_its_messages():
    worst = list_confusions([WRONG, WRONG, make("taal", "huur"), RIGHT], limit=1)
    assert worst == [("huur", "taal", ["tekst", "tekst"])]


def test_groups_are_in_the_order_of_their_names():
    groups = group_by([make("a", "a", style="verhaal"), make("b", "b", style="en")], lambda one: one.style)
    assert list(groups) == ["en", "verhaal"]
