"""The visitors to practise with: enough, of many kinds, and each can be registered well at the desk."""

import pytest

from referral.catalogue.plain import measure_plainness
from referral.catalogue.service import load_catalogue
from referral.errors import InvalidContent, NotFound
from referral.journal.form import load_form
from referral.learning.examples import fold, read_all_examples
from referral.practice.script import Good, check_good, get_visitor, load_script
from referral.privacy.mask import mask
from referral.settings import ROOT

DATA = ROOT / "data"
SCRIPT = load_script(DATA)
GOOD = {"topics": ("digid",), "kinds": ("digitale_overheid",), "help": ("practical",), "referral": "no", "why": "Zo."}


def list_said(language):
    return [said for visitor in SCRIPT.values() if visitor.language == language for said in visitor.says]


def test_there_are_enough_visitors_of_many_kinds():
    languages = [visitor.language for visitor in SCRIPT.values()]
    assert languages.count("nl") >= 12
    assert languages.count("en") >= 2
    good = [one for visitor in SCRIPT.values() for one in visitor.good]
    assert len({one.topics[0] for one in good}) >= 12
    assert {one.kinds[0] for one in good} == {"digitale_overheid", "bibliotheekdienstverlening", "anders"}
    assert {one.referral for one in good} == {"yes", "no", "either"}
    assert any(len(visitor.good) > 1 for visitor in SCRIPT.values())


def test_every_visitor_says_more_than_one_thing_in_plain_words_and_nothing_personal():
    assert [visitor.id for visitor in SCRIPT.values() if len(visitor.says) < 2] == []
    plainness = measure_plainness([*list_said("nl"), *(one.why for visitor in SCRIPT.values() for one in visitor.good)])
    assert plainness.is_plain, plainness
    assert [said for said in (*list_said("nl"), *list_said("en")) if mask(said).masked != said] == []


def test_no_visitor_says_what_the_triage_was_trained_on():
    known = {fold(text) for texts in read_all_examples(DATA).values() for text in texts}
    assert [said for said in (*list_said("nl"), *list_said("en")) if fold(said) in known] == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"topics": ("nonsense",)},
        {"help": ("magic",)},
        {"help": ()},
        {"topics": ("mentaal",)},
    ],
)
def test_what_cannot_be_registered_at_the_desk_stops_the_start(wrong):
    catalogue, form = load_catalogue(DATA), load_form(DATA)
    check_good(Good(**GOOD), catalogue, form, where="here")
    with pytest.raises(InvalidContent, match="here"):
        check_good(Good(**GOOD | wrong), catalogue, form, where="here")


def test_a_visitor_who_is_not_in_the_script_is_not_found():
    with pytest.raises(NotFound):
        get_visitor(SCRIPT, "nobody")


def test_two_visitors_with_one_id_are_told(tmp_path):
    for name in ("topics", "partner_kinds.yml", "organisations.yml", "target_groups.yml", "registration.yml"):
        (tmp_path / name).symlink_to(DATA / name)
    rows = (DATA / "practice.yml").read_text(encoding="utf-8")
    twice = rows.replace("id: boete_op_de_mat", "id: digid_kwijt")
    (tmp_path / "practice.yml").write_text(twice, encoding="utf-8")
    with pytest.raises(InvalidContent, match="same id"):
        load_script(tmp_path)
