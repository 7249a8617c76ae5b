"""Every word that is said exists in every language, and every word that exists is said."""

import ast
import re
import string

import pytest
import yaml

from api.chat.draft import MAX_BUTTONS, Draft
from api.pages.privacy import OF_CITIZENS
from api.pages.words import PREFIX, SHARED
from api.telegram.bot import COMMANDS
from api.web.words import load_words
from referral.catalogue.service import LANGUAGES, load_catalogue
from referral.catalogue.topics import PARTS
from referral.content import read_yaml
from referral.errors import InvalidContent
from referral.feedback.slips import WHY_NOT, Helped
from referral.language.detect import RECOGNISED
from referral.matching.match import ReasonCode
from referral.matching.wishes import Wish
from referral.referring.service import Intro
from referral.settings import ROOT

DATA = ROOT / "data"
CODE = sorted(path for part in ("actions", "api", "referral/referring") for path in (ROOT / part).rglob("*.py"))
PAGE = sorted(path for ending in ("js", "html") for path in (ROOT / "api").rglob(f"*.{ending}"))
# What a text about a partner may fill in (api/chat/render.py), and what any text may.
VALUES = {"name", "code", "address", "distance", "hours", "phone_hours"}
# Written, and said by nothing yet.
WAITING = {
    "busy",
    "button_restart",
    "card_languages",
    "card_national",
    "card_phone",
    "card_wheelchair",
    "hours_open_now",
    "meanwhile",
    "nothing_readable",
    "recognise_default",
    "walk_in",
}


@pytest.fixture(scope="module")
def words():
    return load_words(DATA)


def list_strings(node):
    """Return the texts that an argument may be: a constant, or either side of `a if x else b`."""
    if isinstance(node, ast.IfExp):
        return [*list_strings(node.body), *list_strings(node.orelse)]
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


def list_calls(path):
    """Return the first argument of every `say`, `say_about` and `get_text` in a file of code."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and node.args:
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name in ("say", "say_about", "get_text"):
                yield from list_strings(node.args[0])


def find_said_in_code():
    return {key for path in CODE for key in list_calls(path)} | {intro.value for intro in Intro}


def find_said_in_rules():
    """Return the keys of `utter_<key>` in the rules; what the door itself does is in `domain.yml`."""
    rules = read_yaml(DATA / "dialogue" / "rules.yml")["rules"]
    uttered = {step["action"].removeprefix("utter_") for rule in rules for step in rule["steps"] if "action" in step}
    acts = {name.removeprefix("utter_") for name in read_yaml(ROOT / "domain.yml")["responses"]}
    return {key for key in uttered if not key.startswith("action_")} - acts


def find_made_keys():
    """Return the keys that are put together from a prefix and a value."""
    parts = {f"card_{part}" for part in PARTS if part != "what"}
    reasons = {f"reason_{code}" for code in ReasonCode}
    lacks = {f"lack_{wish}" for wish in Wish}
    slips = {f"slip_{one}" for one in Helped} | {f"slip_why_{one}" for one in WHY_NOT}
    kept = {f"kept_{kind}{end}" for kind in OF_CITIZENS for end in ("", "_for")}
    telegram = {f"telegram_helped_{answer}" for answer in ("yes", "no")}
    telegram |= {f"telegram_command_{one}" for one in COMMANDS}
    return telegram | parts | reasons | lacks | slips | kept | {f"language_{language}" for language in LANGUAGES}


def test_both_languages_have_the_same_texts_with_the_same_values(words):
    def list_fields(text):
        return sorted(field for _, field, _, _ in string.Formatter().parse(text) if field is not None)

    assert set(words.texts) == set(LANGUAGES)
    for key, text in words.texts["nl"].items():
        assert list_fields(words.texts["en"][key]) == list_fields(text), key


def test_no_text_is_empty_or_the_same_in_both_languages(words):
    # Some are: "Website", and what is nothing but values.
    same = {key for key, text in words.texts["nl"].items() if text == words.texts["en"][key]}
    assert same <= {"card_website", "opening_hours", "address_only", "page_chat", "page_assistant", "card_hours"}
    assert [key for language in LANGUAGES for key, text in words.texts[language].items() if not text.strip()] == []


def test_every_text_that_code_says_exists(words):
    said = find_said_in_code()
    assert {"ask_place", "call_instead_closed", "refer_closed_long", "two_misses"} <= said
    assert said - set(words.texts["nl"]) == set()


def test_every_text_that_a_rule_says_exists_and_needs_no_values_of_a_partner(words):
    said = find_said_in_rules()
    assert len(said) >= 10
    assert said - set(words.texts["nl"]) == set()
    for language in LANGUAGES:
        for key in said:
            Draft(words, language).say(key, hours=24, days=30)


def test_every_text_that_the_page_says_exists(words):
    said = {key for path in PAGE for key in re.findall(r"getText\([^)]*?\"(\w+)\"", path.read_text(encoding="utf-8"))}
    said |= {
        key
        for path in PAGE
        for key in re.findall(rf"\b{PREFIX}\w+|(?<=words\.)report_\w+", path.read_text(encoding="utf-8"))
    }
    assert said
    assert (said | SHARED) - set(words.texts["nl"]) == set()


def test_every_text_about_a_partner_asks_only_for_what_is_known_of_one(words):
    about = [
        key
        for path in (ROOT / "actions").glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say_about"
        for key in list_strings(node.args[0])
    ]
    assert len(about) >= 10
    for language in LANGUAGES:
        for key in about:
            words.get_text(key, language, **dict.fromkeys(VALUES, "x"))


def test_every_part_of_a_card_and_every_language_has_its_words(words):
    for key in [f"card_{part}" for part in ("do", "bring", "dates", "who")] + ["language_nl", "language_en"]:
        assert key in words.texts["nl"]


def test_every_reason_and_every_lack_has_its_words(words):
    for prefix, codes in (("reason_", ReasonCode), ("lack_", Wish)):
        said = {key for key in words.texts["nl"] if key.startswith(prefix)}
        assert said == {f"{prefix}{code}" for code in codes}


def test_no_text_is_left_over(words):
    constants = {
        node.value
        for path in CODE
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    on_page = {word for path in PAGE for word in re.findall(r"\w+", path.read_text(encoding="utf-8"))}
    labels = {button["label"] for button in words.buttons.values()}
    used = constants | on_page | labels | SHARED | find_said_in_rules() | find_made_keys()
    assert set(words.texts["nl"]) - used - WAITING == set()


# ── buttons ───────────────────────────────────────────────────────────────────


def test_a_text_has_at_most_four_buttons_and_never_one_twice(words):
    for key, names in words.after.items():
        assert len(names) <= 4 < MAX_BUTTONS, key
        assert len(set(names)) == len(names), key


def test_every_button_means_something_that_exists(words):
    catalogue = load_catalogue(DATA)
    dialogue = {path.stem for path in (DATA / "dialogue" / "intents").glob("*.yml")}
    intents = dialogue | set(catalogue.topics) | set(read_yaml(ROOT / "domain.yml")["intents"])
    menus = {"domains"} | {topic.domain for topic in catalogue.topics.values() if not topic.is_emergency}
    for name in words.buttons:
        meaning = words.get_meaning(name)
        assert len(meaning) == 1, name
        assert meaning.get("intent") in intents or meaning.get("menu") in menus, name


def test_every_button_belongs_to_a_text(words):
    assert set(words.buttons) == {name for names in words.after.values() for name in names}


def test_who_is_not_helped_can_always_reach_a_person(words):
    for key in ("unsure", "say_again", "no_partner", "not_helped", "place_unknown", "no_referral_yet", "error"):
        assert "human" in words.after[key], key


# ── reading ───────────────────────────────────────────────────────────────────

BUTTONS = {"buttons": {"skip": {"label": "button_skip", "intent": "skip"}}, "after": {"greet": ["skip"]}}
TEXTS = {"greet": "Hallo", "button_skip": "Sla over"}


def write_words(folder, *, nl=TEXTS, en=TEXTS, buttons=BUTTONS):
    (folder / "texts" / "partly").mkdir(parents=True)
    for path, content in (("texts/nl.yml", nl), ("texts/en.yml", en), ("buttons.yml", buttons)):
        (folder / path).write_text(yaml.safe_dump(content), encoding="utf-8")
    languages = read_yaml(DATA / "languages.yml") | {"partly": ["greet"]}
    (folder / "languages.yml").write_text(yaml.safe_dump(languages, sort_keys=False), encoding="utf-8")
    for code in RECOGNISED:
        partly = {"texts": {"greet": "?"}, "topics": {}}
        (folder / "texts" / "partly" / f"{code}.yml").write_text(yaml.safe_dump(partly), encoding="utf-8")


def test_words_are_read_with_their_buttons(tmp_path):
    write_words(tmp_path)
    words = load_words(tmp_path)
    assert words.get_text("greet", "nl") == "Hallo"
    assert words.get_meaning("skip") == {"intent": "skip"}
    assert words.after == {"greet": ("skip",)}


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"en": {"greet": "Hello"}}, "button_skip"),
        ({"en": TEXTS | {"bye": "Bye"}}, "bye"),
        ({"buttons": BUTTONS | {"after": {"bye": ["skip"]}}}, "bye"),
        ({"buttons": BUTTONS | {"after": {"greet": ["human"]}}}, "human"),
        ({"buttons": BUTTONS | {"buttons": {"skip": {"label": "button_jump", "intent": "skip"}}}}, "button_jump"),
    ],
)
def test_a_word_or_button_that_does_not_exist_is_named(tmp_path, changes, named):
    write_words(tmp_path, **changes)
    with pytest.raises(InvalidContent, match=named):
        load_words(tmp_path)


def test_a_missing_language_is_named(tmp_path):
    write_words(tmp_path)
    (tmp_path / "texts" / "en.yml").unlink()
    with pytest.raises(InvalidContent, match=r"en\.yml"):
        load_words(tmp_path)
