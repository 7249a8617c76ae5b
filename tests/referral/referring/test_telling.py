"""From an outcome to text keys and slots."""

import pytest

from referral.referring.service import Intro, Kind, Result
from referral.referring.telling import say, tell, tell_result


def make_result(kind, **fields):
    return Result(kind=kind, question_id="q-1", **fields)


KEPT = {"question_id": "q-1", "topic": "digid"}
CHOICE = {"label": "Elst (Rhenen)", "intent": "inform_place", "entities": {"place": "Elst (Rhenen)"}}
RECOGNISE, CARD, ASK = {"recognise": "digid"}, {"card": "r-1"}, {"say": "is_this_it"}


@pytest.mark.parametrize(
    ("result", "payloads", "slots"),
    [
        (make_result(Kind.ASK_PLACE), [RECOGNISE, {"say": "ask_place"}], {"awaiting": "place"}),
        (
            make_result(Kind.CHOOSE_PLACE, choices=("Elst (Rhenen)",)),
            [{"say": "choose_place"}, {"choices": [CHOICE]}],
            {"awaiting": "place", "place": None},
        ),
        (make_result(Kind.PLACE_UNKNOWN), [{"say": "place_unknown"}], {"awaiting": "place", "place": None}),
        (make_result(Kind.NO_PARTNER), [{"say": "no_partner"}], {"awaiting": None}),
        *[
            (
                make_result(Kind.CARD, referral_id="r-1", intro=intro),
                [RECOGNISE, {"say": intro.value}, CARD, ASK],
                {"awaiting": "helped", "referral_id": "r-1"},
            )
            for intro in Intro
        ],
    ],
)
def test_each_outcome_is_told_and_remembered(result, payloads, slots):
    told = tell_result(result, "digid")
    assert list(told.payloads) == payloads
    assert told.slots == {**KEPT, **slots}


@pytest.mark.parametrize(
    ("result", "payloads"),
    [
        (make_result(Kind.CARD, referral_id="r-1"), [{"say": "another"}, CARD, ASK]),
        # That it is not near is said again.
        (make_result(Kind.CARD, referral_id="r-1", intro=Intro.NATIONAL), [{"say": "refer_national"}, CARD, ASK]),
        (make_result(Kind.NO_PARTNER), [{"say": "no_more_partners"}]),
    ],
)
def test_another_one_does_not_recognise_the_question_anew(result, payloads):
    assert list(tell_result(result, "digid", is_another=True).payloads) == payloads


def test_every_kind_of_outcome_is_told():
    for kind in Kind:
        assert tell_result(make_result(kind, referral_id="r-1", choices=("Elst (Rhenen)",)), "digid").payloads


def test_values_go_with_a_text_only_where_there_are_any():
    assert say("greet") == {"say": "greet"}
    assert say("keep", code="ABCD-EFGH") == {"say": "keep", "values": {"code": "ABCD-EFGH"}}
    assert tell(say("greet"), awaiting=None).slots == {"awaiting": None}
