"""Finds the day before which something has to be done: a term in a letter, a hearing, an eviction.

A day is a deadline when a word before it says so ("voor", "uiterlijk", "binnen") or when the message is about something
that happens on it ("zitting", "betalen"). The day of a letter or of a birth is none.
"""

import re
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.dates import NamedDay, find_days

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
# Further away than this nobody needs to hurry.
LONGEST_DAYS = 183

_ON_THE_WAY = r"(?:de|het|op|the|aanstaande|komende|deze|this|next|coming|nog|maar)"
# Right before the day.
_BEFORE = re.compile(
    r"\b(?:v[oó][oó]r|uiterlijk|binnen|tot|tot en met|t/m|before|by|until|till|within|deadline|due)\W{1,3}"
    rf"(?:{_ON_THE_WAY}\W+)*$"
)
_LEFT_BEFORE = re.compile(r"\b(?:nog|maar|only|have|got)\W{1,3}(?:maar\W+|only\W+)?$")
_LEFT_AFTER = re.compile(r"^\W{0,3}(?:de tijd|tijd|left|to (?:pay|reply|respond|answer|appeal|leave|object)|om te)\b")
_SOON_BEFORE = re.compile(r"\b(?:over|in|na)\W{1,3}(?:nog\W+|maar\W+)?$")
_NEVER_BEFORE = re.compile(
    r"\b(?:sinds|vanaf|sedert|since|from|van|al|elke|iedere|every|geboren|born|vorige|afgelopen|last|d\.?d\.?)\W{1,3}(?:de\W+)?$"
)
_FROM_TO = re.compile(r"\b(?:van|from)\W+\w+\W+(?:tot|t/m|till|until|tot en met)\W+$")  # opening hours
_NEVER_AFTER = re.compile(r"^\W{0,3}(?:geleden|ago|lang\b|oud\b|old\b|vakantie|al\b)")
_AT_STAKE = re.compile(
    r"\b(?:zitting|hoorzitting|rechtbank|rechter|kantonrechter|verschijnen|voorkomen|ontruim\w*|uithuiszet\w*|afsluit\w*|"
    r"afgesloten|huis uit|woning uit|uitgezet|eruit|betalen|betaald|bezwaar\w*|beroep|inleveren|reageren|antwoord\w*|"
    r"opsturen|terugsturen|aangifte|termijn|verloopt|loopt af|aanmelden|inschrijven|aanvragen|"
    r"court|hearing|evict\w*|pay|paid|appeal|objection|reply|respond|submit|hand in|expires?|deadline|sold|veiling)\b"
)
_TOO_LATE = re.compile(r"\b(?:was|had|moest|verlopen|verstreken|voorbij|te laat|too late|missed|should have|expired)\b")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class DeadlineExtractor(GraphComponent, EntityExtractorMixin):
    """Adds one `deadline`, an ISO date: the first that is still to come, or else the last that went by."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "DeadlineExtractor":
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            found = find_deadline(message.get(TEXT) or "", read_today(message))
            if found is not None:
                entity = {"entity": "deadline", "value": found.day.isoformat(), "start": found.start, "end": found.end}
                entities = [*message.get(ENTITIES, []), *self.add_extractor_name([entity])]
                message.set(ENTITIES, entities, add_to_output=True)
        return messages


def read_today(message: Message) -> date:
    """Return the day that the door gave with the message (its clock may be shifted in tests), or that of the wall."""
    given = (message.get("metadata") or {}).get("today")
    return date.fromisoformat(given) if given else datetime.now(AMSTERDAM).date()


def find_deadline(text: str, today: date) -> NamedDay | None:
    """Return the deadline that a message names, as seen from `today`."""
    text = text.lower()
    is_at_stake, is_too_late = bool(_AT_STAKE.search(text)), bool(_TOO_LATE.search(text))
    found = [
        day
        for day in find_days(text, today)
        if (day.day - today).days <= LONGEST_DAYS
        and _is_deadline(text, day, is_at_stake=is_at_stake, is_past=day.day < today, is_too_late=is_too_late)
    ]
    to_come = [day for day in found if day.day >= today]
    return min(to_come or found, key=lambda found: abs((found.day - today).days), default=None)


def _is_deadline(text: str, day: NamedDay, *, is_at_stake: bool, is_past: bool, is_too_late: bool) -> bool:
    before, after = text[max(0, day.start - 40) : day.start], text[day.end : day.end + 40]
    if _NEVER_BEFORE.search(before) or _FROM_TO.search(before) or _NEVER_AFTER.search(after):
        return False
    if _BEFORE.search(before):
        return True
    if day.is_span:
        is_left = bool(_LEFT_BEFORE.search(before)) and (is_at_stake or bool(_LEFT_AFTER.search(after)))
        return is_left or (is_at_stake and bool(_SOON_BEFORE.search(before)))
    return is_at_stake and (is_too_late if is_past else True)
