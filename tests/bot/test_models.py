"""Which model belongs to the content, and that a model without a topic is refused: Rasa itself only warns."""

import re
import shutil

import pytest
from rasa.engine.graph import GraphModelConfiguration, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.shared.core.domain import Domain
from rasa.shared.data import TrainingType

import bot.models
from bot.content import DATA, ROOT, read_topics
from bot.models import ModelLacksTopics, check_domain, check_model, fingerprint_content, locate_model

TOPICS = [topic.id for topic in read_topics()]
READ_BY_TRAINING = [
    "config.yml",
    "domain.yml",
    "bot/requirements.lock",
    "bot/content.py",
    "bot/importer.py",
    "bot/nlu/intent.py",
    "data/topics/schulden/topic.yml",
    "data/topics/schulden/examples.yml",
    "data/dialogue/rules.yml",
    "data/dialogue/intents/greet.yml",
    "data/places/names.yml",
    "data/senders.yml",
    "data/urgent.yml",
    "data/near_misses.yml",
    "data/concepts/field.1.yml",
]
NOT_READ_BY_TRAINING = ["data/topics/schulden/card.nl.yml", "data/example/zwolle.yml", "bot/server.py"]


@pytest.fixture
def content(monkeypatch, tmp_path):
    """A copy of what training reads, to change."""
    for name in ("config.yml", "domain.yml"):
        shutil.copy(ROOT / name, tmp_path / name)
    for name in ("concepts", "dialogue", "places", "example", "topics/schulden", "topics/nood_112"):
        shutil.copytree(DATA / name, tmp_path / "data" / name)
    for name in ("urgent.yml", "senders.yml", "near_misses.yml"):
        shutil.copy(DATA / name, tmp_path / "data" / name)
    shutil.copytree(ROOT / "bot", tmp_path / "bot", ignore=shutil.ignore_patterns(".venv", "models", "__pycache__"))
    monkeypatch.setattr(bot.models, "ROOT", tmp_path)
    monkeypatch.setattr(bot.models, "DATA", tmp_path / "data")
    return tmp_path


@pytest.mark.parametrize("name", READ_BY_TRAINING)
def test_a_change_in_what_training_reads_asks_for_a_new_model(content, name):
    before = fingerprint_content()
    with (content / name).open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    assert fingerprint_content() != before


@pytest.mark.parametrize("name", NOT_READ_BY_TRAINING)
def test_a_change_that_training_does_not_see_keeps_the_model(content, name):
    before = fingerprint_content()
    with (content / name).open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    assert fingerprint_content() == before


def test_a_topic_that_goes_or_gets_another_name_asks_for_a_new_model(content):
    before = fingerprint_content()
    (content / "data/topics/schulden").rename(content / "data/topics/geldzorgen")
    renamed = fingerprint_content()
    shutil.rmtree(content / "data/topics/geldzorgen")
    assert len({before, renamed, fingerprint_content()}) == 3


def test_the_same_content_has_the_same_model():
    assert locate_model() == locate_model()
    assert re.fullmatch(r"[0-9a-f]{16}\.tar\.gz", locate_model().name)


def test_a_domain_with_every_topic_is_accepted():
    check_domain(Domain.from_dict({"intents": [*TOPICS, "greet"]}))


@pytest.mark.parametrize("lacking", ["schulden", "nood_112"])
def test_a_domain_without_a_topic_is_refused_and_the_topic_named(lacking):
    domain = Domain.from_dict({"intents": [topic for topic in TOPICS if topic != lacking]})
    with pytest.raises(ModelLacksTopics, match=f"1 topics: {lacking}"):
        check_domain(domain)


def test_a_model_of_another_importer_is_refused(tmp_path):
    """What a failed importer leaves: a model of `domain.yml` alone."""
    path = package(tmp_path, Domain.load(str(ROOT / "domain.yml")))
    with pytest.raises(ModelLacksTopics, match=f"{len(TOPICS)} topics"):
        check_model(path)


def test_a_model_with_every_topic_is_accepted(tmp_path):
    check_model(package(tmp_path, Domain.from_dict({"intents": TOPICS})))


def test_the_trained_model_knows_every_topic(agent):
    check_domain(agent.domain)


def package(folder, domain):
    """Write a model archive as Rasa does, with a domain and no components."""
    (folder / "storage").mkdir()
    empty = GraphSchema({})
    configuration = GraphModelConfiguration(
        train_schema=empty,
        predict_schema=empty,
        training_type=TrainingType.BOTH,
        assistant_id="test",
        language="nl",
        core_target=None,
        nlu_target="none",
    )
    LocalModelStorage(folder / "storage").create_model_package(folder / "model.tar.gz", configuration, domain)
    return folder / "model.tar.gz"
