"""A library that says something else on a card than the catalogue does, for as long as a test looks at it."""

from contextlib import contextmanager

from referral.overlay import cards
from referral.overlay.cards import Place
from referral.referring.knowledge import load_knowledge
from tests.clock import TUESDAY


@contextmanager
def say(door, topic, part, paragraph_id, texts):
    """Put `texts` (by language) in the place of a paragraph, or leave it out where they are `None`."""
    place = Place(door.settings.library, topic, part, paragraph_id)
    catalogue = load_knowledge().catalogue
    with door.database.begin() as session:
        if texts is None:
            cards.hide(session, catalogue, place, by="Noor", now=TUESDAY)
        else:
            cards.rewrite(session, catalogue, place, texts, by="Noor", now=TUESDAY)
    yield
    with door.database.begin() as session:
        cards.restore(session, place)
