"""Languages that are only recognised: core crisis phrases and the line on top. Not checked by native readers."""

import pytest

from referral.urgency.detector import Detector


@pytest.mark.parametrize("language", ["tr", "ar", "pl", "uk", "de"])
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
