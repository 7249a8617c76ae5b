"""The proof: messages of every topic that nobody trained on."""

from collections import Counter

from rapidfuzz import fuzz, process

from bot.content import OUT_OF_SCOPE, read_dialogue_intents, read_topics
from bot.proof import NO_EMERGENCY, read_proof

# As the checker of near-duplicates among the examples has it (tests/data).
SAME = 90
PROOF = read_proof()


def test_every_topic_has_some_and_no_other_name_stands_there():
    counts = Counter(intent for intent, _ in PROOF)
    assert set(counts) == {topic.id for topic in read_topics()} | {OUT_OF_SCOPE, NO_EMERGENCY}
    assert min(counts.values()) >= 4


def test_nobody_trains_on_them():
    trained = [text for topic in read_topics() for text in topic.examples]
    trained += [text for texts in read_dialogue_intents().values() for text in texts]
    found = [
        (text, match)
        for _, text in PROOF
        if (
            match := process.extractOne(
                text.lower(), [one.lower() for one in trained], scorer=fuzz.ratio, score_cutoff=SAME
            )
        )
    ]
    assert found == []


def test_no_message_stands_there_twice():
    assert len({text for _, text in PROOF}) == len(PROOF)
