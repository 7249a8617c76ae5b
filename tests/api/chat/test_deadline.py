"""How much time is left, said in one or two short sentences."""

from datetime import date, datetime

import pytest

from api.chat.deadline import say_deadline
from api.chat.draft import Draft
from api.web.words import load_words
from referral.clock import AMSTERDAM
from referral.settings import ROOT

WORDS = load_words(ROOT / "data")


def say(day, moment="2026-11-24T23:30", language="nl"):
    draft = Draft(WORDS, language)
    say_deadline(draft, date.fromisoformat(day), datetime.fromisoformat(moment).replace(tzinfo=AMSTERDAM))
    (message,) = draft.messages
    return message.text


@pytest.mark.parametrize(
    ("day", "text"),
    [
        ("2026-12-03", "U noemt een datum: donderdag 3 december. Dat is over 9 dagen. Wacht niet te lang."),
        ("2026-11-25", "U noemt een datum: dat is morgen al. Bel of ga vandaag nog."),
        ("2026-11-24", "U noemt een datum: dat is vandaag. Bel of ga nu meteen."),
        (
            "2026-11-23",
            "De datum die u noemt, is voorbij: maandag 23 november. Vraag toch om hulp, zo snel als u kunt.",
        ),
    ],
)
def test_the_days_left_are_counted_on_the_dutch_calendar(day, text):
    assert say(day) == text


def test_english_names_the_day_in_english():
    assert "Thursday 3 December" in say("2026-12-03", language="en")
