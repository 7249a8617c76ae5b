"""What staff decided on becomes examples to read: new ones only, and none that another topic says already."""

import pytest
import yaml

from referral.catalogue.service import OUT_OF_SCOPE
from referral.learning.examples import Known, find_alike, fold, read_all_examples
from referral.learning.export import choose_style, make_lessons, write_lessons
from referral.learning.service import DISCARDED
from referral.models.unrecognised import Heard, Unrecognised
from referral.privacy.mask import mask
from referral.settings import ROOT

KNOWN = {"boete": ["ik heb een bekeuring gekregen"], "digid": ["ik kan niet meer inloggen"]}


def make(text, decision, heard=Heard.CHAT):
    return Unrecognised(text=text, decision=decision, heard=heard)


def test_new_examples_stand_under_their_topic_and_style():
    lessons = make_lessons(
        [
            make("te hard gereden wat nu", "boete"),
            make("flitspaal voor de deur van de buren", "boete", Heard.DESK),
            make("hoe kom ik aan een nieuwe fiets", OUT_OF_SCOPE),
            make("nooit gezien", None),
            make("weg hiermee", DISCARDED),
        ],
        KNOWN,
    )
    assert lessons.examples == {
        "boete": {"kort": ["te hard gereden wat nu"], "balie": ["flitspaal voor de deur van de buren"]},
        OUT_OF_SCOPE: {"kort": ["hoe kom ik aan een nieuwe fiets"]},
    }
    assert (lessons.known, lessons.contradictions) == (0, [])


def test_what_is_nearly_there_already_is_left_out_and_counted():
    lessons = make_lessons(
        [
            make("Ik heb een bekeuring gekregen!", "boete"),
            make("ik heb n bekeuring gekregen", "boete"),
            make("te hard gereden wat nu", "boete"),
            make("te hard gereden, wat nu?", "boete"),
        ],
        KNOWN,
    )
    assert lessons.examples == {"boete": {"kort": ["te hard gereden wat nu"]}}
    assert lessons.known == 3


def test_what_another_topic_says_already_is_reported_and_not_taken_over():
    lessons = make_lessons(
        [
            make("ik kan niet meer inloggen.", "boete"),
            make("de brief is niet te lezen", "boete"),
            make("de brief is niet te leezen", "digid"),
        ],
        KNOWN,
    )
    assert [(one.topic, one.others) for one in lessons.contradictions] == [("boete", ("digid",)), ("digid", ("boete",))]
    assert lessons.examples == {"boete": {"kort": ["de brief is niet te lezen"]}}


def test_a_short_text_is_known_only_when_it_is_the_same():
    known = Known({"affirm": ["ja hoor"]})
    assert known.find_intents("Ja hoor!") == {"affirm"}
    assert known.find_intents("jahoor") == set()


def test_nearly_the_same_is_found_and_different_is_not():
    same = fold("ik kan mijn huur niet betalen")
    assert list(find_alike(same, ["ik kan mijn huur niet betaalen", "de buren maken lawaai"])) == [
        "ik kan mijn huur niet betaalen"
    ]


def test_every_intent_is_compared_with():
    known = read_all_examples(ROOT / "data")
    assert len(known) > 65
    assert "buiten_bereik" in known
    assert "greet" in known
    misses = yaml.safe_load((ROOT / "data" / "near_misses.yml").read_text(encoding="utf-8"))
    intent, texts = next(iter(misses.items()))
    assert set(texts) <= set(known[intent])


@pytest.mark.parametrize(
    ("text", "heard", "style"),
    [
        ("I have a letter from the tax office", Heard.DESK, "en"),
        ("brief over de wmo", Heard.DESK, "balie"),
        ("brief over de wmo", Heard.CHAT, "kort"),
        ("ik kreeg vanochtend een brief en daar stond in dat ik moet bellen", Heard.CHAT, "verhaal"),
    ],
)
def test_the_style_is_told_from_the_text(text, heard, style):
    assert choose_style(text, heard) == style


def test_what_is_written_is_read_as_the_examples_of_a_topic_are():
    said = ["aan: iemand # met tekens", "ja: nee", '\'t is "raar" ' + "heel erg " * 20 + "lang", "🙂 wat nu"]
    written = write_lessons(make_lessons([make(one, "boete") for one in said], KNOWN))
    read = yaml.safe_load(written)
    texts = [text for style in read["boete"].values() for text in style]
    assert sorted(texts) == sorted(mask(one).masked for one in said)


def test_nothing_to_write_is_an_empty_file_and_a_contradiction_a_note():
    assert write_lessons(make_lessons([], KNOWN)) == ""
    told = write_lessons(make_lessons([make("ik kan niet meer inloggen", "boete")], KNOWN))
    assert told == "# boete, or digid? ik kan niet meer inloggen\n"
    assert yaml.safe_load(told) is None
