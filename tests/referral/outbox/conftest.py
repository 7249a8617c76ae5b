"""A journal whose changes leave: a webhook and its receiver."""

import base64

import pytest

from referral.outbox.sinks import Webhook
from referral.settings import get_settings
from tests.referral.journal.conftest import services  # noqa: F401  (a fixture)
from tests.referral.outbox.receiver import Receiver

KEY = b"a key of thirty-two bytes or so."
SECRET = f"whsec_{base64.b64encode(KEY).decode()}"


@pytest.fixture
def receiver():
    made = Receiver()
    made.start()
    yield made
    made.stop()


@pytest.fixture
def publishes(monkeypatch, receiver):
    """The webhook of the receiver, in the settings."""
    monkeypatch.setenv("OMDEHOEK_EVENTS_URL", receiver.url)
    monkeypatch.setenv("OMDEHOEK_EVENTS_SECRET", SECRET)
    get_settings.cache_clear()
    yield Webhook(receiver.url, KEY, "urn:nld:test")
    monkeypatch.undo()
    get_settings.cache_clear()
