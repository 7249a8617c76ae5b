"""What a rule finds in a service: a code with a severity; `data/quality.yml` has the sentence of each."""

import dataclasses
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType

Told = str | int | float | date


class Severity(StrEnum):
    """An error keeps a citizen from the right help, a warning may; a hint makes it better. The gravest stands first."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


class Code(StrEnum):
    # what it is
    NO_KINDS = "no_kinds"
    KIND_UNKNOWN = "kind_unknown"
    NO_TOPICS = "no_topics"
    NO_TARGET_GROUP = "no_target_group"
    NO_COST = "no_cost"
    NO_DESCRIPTION = "no_description"
    LONG_SENTENCE = "long_sentence"
    LONG_SENTENCES = "long_sentences"
    OFFICIALESE = "officialese"
    NO_ENGLISH = "no_english"
    # how to reach it
    NO_CONTACT = "no_contact"
    ONLY_UNVERIFIED_PHONE = "only_unverified_phone"
    PHONE_UNVERIFIED = "phone_unverified"
    PHONE_NOT_DUTCH = "phone_not_dutch"
    URL_UNREADABLE = "url_unreadable"
    EMAIL_UNREADABLE = "email_unreadable"
    # when it is open
    NO_HOURS = "no_hours"
    HOURS_UNREADABLE = "hours_unreadable"
    CLOSED_TWO_WEEKS = "closed_two_weeks"
    NEVER_OPENS = "never_opens"
    # where it is
    NO_ADDRESS = "no_address"
    POSTCODE_UNREADABLE = "postcode_unreadable"
    POSTCODE_UNKNOWN = "postcode_unknown"
    POSTCODE_LETTERS_UNKNOWN = "postcode_letters_unknown"
    POSTCODE_ELSEWHERE = "postcode_elsewhere"
    CITY_UNKNOWN = "city_unknown"
    CITY_ELSEWHERE = "city_elsewhere"
    NO_COORDINATES = "no_coordinates"
    COORDINATES_SWAPPED = "coordinates_swapped"
    COORDINATES_ABROAD = "coordinates_abroad"
    COORDINATES_FAR = "coordinates_far"
    # whether it still holds
    NEVER_CHECKED = "never_checked"
    CHECKED_IN_FUTURE = "checked_in_future"
    CHECK_OVERDUE = "check_overdue"
    CHECK_TOO_LATE = "check_too_late"
    MOVED = "moved"


_WARNINGS = (
    Code.NO_TOPICS,
    Code.LONG_SENTENCE,
    Code.LONG_SENTENCES,
    Code.OFFICIALESE,
    Code.ONLY_UNVERIFIED_PHONE,
    Code.PHONE_UNVERIFIED,
    Code.CLOSED_TWO_WEEKS,
    Code.POSTCODE_LETTERS_UNKNOWN,
    Code.CITY_UNKNOWN,
    Code.CITY_ELSEWHERE,
    Code.COORDINATES_FAR,
    Code.CHECK_OVERDUE,
    Code.CHECK_TOO_LATE,
    Code.MOVED,
)
_HINTS = (Code.NO_TARGET_GROUP, Code.NO_ENGLISH, Code.NO_COORDINATES)
SEVERITIES: Mapping[Code, Severity] = MappingProxyType(
    dict.fromkeys(Code, Severity.ERROR)
    | dict.fromkeys(_WARNINGS, Severity.WARNING)
    | dict.fromkeys(_HINTS, Severity.HINT)
)


@dataclasses.dataclass(frozen=True, slots=True)
class Finding:
    """`field` is a table and column of the directory; `location_id` says at which location, where that matters."""

    code: Code
    field: str
    values: Mapping[str, Told] = dataclasses.field(default_factory=dict)
    location_id: str | None = None

    @property
    def severity(self) -> Severity:
        return SEVERITIES[self.code]
