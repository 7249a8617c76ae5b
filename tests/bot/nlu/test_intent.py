"""What a message is about: shares that mean what they say, and nothing made up about what was never read."""

import asyncio

import numpy as np
import pytest
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.special import softmax

from bot.nlu.features import DutchFeaturizer
from bot.nlu.intent import IntentClassifier
from bot.nlu.margins import fit_temperature

CONFIG = {**IntentClassifier.get_default_config(), "folds": 2, "ranking_length": 2}
EXAMPLES = {
    "huur": ["mijn huur is te hoog", "de huur niet betaald", "huurverhoging", "huurbaas wil meer huur"],
    "taal": ["ik wil nederlands leren", "taalles zoeken", "nederlandse les", "leren lezen en schrijven"],
    "digid": ["digid werkt niet", "nieuwe digid code", "inloggen met digid", "digid aanvragen"],
}

CLEAR = [
    ("goedemorgen", "greet"),
    ("dank u wel", "thank"),
    ("tot ziens", "goodbye"),
    ("ben jij een robot", "bot_challenge"),
    ("wat kost het", "costs"),
    ("ja", "affirm"),
    ("nee", "deny"),
    ("ik wil met een medewerker praten", "human"),
    ("wat zijn de openingstijden", "opening_hours"),
    ("in English please", "speak_english"),
    ("ik woon in Zwolle", "inform_place"),
    ("Kampen", "inform_place"),
    ("mijn DigiD is verlopen", "digid"),
    ("er staat een deurwaarder voor de deur", "deurwaarder"),
    ("ik wil beter Nederlands leren spreken", "taal"),
    ("hulp bij mijn belastingaangifte", "belastingaangifte"),
    ("kinderbijslag aanvragen", "kinderbijslag"),
    ("ik heb veel schulden", "schulden"),
    ("wij gaan scheiden", "scheiding"),
]
EMERGENCIES = [
    ("ik ruik gas", "nood_112"),
    ("ik wil niet meer leven", "suicide"),
    ("mijn man slaat mij", "huiselijk_geweld"),
    ("ik ben verkracht", "seksueel_geweld"),
]


@pytest.fixture(scope="module")
def storage(tmp_path_factory):
    return LocalModelStorage.create(tmp_path_factory.mktemp("intent"))


@pytest.fixture(scope="module")
def featurizer(storage):
    made = DutchFeaturizer.create({}, storage, Resource("features"), None)
    made.train(make_data())
    return made


@pytest.fixture(scope="module")
def trained(storage, featurizer):
    classifier = IntentClassifier.create(CONFIG, storage, Resource("intent"), None)
    classifier.train(featurizer.process_training_data(make_data()))
    return classifier


@pytest.fixture
def classify(featurizer):
    def run(classifier, text):
        return classifier.process(featurizer.process([Message({TEXT: text})]))[0]

    return run


def make_data():
    return TrainingData([Message({TEXT: text, INTENT: intent}) for intent, texts in EXAMPLES.items() for text in texts])


@pytest.mark.parametrize(("text", "intent"), [("huur betalen", "huur"), ("Taalles", "taal"), ("mijn digid", "digid")])
def test_a_message_gets_the_intent_of_the_examples_that_it_is_like(trained, classify, text, intent):
    assert classify(trained, text).get(INTENT)["name"] == intent


def test_the_ranking_begins_with_the_intent_and_is_as_long_as_asked(trained, classify):
    message = classify(trained, "digid code")
    first, second = message.get("intent_ranking")
    assert first == message.get(INTENT)
    assert 1 >= first["confidence"] > second["confidence"] > 0


@pytest.mark.parametrize("text", ["🙂🙂", "Ω", "مرحبا", "你好"])
def test_a_message_of_which_nothing_was_ever_read_has_no_intent(trained, classify, text):
    message = classify(trained, text)
    assert message.get(INTENT) == {"name": None, "confidence": 0.0}
    assert message.get("intent_ranking") == []


def test_a_message_without_text_is_left_as_it_is(trained, classify):
    assert classify(trained, "").get(INTENT) is None


def test_an_untrained_classifier_raises_and_never_guesses(storage):
    with pytest.raises(RuntimeError, match="not trained"):
        IntentClassifier.create(CONFIG, storage, Resource("intent"), None).process([Message({TEXT: "huur"})])


def test_a_model_without_the_classifier_raises_on_loading(storage):
    with pytest.raises(ValueError, match="lost"):
        IntentClassifier.load(CONFIG, storage, Resource("lost"), None)


def test_what_is_loaded_answers_as_what_was_trained(trained, classify, storage):
    loaded = IntentClassifier.load(CONFIG, storage, Resource("intent"), None)
    for text in ("huur", "les nederlands", "code"):
        assert classify(loaded, text).get("intent_ranking") == classify(trained, text).get("intent_ranking")


@pytest.mark.parametrize("true_temperature", [0.1, 0.5, 1.0, 3.0])
def test_the_temperature_by_which_labels_were_drawn_is_found_again(true_temperature):
    random = np.random.default_rng(20261122)
    margins = random.normal(size=(4000, 5))
    shares = softmax(margins / true_temperature, axis=1)
    labels = np.array([random.choice(5, p=row) for row in shares])
    assert fit_temperature(margins, labels) == pytest.approx(true_temperature, rel=0.15)


def test_shares_at_the_fitted_temperature_are_right_as_often_as_they_say():
    random = np.random.default_rng(1)
    margins = random.normal(size=(4000, 5))
    labels = np.array([random.choice(5, p=row) for row in softmax(margins / 0.3, axis=1)])
    shares = softmax(margins / fit_temperature(margins, labels), axis=1)
    assert shares.max(axis=1).mean() == pytest.approx((shares.argmax(axis=1) == labels).mean(), abs=0.02)


def test_margins_that_say_nothing_give_shares_that_say_nothing():
    random = np.random.default_rng(2)
    margins, labels = random.normal(size=(2000, 4)), random.integers(0, 4, size=2000)
    assert softmax(margins / fit_temperature(margins, labels), axis=1).max() < 0.5


@pytest.mark.parametrize(("text", "intent"), [*CLEAR, *EMERGENCIES])
def test_the_model_understands_what_is_clear(agent, text, intent):
    parsed = asyncio.run(agent.parse_message(text))
    assert parsed["intent"]["name"] == intent


@pytest.mark.parametrize("text", ["🙂🙂🙂", "مرحبا", "xqzv wpqk"])
def test_the_model_says_so_when_it_understands_nothing(agent, text):
    assert asyncio.run(agent.parse_message(text))["intent"]["name"] in {"nlu_fallback", "buiten_bereik"}


def test_the_model_gives_place_and_sender_with_the_intent(agent):
    parsed = asyncio.run(agent.parse_message("brief van het CJIB over een boete, ik woon in Zwolle"))
    assert {(entity["entity"], entity["value"]) for entity in parsed["entities"]} == {
        ("place", "Zwolle"),
        ("sender", "cjib"),
    }
