from pathlib import Path

import pytest

from referral.errors import InvalidContent
from referral.urgency.signals import load_signals

from .conftest import DATA

GOOD = """
urgent:
- id: gaslucht
  level: P0
  topic: nood_112
  first: {nl: "Ga naar buiten.", en: "Go outside."}
  organisations: [noodnummer]
"""


@pytest.fixture
def write(tmp_path: Path):
    def write_file(content: str) -> Path:
        path = tmp_path / "urgent.yml"
        path.write_text(content, "utf-8")
        return path

    return write_file


def test_every_signal_of_the_catalogue_is_read():
    signals = load_signals(DATA / "urgent.yml")
    assert len(signals) == 17
    assert [signal.id for signal in signals.values() if signal.level == "P0"] == [
        "direct_gevaar",
        "gaslucht",
        "levensgevaar_medisch",
        "zelfdoding",
        "geweld_thuis",
        "seksueel_geweld",
    ]


def test_a_citizen_in_danger_is_told_first_whom_to_call():
    signals = load_signals(DATA / "urgent.yml")
    assert signals["zelfdoding"].first["nl"].startswith("Bel nu 113.")
    assert "0800 2000" in signals["geweld_thuis"].first["en"]
    assert "0800 9009" in signals["gaslucht"].first["nl"]


def test_only_violence_at_home_comes_with_the_tip_to_erase_the_conversation():
    signals = load_signals(DATA / "urgent.yml")
    assert [signal.id for signal in signals.values() if signal.tip] == ["geweld_thuis"]


def test_a_signal_cannot_be_changed_after_reading(write):
    signals = load_signals(write(GOOD))
    with pytest.raises(TypeError):
        signals["gaslucht"].first["nl"] = "Blijf binnen."  # type: ignore[index]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("level: P0", "level: P4", id="a level that does not exist"),
        pytest.param(', en: "Go outside."', "", id="no English"),
        pytest.param('nl: "Ga naar buiten.", ', "", id="no Dutch"),
        pytest.param("Ga naar buiten.", "Bent u buiten?", id="a question"),
        pytest.param("Ga naar buiten.", " ", id="nothing said"),
        pytest.param("topic: nood_112\n", "", id="no topic"),
        pytest.param("level: P0", "level: P0\n  colour: red", id="a key that nobody knows"),
        pytest.param("[noodnummer]", "noodnummer", id="organisations that are no list"),
    ],
)
def test_a_signal_that_breaks_the_rules_of_a_crisis_text_is_refused(write, old, new):
    assert old in GOOD
    with pytest.raises(InvalidContent):
        load_signals(write(GOOD.replace(old, new)))


def test_the_same_signal_twice_is_refused(write):
    with pytest.raises(InvalidContent, match="twice"):
        load_signals(write(GOOD + GOOD.replace("urgent:\n", "")))


@pytest.mark.parametrize("content", ["", "[]", "urgent: []", "urgent: 3", "urgent: [", "\x00", "7: seven"])
def test_a_file_that_is_no_list_of_signals_is_refused(write, content):
    with pytest.raises(InvalidContent):
        load_signals(write(content))


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(InvalidContent):
        load_signals(tmp_path / "nowhere.yml")
