"""Holds the trackers of the turns that are running now, and nothing else: the conversation belongs to the door.

Rasa wraps the store that it makes, so the trackers stand in the module, where the channel can take them out again.
"""

from collections.abc import Iterable
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

_running: dict[str, DialogueStateTracker] = {}


class TurnTrackerStore(TrackerStore):
    """Rasa's way to the running turns."""

    def __init__(
        self,
        domain: Domain | None = None,
        event_broker: EventBroker | None = None,
        host: EndpointConfig | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(domain or Domain.empty(), event_broker, **kwargs)

    async def save(self, tracker: DialogueStateTracker) -> None:
        _running[tracker.sender_id] = tracker

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        return _running.get(sender_id)

    async def keys(self) -> Iterable[str]:
        return _running.keys()


def begin_turn(tracker: DialogueStateTracker) -> None:
    _running[tracker.sender_id] = tracker


def end_turn(turn_id: str) -> DialogueStateTracker:
    """Take the tracker of a turn out, so that memory does not grow."""
    return _running.pop(turn_id)
