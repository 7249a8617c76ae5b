import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from referral.errors import InvalidContent
from referral.urgency.detector import Detector, load_detector

from .conftest import DATA
from .test_tables import P0_TABLES, read_table

CRISES = [text for name in P0_TABLES for texts in read_table(name).values() for text in texts]
STORIES = [text for text in CRISES if " " in text]  # a single word is one only when it is the whole message
FIGURES = read_table("none")["figures_of_speech"]
DETECTOR = load_detector(DATA)  # hypothesis asks for no fixtures that live as long as a function


def is_emergency(text: str) -> bool:
    found = DETECTOR.detect(text)
    return found is not None and found.signal.level == "P0"


def test_the_reason_names_the_rule_and_not_the_words(detector: Detector):
    found = detector.detect("ik heet Fatima en ik wil dood")
    assert found is not None
    rule, number = found.reason.split(":")
    assert rule == "wish"
    assert number.isdecimal()


def test_the_highest_level_wins(detector: Detector):
    found = detector.detect("de deurwaarder komt morgen, ik wil niet meer leven")
    assert found is not None
    assert found.signal.id == "zelfdoding"


@pytest.mark.parametrize(
    ("text", "signal"),
    [
        ("mijn vader heeft mij verkracht", "seksueel_geweld"),
        ("mijn man slaat mij nu", "direct_gevaar"),
        ("mijn man slaat mij", "geweld_thuis"),
        ("deurwaarder komt vrijdag het huis ontruimen", "ontruiming"),
        ("we zijn uit huis gezet en slapen vannacht in de auto", "geen_slaapplek"),
    ],
)
def test_among_equals_the_more_specific_wins(detector: Detector, text: str, signal: str):
    found = detector.detect(text)
    assert found is not None
    assert found.signal.id == signal


@pytest.mark.parametrize(
    "text",
    [
        "ik wil NIET dood maar ik denk er steeds aan",
        "nee ik wil niet dood, echt niet",
        "mijn man slaat mij niet altijd",
    ],
)
def test_a_denial_stays_on_the_safe_side(detector: Detector, text: str):
    found = detector.detect(text)
    assert found is not None
    assert found.signal.level == "P0"


@pytest.mark.parametrize("before", [True, False])
def test_a_figure_of_speech_never_hides_a_crisis_beside_it(before: bool):
    hidden = [
        (figure, crisis)
        for figure in FIGURES
        for crisis in STORIES[::29]
        if not is_emergency(f"{figure}. {crisis}" if before else f"{crisis}. {figure}")
    ]
    assert hidden == []


@pytest.mark.parametrize(
    "lead",
    [
        "ik kwam een boek lenen maar",
        "ik ben vrijwilliger en",
        "ik heb geen verzekering en",
        "ik las iets in de krant maar",
        "volgende week heb ik een toets.",
        "we hebben een film gekeken,",
    ],
)
def test_an_ordinary_lead_hides_hardly_any_crisis_behind_it(lead: str):
    hidden = [crisis for crisis in STORIES[::4] if not is_emergency(f"{lead} {crisis}")]
    assert len(hidden) <= 0.02 * len(STORIES[::4]), hidden


@given(st.text(max_size=300))
def test_any_text_gets_an_answer(text: str):
    DETECTOR.detect(text)


@given(st.sampled_from(CRISES), st.randoms(use_true_random=False))
@settings(max_examples=300, deadline=None)
def test_capitals_spaces_and_punctuation_never_hide_a_crisis(crisis: str, random):
    words = crisis.split()
    joints = random.choices(["  ", "\t ", ", ", " ... ", " - ", "! ", ". ", " ?! ", "\n"], k=len(words))
    dressed = "".join(
        random.choice([word, word.upper(), word.title()]) + joint for word, joint in zip(words, joints, strict=True)
    )
    assert is_emergency(dressed)


@given(st.sampled_from(CRISES), st.text(alphabet='😀🙏💔☠️!?….,;:-–"“”() \n\t\u200b', max_size=20))
@settings(max_examples=200, deadline=None)
def test_smileys_and_signs_around_it_never_hide_a_crisis(crisis: str, signs: str):
    assert is_emergency(f"{signs} {crisis} {signs}")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Mijn man is overleden en ik wil weten wat ik moet regelen met de huur. ", id="ordinary"),
        pytest.param("ik ", id="one word"),
        pytest.param("dood ", id="one crisis word"),
        pytest.param("mijn man niet slaat ", id="nearly a phrase"),
        pytest.param("a", id="no spaces"),
        pytest.param("a*b ", id="stars"),
        pytest.param("a\u0301\u0316", id="marks on marks"),
        pytest.param("x y ", id="letters apart"),
    ],
)
def test_a_message_of_a_hundred_kilobytes_is_read_at_once(detector: Detector, text: str):
    message = (text * (100_000 // len(text) + 1))[:100_000]
    started = time.process_time()
    detector.detect(message)
    # About 0.03 s of processor time on an idle core; work that grows with the square would take minutes.
    assert time.process_time() - started < 3


def test_many_threads_get_the_answers_that_one_gets():
    texts = CRISES[:100] + FIGURES
    alone = [DETECTOR.detect(text) for text in texts]
    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(DETECTOR.detect, texts * 4))
    assert together == alone * 4


def test_nothing_is_kept_of_a_message(detector: Detector):
    detector.detect("mijn achternaam is Qwzxvbnm en ik wil dood")
    assert "qwzxvbnm" not in repr(vars(detector.lexicon)) + repr(vars(detector)).lower()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    shutil.copy(DATA / "urgent.yml", tmp_path)
    shutil.copytree(DATA / "urgency", tmp_path / "urgency")
    return tmp_path


def change(path: Path, key: str, value: object) -> None:
    content = yaml.safe_load(path.read_text("utf-8"))
    content[key] = value
    path.write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")


def test_a_signal_without_rules_is_refused(data: Path):
    (data / "urgency" / "gaslucht.yml").unlink()
    with pytest.raises(InvalidContent):
        load_detector(data)


def test_rules_for_a_signal_that_does_not_exist_are_refused(data: Path):
    shutil.copy(data / "urgency" / "gaslucht.yml", data / "urgency" / "stroomstoring.yml")
    with pytest.raises(InvalidContent, match="stroomstoring"):
        load_detector(data)


@pytest.mark.parametrize(
    ("file", "key", "value"),
    [
        pytest.param("guards.yml", "order", ["gaslucht"], id="an order that forgets signals"),
        pytest.param("guards.yml", "guards", ["{a b}..2"], id="a guard in any order"),
        pytest.param("guards.yml", "guards", ["<nobody>"], id="a group that does not exist"),
        pytest.param("guards.yml", "colour", "red", id="a key that nobody knows"),
        pytest.param("gaslucht.yml", "rules", {"smell": []}, id="a rule without phrases"),
        pytest.param("gaslucht.yml", "rules", {"a": {"phrases": ["gas"], "unless": ["x"]}}, id="an unknown context"),
        pytest.param("gaslucht.yml", "rules", {"smell": ["ruik .."]}, id="a line that breaks the language"),
        pytest.param("gaslucht.yml", "words", {"naaste": "man"}, id="a word group that is there already"),
        pytest.param("foreign.yml", "languages", {"tr": {"line": "x"}}, id="a language without phrases"),
        pytest.param(
            "foreign.yml",
            "languages",
            {"tr": {"checked": False, "line": "x", "phrases": {"deurwaarder": ["icra"]}}},
            id="another language for less than an emergency",
        ),
        pytest.param("words.yml", "spelling", 3, id="spelling that is no mapping"),
    ],
)
def test_a_file_that_breaks_its_rules_is_refused(data: Path, file: str, key: str, value: object):
    change(data / "urgency" / file, key, value)
    with pytest.raises(InvalidContent):
        load_detector(data)


@pytest.mark.parametrize("content", ["", "[", "- a", "3"])
def test_a_file_that_is_no_mapping_is_refused(data: Path, content: str):
    (data / "urgency" / "words.yml").write_text(content, "utf-8")
    with pytest.raises(InvalidContent):
        load_detector(data)
