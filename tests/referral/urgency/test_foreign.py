"""Languages that are only recognised: core crisis phrases and the line on top. Not checked by native readers."""

import re
import shutil
import unicodedata

import pytest

from referral.errors import InvalidContent
from referral.urgency.detector import Detector, load_detector

from .conftest import DATA

LANGUAGES = ["tr", "ar", "pl", "uk", "de"]
# What stays in Latin letters wherever it is said: names, and an address on the web.
NAMES = re.compile(r"Veilig Thuis|Centrum Seksueel Geweld|113\.nl")
SCRIPTS = {"ar": "ARABIC", "uk": "CYRILLIC"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_line_on_top_names_the_three_numbers(detector: Detector, language: str):
    line = detector.lines[language]
    assert all(number in line for number in ("112", "113", "0800 2000"))
    assert "?" not in line
    assert "؟" not in line


@pytest.mark.parametrize(
    ("text", "signal"),
    [
        ("Ölmek istiyorum", "zelfdoding"),
        ("olmek istiyorum", "zelfdoding"),
        ("Kocam beni dövüyor", "geweld_thuis"),
        ("Evde yangın var!", "direct_gevaar"),
        ("annem nefes almıyor", "levensgevaar_medisch"),
        ("أريد أن أموت", "zelfdoding"),
        ("زوجي يضربني", "geweld_thuis"),
        ("اغتصبني", "seksueel_geweld"),
        ("رائحة غاز", "gaslucht"),
        ("nie chcę już żyć", "zelfdoding"),
        ("chce sie zabic", "zelfdoding"),
        ("mąż mnie bije", "geweld_thuis"),
        ("on nie oddycha", "levensgevaar_medisch"),
        ("Я не хочу жити", "zelfdoding"),
        ("чоловік мене б'є", "geweld_thuis"),
        ("пахне газом", "gaslucht"),
        ("мене зґвалтували", "seksueel_geweld"),
        ("Ich will nicht mehr leben", "zelfdoding"),
        ("mein Mann schlägt mich", "geweld_thuis"),
        ("es brennt", "direct_gevaar"),
    ],
)
def test_a_crisis_in_another_language_is_recognised(detector: Detector, text: str, signal: str):
    found = detector.detect(text)
    assert found is not None
    assert found.signal.id == signal
    assert found.reason.startswith("foreign_")


@pytest.mark.parametrize(
    "text",
    [
        "Vergi beyannamesi için yardım istiyorum",
        "أحتاج مساعدة في الضرائب",
        "Jak złożyć wniosek o zasiłek mieszkaniowy",
        "Як отримати допомогу на житло",
        "Ich habe eine Frage zu meiner Steuererklärung",
    ],
)
def test_an_ordinary_question_in_another_language_raises_nothing(detector: Detector, text: str):
    assert detector.detect(text) is None


@pytest.fixture
def write(tmp_path):
    """Write the data with one thing in `foreign.yml` replaced by another, and return where it is."""

    def write_data(old: str, new: str):
        shutil.copytree(DATA / "urgency", tmp_path / "urgency")
        shutil.copy(DATA / "urgent.yml", tmp_path)
        path = tmp_path / "urgency" / "foreign.yml"
        written = path.read_text("utf-8")
        assert old in written
        path.write_text(written.replace(old, new, 1), "utf-8")
        return tmp_path

    return write_data


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_emergency_has_its_fixed_text_in_every_language_that_it_is_found_in(detector: Detector, language: str):
    said = {signal.id for signal in detector.signals.values() if language in signal.first}
    assert said == {signal.id for signal in detector.signals.values() if signal.level == "P0"}
    assert all("112" in detector.signals[id_].first[language] for id_ in said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_is_in_the_script_of_its_language(detector: Detector, language: str):
    script = SCRIPTS.get(language, "LATIN")
    for signal in detector.signals.values():
        text = NAMES.sub("", signal.first.get(language, "") + signal.tip.get(language, ""))
        names = [unicodedata.name(letter) for letter in text if letter.isalpha()]
        assert all(name.startswith(script) for name in names), (signal.id, text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_is_about_as_long_as_the_dutch_one(detector: Detector, language: str):
    for signal in detector.signals.values():
        if language in signal.first:
            words = {name: len(signal.first[name].split()) for name in (language, "nl")}
            assert 0.5 < words[language] / words["nl"] < 2, signal.id


@pytest.mark.parametrize(
    ("text", "language"),
    [("intihar", "tr"), ("انتحار", "ar"), ("samobójstwo", "pl"), ("самогубство", "uk"), ("vergewaltigt", "de")],
)
def test_the_phrase_that_found_an_emergency_tells_the_language(detector: Detector, text: str, language: str):
    found = detector.detect(text)
    assert found is not None
    assert found.language == language


def test_a_dutch_phrase_tells_no_other_language(detector: Detector):
    found = detector.detect("mijn man slaat mij")
    assert found is not None
    assert found.language is None


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("Hemen 113'ü arayın.", "Hemen 112'yi arayın.", "tr: zelfdoding: other numbers"),
        ("Sagen Sie, was los ist.", "Was ist los?", "de: levensgevaar_medisch: asks a question"),
        ("قل ماذا يحدث.", "ماذا يحدث؟", "ar: levensgevaar_medisch: asks a question"),
        (
            "      direct_gevaar:\n        first:",
            "      overval:\n        first:",
            "tr: direct_gevaar, overval: not the",
        ),
        ('        tip: "Bu', '        # tip: "Bu', "tr: geweld_thuis: the tip"),
    ],
)
def test_a_text_that_does_not_say_what_the_dutch_one_says_is_refused(write, old: str, new: str, problem: str):
    with pytest.raises(InvalidContent, match=problem):
        load_detector(write(old, new))
