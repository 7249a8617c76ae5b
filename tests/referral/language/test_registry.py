"""Which languages there are: those that are recognised, and no others."""

import pytest
import yaml

from referral.content import read_yaml
from referral.errors import InvalidContent
from referral.language.detect import RECOGNISED, SPOKEN
from referral.language.registry import choose_whole, get_direction, load_languages
from referral.settings import ROOT

DATA = ROOT / "data"


def write_languages(folder, change):
    content = read_yaml(DATA / "languages.yml")
    change(content["languages"])
    (folder / "languages.yml").write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")


def test_every_language_that_is_recognised_is_offered_and_dutch_stands_first():
    languages = load_languages(DATA).languages
    assert set(languages) == set(SPOKEN + RECOGNISED)
    assert next(iter(languages)) == "nl"
    assert len({language.name for language in languages.values()}) == len(languages)


def test_only_arabic_is_written_from_right_to_left():
    assert {code for code in load_languages(DATA).languages if get_direction(code) == "rtl"} == {"ar"}


def test_what_is_not_translated_is_in_dutch():
    assert {code: choose_whole(code) for code in ("nl", "en", "ar", "pl")} == {
        "nl": "nl",
        "en": "en",
        "ar": "nl",
        "pl": "nl",
    }


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda languages: languages.pop("uk"), "uk"),
        (lambda languages: languages.update(fr=languages["de"] | {"name": "Français"}), "fr"),
        (lambda languages: languages["de"].update(whole=True), "de"),
        (lambda languages: languages["tr"].pop("checked"), "checked"),
    ],
)
def test_a_language_that_nobody_would_be_answered_in_is_refused(tmp_path, change, named):
    write_languages(tmp_path, change)
    with pytest.raises(InvalidContent, match=named):
        load_languages(tmp_path)
