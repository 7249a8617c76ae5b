"""A language of which there is a part has all of that part: what the chat shows, and nothing that nobody says."""

import unicodedata

import pytest
import yaml

from api.pages.words import PREFIX, SHARED
from api.web.partly import Partly, check_topics, list_wanted, load_partly
from api.web.words import load_words
from referral.catalogue.service import load_catalogue
from referral.content import read_yaml
from referral.errors import InvalidContent
from referral.language.detect import RECOGNISED
from referral.language.registry import load_languages
from referral.settings import ROOT

DATA = ROOT / "data"
SCRIPTS = {"ar": "ARABIC", "uk": "CYRILLIC"}


@pytest.fixture(scope="module")
def words():
    return load_words(DATA)


@pytest.fixture(scope="module")
def wanted(words):
    return list_wanted(load_languages(DATA), words.texts["nl"])


def test_the_buttons_the_page_and_the_menu_are_in_every_language(words, wanted):
    page = {key for key in words.texts["nl"] if key.startswith(PREFIX)}
    labels = {button["label"] for button in words.buttons.values()}
    assert wanted >= page | SHARED | labels
    assert set(words.partly) == set(RECOGNISED)
    check_topics(words.partly, load_catalogue(DATA).topics)


def test_every_line_of_languages_yml_names_a_text(words):
    for pattern in load_languages(DATA).partly:
        assert list_wanted(load_languages(DATA).model_copy(update={"partly": [pattern]}), words.texts["nl"]), pattern


@pytest.mark.parametrize("code", RECOGNISED)
def test_a_translation_is_no_copy_of_the_dutch_and_in_its_own_script(words, code):
    told = words.partly[code]
    copied = {key for key, text in told.texts.items() if text == words.texts["nl"][key]}
    assert copied <= {"card_website", "card_address", "page_assistant", "slip_yes", "card_cost", "page_urgent"}
    script = SCRIPTS.get(code, "LATIN")
    for text in (*told.texts.values(), *told.topics.values()):
        names = {unicodedata.name(letter).split()[0] for letter in text if letter.isalpha()}
        assert script in names or text in ("DigiD", "MijnOverheid")
        assert names <= {script, "LATIN"}


def test_what_is_not_translated_is_said_in_dutch_and_marked_so(words):
    assert words.get_text("hours_closed", "pl") == words.texts["nl"]["hours_closed"]
    assert words.find_language("hours_closed", "pl") == "nl"
    assert words.get_text("button_skip", "pl") == "Pomiń"
    assert words.find_language("button_skip", "pl") == "pl"
    assert words.find_language("hours_closed", "en") == "en"


@pytest.mark.parametrize(
    ("texts", "named"),
    [
        ({}, "greet"),
        ({"greet": "Hallo", "too_fast": "{seconds} 3", "bye": "?"}, "bye"),
        ({"greet": " ", "too_fast": "{seconds} 3"}, "empty"),
        ({"greet": "Hallo", "too_fast": "{minutes} 3"}, "values"),
        ({"greet": "Hallo", "too_fast": "{seconds} 4"}, "numbers"),
    ],
)
def test_a_file_that_is_not_complete_or_says_something_else_is_refused(tmp_path, texts, named):
    (tmp_path / "texts" / "partly").mkdir(parents=True)
    right = {"greet": "Hallo", "too_fast": "{seconds} 3"}
    for code in RECOGNISED:
        content = {"texts": texts if code == "uk" else right, "topics": {}}
        (tmp_path / "texts" / "partly" / f"{code}.yml").write_text(yaml.safe_dump(content), encoding="utf-8")
    languages = load_languages(DATA).model_copy(update={"partly": list(right)})
    with pytest.raises(InvalidContent, match=rf"uk\.yml.*{named}"):
        load_partly(tmp_path, languages, right)


def test_a_label_of_a_topic_that_is_not_there_or_too_many_is_refused():
    partly = {"pl": Partly(texts={}, topics={"boete": "Mandat"})}
    check_topics(partly, ["boete"])
    for topics in ([], ["boete", "digid"]):
        with pytest.raises(InvalidContent, match=r"pl\.yml"):
            check_topics(partly, topics)


def test_the_files_are_those_of_the_registry():
    files = {path.stem for path in (DATA / "texts" / "partly").glob("*.yml")}
    assert files == {code for code, one in read_yaml(DATA / "languages.yml")["languages"].items() if not one["whole"]}
