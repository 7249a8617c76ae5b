"""Who sent the letter: an organisation by the names that people use, and only by those."""

import pytest
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.content import DATA, read_yaml
from bot.nlu.sender import SenderExtractor, SenderNames

NAMES = SenderNames()
DECLARED = read_yaml(DATA / "senders.yml")["senders"]


def find(text):
    return [entity["value"] for entity in NAMES.find(text)]


@pytest.mark.parametrize(
    ("text", "senders"),
    [
        ("brief van de Belastingdienst", ["belastingdienst"]),
        ("BELASTINGDIENST!", ["belastingdienst"]),
        ("ik kreeg iets van de fiscus", ["belastingdienst"]),
        ("letter from the tax office", ["belastingdienst"]),
        ("post van het UWV en van DUO", ["uwv", "duo"]),
        ("boete van CJIB, en weer van het cjib", ["cjib"]),
        ("belastingdienst toeslagen wil geld terug", ["toeslagen"]),
    ],
)
def test_the_organisation_that_people_name_is_found(text, senders):
    assert find(text) == senders


@pytest.mark.parametrize(
    "text",
    ["duootje", "een cjibbrief", "windmolen", "indien", "cakejes bakken", "svbx", "de belastingen", "een dienst"],
)
def test_a_word_that_only_holds_a_name_is_no_organisation(text):
    assert find(text) == []


@pytest.mark.parametrize("text", ["", " ", "?!", "🙂", "\x00", "(((", "belasting\u200bdienst"])
def test_a_text_without_a_name_is_read_without_an_error(text):
    assert find(text) == []


@pytest.mark.parametrize("sender", sorted(DECLARED))
def test_every_name_leads_to_its_organisation(sender):
    for name in DECLARED[sender]:
        assert find(f"een brief van {name}.") == [sender]


def test_no_name_is_given_to_two_organisations():
    names = [name.lower() for names in DECLARED.values() for name in names]
    assert len(names) == len(set(names))


def test_what_is_found_is_where_it_says():
    text = "Iets van de Belastingdienst, denk ik"
    (entity,) = NAMES.find(text)
    assert text[entity["start"] : entity["end"]] == "Belastingdienst"


def test_the_component_adds_senders_beside_what_was_found_before():
    place = {"entity": "place", "value": "Zwolle", "start": 0, "end": 6}
    message = Message({TEXT: "Zwolle, boete van het CJIB", ENTITIES: [place]})
    silent = Message({TEXT: "dank u"})
    SenderExtractor.create({}, None, Resource("sender"), None).process([message, silent])
    assert [(entity["entity"], entity["value"]) for entity in message.get(ENTITIES)] == [
        ("place", "Zwolle"),
        ("sender", "cjib"),
    ]
    assert not silent.get(ENTITIES)
