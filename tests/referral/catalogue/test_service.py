"""Reading the catalogue: right content becomes frozen values, wrong content is named by file and field."""

import pytest
import yaml
from pydantic import ValidationError

from referral.catalogue.service import OUT_OF_SCOPE, load_catalogue
from referral.errors import InvalidContent, UnknownTopic
from referral.settings import ROOT

TOPIC = {
    "id": "fietsen",
    "domain": "leren",
    "register_as": "anders",
    "label": {"nl": "Fietsen", "en": "Cycling"},
    "words": ["fiets"],
    "about": "leren fietsen",
    "not": "",
    "partners": ["fietsschool"],
    "national": ["fietsersbond"],
    "urgent": [],
}
SOURCED = {"source": "https://www.example.nl", "date": "2026-11", "evidence": "official"}
CARD = {
    "title": "Fietsen",
    "recognise": "Leren fietsen kan altijd nog.",
    "what": [{"id": "wat", "text": "Een les duurt 1 uur.", **SOURCED}],
    "do": [],
    "bring": [{"id": "fiets", "text": "Uw fiets"}],
    "dates": [],
    "who": [],
    "staff": {"may": [], "may_not": []},
}
KINDS = {"partner_kinds": [{"id": "fietsschool", "label": "Fietsschool", "does": "Geeft les.", "everywhere": False}]}
GROUPS = {"target_groups": [{"id": "fietsers", "label": {"nl": "fietsers", "en": "cyclists"}, "about": "op de fiets"}]}
ORGANISATIONS = {"organisations": [{"id": "fietsersbond", "name": "Fietsersbond"}]}
FOLDER = "topics/fietsen"


@pytest.fixture
def data(tmp_path):
    """A catalogue of one topic; `data(path, content)` puts something else in a file, or takes it away."""
    files = {
        f"{FOLDER}/topic.yml": TOPIC,
        f"{FOLDER}/card.nl.yml": CARD,
        f"{FOLDER}/card.en.yml": CARD | {"title": "Cycling"},
        "partner_kinds.yml": KINDS,
        "target_groups.yml": GROUPS,
        "organisations.yml": ORGANISATIONS,
    }

    def write(path, content):
        if content is None:
            (tmp_path / path).unlink()
            return
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        text = content if isinstance(content, str) else yaml.safe_dump(content, allow_unicode=True)
        (tmp_path / path).write_text(text, encoding="utf-8")

    for path, content in files.items():
        write(path, content)
    write.folder = tmp_path
    return write


def test_a_topic_is_its_folder_and_nothing_else(data):
    catalogue = load_catalogue(data.folder)
    topic = catalogue.get_topic("fietsen")
    assert (topic.domain, topic.partners, topic.is_emergency) == ("leren", ("fietsschool",), False)
    assert catalogue.get_card("fietsen", "en").title == "Cycling"
    assert catalogue.get_card("fietsen", "tr").title == "Fietsen"
    assert [found.id for found in catalogue.list_domain("leren")] == ["fietsen"]
    assert catalogue.list_domain("nood") == []


def test_a_topic_that_does_not_exist_is_an_error(data):
    catalogue = load_catalogue(data.folder)
    for ask in (catalogue.get_topic, catalogue.is_sensitive, lambda topic: catalogue.get_card(topic, "nl")):
        with pytest.raises(UnknownTopic):
            ask("zwemmen")


def test_what_was_read_cannot_be_changed(data):
    catalogue = load_catalogue(data.folder)
    with pytest.raises(TypeError):
        catalogue.topics["zwemmen"] = catalogue.topics["fietsen"]
    with pytest.raises(ValidationError):
        catalogue.get_topic("fietsen").domain = "nood"


def without(content, key):
    return {name: value for name, value in content.items() if name != key}


def with_what(**paragraph):
    return CARD | {"what": [{"id": "wat", "text": "Een les.", **paragraph}]}


WELL_FORMED_BUT_WRONG = [
    (f"{FOLDER}/topic.yml", TOPIC | {"id": "zwemmen"}, ["topic.yml", "zwemmen"]),
    (f"{FOLDER}/topic.yml", TOPIC | {"partners": ["zwemschool"]}, ["fietsen", "zwemschool"]),
    (f"{FOLDER}/topic.yml", TOPIC | {"national": ["zwembond"]}, ["fietsen", "zwembond"]),
    (f"{FOLDER}/topic.yml", TOPIC | {"domain": "sport"}, ["topic.yml", "domain"]),
    (f"{FOLDER}/topic.yml", TOPIC | {"register_as": "sport"}, ["topic.yml", "register_as"]),
    (f"{FOLDER}/topic.yml", TOPIC | {"colour": "red"}, ["topic.yml", "colour"]),
    (f"{FOLDER}/card.nl.yml", CARD | {"intro": "Hallo"}, ["card.nl.yml", "intro"]),
    (f"{FOLDER}/card.nl.yml", with_what(text="Een les kost 20 euro."), ["card.nl.yml", "what.0", "number"]),
    (f"{FOLDER}/card.nl.yml", with_what(source="https://www.example.nl"), ["card.nl.yml", "what.0", "together"]),
    (f"{FOLDER}/card.nl.yml", with_what(**SOURCED | {"date": "vorig jaar"}), ["card.nl.yml", "what.0.date"]),
    (f"{FOLDER}/card.nl.yml", with_what(**SOURCED | {"evidence": "gehoord"}), ["card.nl.yml", "what.0.evidence"]),
    ("partner_kinds.yml", {"partner_kinds": [{"id": "fietsschool"}]}, ["partner_kinds.yml", "label"]),
]
MALFORMED = [
    (f"{FOLDER}/topic.yml", without(TOPIC, "label"), ["topic.yml", "label"]),
    (f"{FOLDER}/topic.yml", TOPIC | {"words": "fiets"}, ["topic.yml", "words"]),
    (f"{FOLDER}/topic.yml", [], ["topic.yml"]),
    (f"{FOLDER}/topic.yml", "", ["topic.yml"]),
    (f"{FOLDER}/topic.yml", "id: [", ["topic.yml"]),
    (f"{FOLDER}/card.en.yml", None, ["card.en.yml"]),
    (f"{FOLDER}/card.nl.yml", "title: 'Fietsen", ["card.nl.yml"]),
    (f"{FOLDER}/card.nl.yml", without(CARD, "staff"), ["card.nl.yml", "staff"]),
    (f"{FOLDER}/card.nl.yml", CARD | {"what": [{"text": "Een les."}]}, ["card.nl.yml", "what.0.id"]),
    ("partner_kinds.yml", None, ["partner_kinds.yml"]),
    ("target_groups.yml", None, ["target_groups.yml"]),
    (
        "target_groups.yml",
        {"target_groups": [{"id": "fietsers", "label": {"nl": "fietsers"}, "about": ""}]},
        ["target_groups.yml", "fietsers", "nl and en"],
    ),
    ("partner_kinds.yml", "", ["partner_kinds.yml"]),
    ("partner_kinds.yml", {"kinds": []}, ["partner_kinds.yml", "partner_kinds"]),
    ("organisations.yml", None, ["organisations.yml"]),
    ("organisations.yml", {"organisations": [{"name": "Fietsersbond"}]}, ["organisations.yml", "id"]),
]


@pytest.mark.parametrize(("path", "content", "named"), [*WELL_FORMED_BUT_WRONG, *MALFORMED])
def test_a_fault_is_named_by_its_file_and_field(data, path, content, named):
    data(path, content)
    with pytest.raises(InvalidContent) as raised:
        load_catalogue(data.folder)
    assert [word for word in named if word not in str(raised.value)] == []


def test_a_file_that_is_no_text_is_named(data):
    (data.folder / FOLDER / "card.nl.yml").write_bytes(b"title: caf\xe9")
    with pytest.raises(InvalidContent, match=r"card\.nl\.yml"):
        load_catalogue(data.folder)


# ── the catalogue of the project ──────────────────────────────────────────────


@pytest.fixture(scope="module")
def catalogue():
    return load_catalogue(ROOT / "data")


def test_there_are_65_topics_in_five_domains_and_four_of_them_are_emergencies(catalogue):
    assert len(catalogue.topics) == 65
    assert {topic.domain for topic in catalogue.topics.values()} == {
        "digitale_overheid",
        "belasting_toeslagen",
        "sociaal_juridisch",
        "leren",
        "nood",
    }
    assert {topic.id for topic in catalogue.list_domain("nood")} == {
        "nood_112",
        "suicide",
        "huiselijk_geweld",
        "seksueel_geweld",
    }
    assert OUT_OF_SCOPE not in catalogue.topics


def test_of_emergencies_and_of_health_nothing_but_the_day_is_kept(catalogue):
    sensitive = {topic for topic in catalogue.topics if catalogue.is_sensitive(topic)}
    assert sensitive == {"nood_112", "suicide", "huiselijk_geweld", "seksueel_geweld", "mentaal", "medisch"}


def test_every_topic_has_a_label_in_both_languages_and_words_to_be_found_by(catalogue):
    for topic in catalogue.topics.values():
        assert topic.label["nl"].strip(), topic.id
        assert topic.label["en"].strip(), topic.id
        assert topic.words, topic.id
        assert [word for word in topic.words if word != word.lower()] == [], topic.id


def test_labels_are_told_apart(catalogue):
    for language in ("nl", "en"):
        labels = [topic.label[language].lower() for topic in catalogue.topics.values()]
        assert len(set(labels)) == len(labels)


def test_whoever_has_a_local_partner_has_a_national_one_to_fall_back_on(catalogue):
    # Only the library's own services are nowhere else.
    assert [topic.id for topic in catalogue.topics.values() if not topic.national] == ["bibliotheek"]
