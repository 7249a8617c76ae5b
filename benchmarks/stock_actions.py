"""Our actions as stock `python -m rasa_sdk --actions benchmarks.stock_actions` serves them, with one adapter.

The SDK serves every action class that has been imported. Our door gives each turn an id, and the journal writes each id
once; stock Rasa has no such slot. It does give each message an id and sends that along with the call of an action: here
it becomes the slot `turn_id`.
"""

from rasa_sdk.interfaces import Tracker

import actions.answers
import actions.base
import actions.referral
import actions.unsure
from actions.base import Heard
from actions.base import read_tracker as read_slots


def read_message(tracker: Tracker) -> Heard:
    heard = read_slots(tracker)
    return Heard({**heard.slots, "turn_id": tracker.latest_message["message_id"]}, heard.intent, heard.ranking)


actions.base.read_tracker = read_message
