"""In Rasa's environment: a spaCy text classifier on our examples; JSON texts on stdin, rankings on stdout.

`textcat` as spaCy sets it up by default (an ensemble of a bag of words and a small neural network) on blank Dutch, for
EPOCHS rounds. Trained once for each set of examples.
"""

import hashlib
import json
import random
import sys
from pathlib import Path

import spacy
from spacy.training import Example
from spacy.util import minibatch

from bot.content import read_dialogue_intents, read_topics

CACHE = Path(__file__).resolve().parent / ".cache"
EPOCHS, BATCH, DROPOUT, SEED = 12, 64, 0.2, 20261122


def train() -> spacy.Language:
    intents = {topic.id: topic.examples for topic in read_topics()} | read_dialogue_intents()
    pairs = [(text, intent) for intent, texts in intents.items() for text in texts]
    folder = CACHE / f"spacy-{hashlib.sha256(json.dumps([pairs, EPOCHS, BATCH]).encode()).hexdigest()[:16]}"
    if folder.exists():
        return spacy.load(folder)
    random.seed(SEED)
    spacy.util.fix_random_seed(SEED)
    nlp = spacy.blank("nl")
    classifier = nlp.add_pipe("textcat")
    for intent in intents:
        classifier.add_label(intent)
    examples = [
        Example.from_dict(nlp.make_doc(text), {"cats": {i: i == intent for i in intents}}) for text, intent in pairs
    ]
    optimizer = nlp.initialize(lambda: examples[:500])
    for epoch in range(EPOCHS):
        random.shuffle(examples)
        losses: dict[str, float] = {}
        for batch in minibatch(examples, BATCH):
            nlp.update(batch, sgd=optimizer, drop=DROPOUT, losses=losses)
        print(f"spaCy epoch {epoch + 1}: {losses}", file=sys.stderr)
    nlp.to_disk(folder)
    return nlp


if __name__ == "__main__":
    nlp = train()
    for doc in nlp.pipe(json.loads(line) for line in sys.stdin):
        print(json.dumps([[name, float(share)] for name, share in sorted(doc.cats.items(), key=lambda row: -row[1])]))
