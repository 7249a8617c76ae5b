"""What all actions share: reading the slots, one run in one transaction, and an error that never becomes silence."""

import asyncio
import logging
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar

from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict
from sqlalchemy.orm import Session

from referral.clock import read_clock, to_local
from referral.db import Database
from referral.directory.holidays import find_holiday
from referral.referring.knowledge import Knowledge, load_knowledge
from referral.referring.telling import Told, say, tell
from referral.settings import get_settings

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Heard:
    """A turn as an action sees it: the slots, and what the message was taken for."""

    slots: Mapping[str, Any]
    intent: str
    ranking: tuple[tuple[str, float], ...]

    def get(self, slot: str) -> Any:
        return self.slots.get(slot)


@cache
def get_database() -> Database:
    return Database(get_settings().get_database_url())


def warm_up() -> None:
    """Read what is read once, so that the first citizen does not wait for it."""
    load_knowledge()
    find_holiday(to_local(read_clock()).date())


class ReferralAction(Action, ABC):
    """An action is a translation: slots → one call into `referral` → text keys with values.

    One that only reads says so with `writes = False`, and waits for no other.
    """

    writes: ClassVar[bool] = True

    @abstractmethod
    def name(self) -> str:
        """Return the name under which the domain knows it; rasa-sdk makes one of every class that has one."""

    @abstractmethod
    def decide(self, session: Session, heard: Heard, knowledge: Knowledge) -> Told:
        """Do the work in a session that is committed afterwards, once (if the action writes)."""

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        heard = read_tracker(tracker)
        try:
            given = await asyncio.to_thread(self.run_once, heard)
        except Exception as error:  # the edge: any other way the SDK would echo the whole conversation in its 500
            logger.error("%s failed: %s", self.name(), type(error).__name__)
            given = tell(say("error"))
        for payload in given.payloads:
            dispatcher.utter_message(json_message=payload)
        return [SlotSet(slot, value) for slot, value in given.slots.items()]

    def run_once(self, heard: Heard) -> Told:
        database = get_database()
        with database.begin() if self.writes else database.read() as session:
            return self.decide(session, heard, load_knowledge())


def read_tracker(tracker: Tracker) -> Heard:
    message = tracker.latest_message or {}
    ranking = tuple((row["name"], float(row["confidence"])) for row in message.get("intent_ranking") or [])
    return Heard(tracker.current_slot_values(), (message.get("intent") or {}).get("name") or "", ranking)
