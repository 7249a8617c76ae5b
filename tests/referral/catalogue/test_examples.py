"""What people say: enough of it, in many voices, each message under one intent only."""

import bisect

import pytest

from benchmarks.report_examples import measure_share, measure_topics
from referral.content import read_yaml
from referral.learning.examples import ALIKE, SHORTEST, find_alike, fold, read_examples
from referral.privacy.mask import mask
from referral.settings import ROOT

TOPICS = ROOT / "data" / "topics"
INTENTS = ROOT / "data" / "dialogue" / "intents"
STYLES = {"kort", "verhaal", "nt2", "dicteer", "jong", "balie", "en"}


@pytest.fixture(scope="module")
def topics():
    return {path.parent.name: read_examples(path) for path in sorted(TOPICS.glob("*/examples.yml"))}


@pytest.fixture(scope="module")
def intents():
    return {path.stem: read_examples(path) for path in sorted(INTENTS.glob("*.yml"))}


@pytest.fixture(scope="module")
def near_misses():
    return read_yaml(ROOT / "data" / "near_misses.yml")


def find_pairs(texts):
    """Return the pairs of folded texts that are nearly the same; texts are compared with those about as long."""
    ordered = sorted(texts, key=len)
    lengths = [len(text) for text in ordered]
    pairs = []
    for place, text in enumerate(ordered):
        if len(text) >= SHORTEST:
            end = bisect.bisect_right(lengths, len(text) * (2 - ALIKE) / ALIKE)
            pairs += [(text, other) for other in find_alike(text, ordered[place + 1 : end])]
    return pairs


def test_nearly_the_same_is_found_and_different_is_not():
    same, other = "ik kan mijn huur niet betalen", "de buren maken elke nacht lawaai"
    assert find_pairs([same, other, "ik kan mijn huur niet betaalen"]) == [(same, "ik kan mijn huur niet betaalen")]
    assert find_pairs([same, other]) == []


def test_every_topic_has_at_least_a_hundred_and_fifty_examples(topics):
    assert len(topics) == 65
    assert {topic: len(examples) for topic, examples in topics.items() if len(examples) < 150} == {}


def test_every_topic_is_told_by_all_kinds_of_people():
    for path in TOPICS.glob("*/examples.yml"):
        groups = read_yaml(path)
        assert set(groups) == STYLES, path
        assert [style for style, examples in groups.items() if len(examples) < 10] == [], path
        assert len(groups["en"]) >= 25, path


def test_there_are_enough_messages_that_no_topic_covers(intents):
    assert len(intents["buiten_bereik"]) >= 600


def test_there_are_enough_alarming_words_that_are_no_emergency(near_misses, topics, intents):
    assert sum(map(len, near_misses.values())) >= 400
    assert set(near_misses) <= set(topics) | set(intents)


def test_every_intent_of_the_dialogue_has_enough_examples_to_be_told_apart(intents):
    # Calibration trains in four folds (bot/nlu/intent.py): fewer than four could not be in each.
    assert {intent: len(examples) for intent, examples in intents.items() if len(examples) < 20} == {}


def test_no_message_belongs_to_two_intents(topics, intents, near_misses):
    owners = {}
    for name, examples in [*topics.items(), *intents.items(), *near_misses.items()]:
        for example in examples:
            owners.setdefault(fold(example), set()).add(name)
    assert {text: names for text, names in owners.items() if len(names) > 1} == {}


def test_no_topic_has_a_message_twice(topics, intents):
    for name, examples in (topics | intents).items():
        assert len({fold(example) for example in examples}) == len(examples), name


def test_no_two_messages_about_topics_are_nearly_the_same(topics):
    assert find_pairs([fold(example) for examples in topics.values() for example in examples]) == []


def test_no_intent_of_the_dialogue_says_nearly_the_same_twice(intents):
    # Between intents one word may decide: "geholpen" and "niet geholpen".
    alike = {intent: find_pairs([fold(example) for example in examples]) for intent, examples in intents.items()}
    assert {intent: pairs for intent, pairs in alike.items() if pairs} == {}


@pytest.mark.slow
def test_examples_are_stored_as_the_masker_leaves_them(topics, intents):
    # Here the classifier must see what it will see later (DESIGN §2.2).
    changed = {
        example: mask(example).masked
        for examples in (topics | intents).values()
        for example in examples
        if mask(example).masked != example
    }
    assert changed == {}


def test_most_examples_of_a_topic_leave_its_word_out():
    shares = {topic: share for topic, (_, share) in measure_topics().items()}
    assert len(shares) == 65
    assert {topic: share for topic, share in shares.items() if share >= 0.6} == {}


@pytest.mark.parametrize(
    ("examples", "share"),
    [
        (["Huurtoeslag?", "geld voor de huur"], 0.5),
        (["HUURTOESLAG", "de huurtoeslagaanvraag"], 1.0),
        (["geld voor de huur"], 0.0),
        ([], 0.0),
    ],
)
def test_a_word_counts_in_any_case_and_inside_a_longer_word(examples, share):
    assert measure_share(examples, ["huurtoeslag", "huur toeslag"]) == share
