"""The day before which something has to be done: found when a message names one, and only then."""

from datetime import date

import pytest
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.dates import find_days
from bot.nlu.deadline import DeadlineExtractor, find_deadline, read_today

# A Sunday.
TODAY = date(2026, 11, 22)

RIGHT = [
    ("ik moet voor vrijdag betalen", "2026-11-27"),
    ("bezwaar moet uiterlijk 3 december binnen zijn", "2026-12-03"),
    ("ik moet op 3-12 voorkomen bij de rechter", "2026-12-03"),
    ("de zitting is op 03/12/2026", "2026-12-03"),
    ("drie december moet ik betalen", "2026-12-03"),
    ("brief van 3 november, ik moet binnen 14 dagen reageren", "2026-12-06"),
    ("ik heb nog 3 dagen om te betalen", "2026-11-25"),
    ("over twee weken worden we ontruimd", "2026-12-06"),
    ("volgende week donderdag is de zitting", "2026-11-26"),
    ("Morgen moet ik naar de rechtbank", "2026-11-23"),
    ("the hearing is on January 12th", "2027-01-12"),
    ("I have to pay by next Friday", "2026-11-27"),
    ("we got 10 days left", "2026-12-02"),
    # One that went by, and the nearest of two.
    ("bezwaar voor 9 november, dat is voorbij", "2026-11-09"),
    ("de termijn was 1 november, ben ik te laat", "2026-11-01"),
    ("betalen voor 1 december, en de rest voor 28 november", "2026-11-28"),
]
NO_DEADLINE = [
    "ik ga over 2 weken verhuizen",
    "mijn moeder is 2 weken geleden overleden",
    "goede morgen, ik wil iets betalen",
    "'s morgens kan ik niet betalen",
    "geboren op 3 maart 1961",
    "ik wacht al 3 weken op betaling",
    "van maandag tot vrijdag open",
    "ik moet 3 dagen per week werken",
    "brief van 3 november over een toeslag",
    "betalen voor 1 december 2031",
]
MALFORMED = [
    "",
    "31 november betalen",
    "betalen voor 0 december",
    "99-99-9999",
    "voor voor voor",
    "\x00 3",
    "betalen 2-3 weken",
]


@pytest.mark.parametrize(("text", "day"), RIGHT)
def test_the_day_that_matters_is_found(text, day):
    found = find_deadline(text, TODAY)
    assert found is not None
    assert found.day.isoformat() == day


@pytest.mark.parametrize("text", [*NO_DEADLINE, *MALFORMED])
def test_a_message_without_a_deadline_has_none(text):
    assert find_deadline(text, TODAY) is None


def test_without_a_year_the_day_nearest_to_now_is_meant():
    january = date(2027, 1, 5)
    assert [found.day for found in find_days("12 december, 3 februari", january)] == [
        date(2026, 12, 12),
        date(2027, 2, 3),
    ]


def test_a_weekday_that_is_today_is_today_as_the_earlier_reading_is_the_safer():
    assert find_deadline("ik moet voor zondag betalen", TODAY).day == TODAY


def test_the_day_of_the_door_counts_and_not_that_of_the_machine():
    message = Message({TEXT: "morgen moet ik betalen", "metadata": {"today": "2026-12-24"}})
    assert read_today(message) == date(2026, 12, 24)
    DeadlineExtractor().process([message])
    (entity,) = message.get(ENTITIES)
    assert (entity["entity"], entity["value"]) == ("deadline", "2026-12-25")
    assert message.get(TEXT)[entity["start"] : entity["end"]] == "morgen"


def test_what_was_found_before_stays():
    sender = {"entity": "sender", "value": "cjib", "start": 0, "end": 4}
    message = Message({TEXT: "CJIB, betalen voor vrijdag", ENTITIES: [sender]})
    DeadlineExtractor().process([message])
    assert [entity["entity"] for entity in message.get(ENTITIES)] == ["sender", "deadline"]
