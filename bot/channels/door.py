"""Our input channel: one request of the door is one turn, with the conversation's slots in it and out of it.

Request:  {"turn_id", "today": ISO date, "slots": {…}, and "text" or "intent" (+ "entities": {name: value})}
Answer:   {"messages": [the custom payloads, in order], "slots": {…}, "intent": {name, confidence},
           "ranking": [{name, confidence}], "entities": [{entity, value, start, end}]}
`POST …/parse` with {"text"} gives the last three without a conversation.
"""

import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.constants import INTENT_MESSAGE_PREFIX
from rasa.shared.core.events import ActionExecuted, Event, SessionStarted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.turn_store import begin_turn, end_turn

logger = logging.getLogger(__name__)
OnNewMessage = Callable[[UserMessage], Awaitable[Any]]


class DoorInput(InputChannel):
    """Keeps nothing: a fresh tracker a turn, so any Rasa process serves any turn."""

    @classmethod
    def name(cls) -> str:
        return "door"

    def blueprint(self, on_new_message: OnNewMessage) -> Blueprint:
        door = Blueprint("door")

        @door.route("/", methods=["GET"])
        async def health(request: Request) -> HTTPResponse:
            agent = request.app.ctx.agent
            is_ready = agent is not None and agent.is_ready()
            return response.json({"ready": is_ready}, status=200 if is_ready else 503)

        @door.route("/turn", methods=["POST"])
        async def turn(request: Request) -> HTTPResponse:
            return response.json(await run_turn(request.app.ctx.agent, on_new_message, request.json))

        @door.route("/parse", methods=["POST"])
        async def parse(request: Request) -> HTTPResponse:
            parsed = await request.app.ctx.agent.parse_message(escape_intent(request.json["text"]))
            return response.json(select_understanding(parsed))

        return door


async def run_turn(agent: Any, on_new_message: OnNewMessage, body: dict[str, Any]) -> dict[str, Any]:
    """Run one turn on a tracker of its own; an error travels up as a 500, never as an empty answer."""
    turn_id: str = body["turn_id"]
    output = CollectingOutputChannel()
    begin_turn(start_tracker(turn_id, body.get("slots") or {}, agent.processor))
    try:
        metadata = {"today": body.get("today"), "signal": (body.get("slots") or {}).get("signal")}
        await on_new_message(
            UserMessage(read_text(body), output, turn_id, input_channel=DoorInput.name(), metadata=metadata)
        )
    finally:
        tracker = end_turn(turn_id)
    if tracker.latest_message is None or tracker.latest_message.text is None:  # Rasa begins with an empty one
        raise RuntimeError("the turn left no message")
    return {
        "messages": [message["custom"] for message in output.messages if "custom" in message],
        "slots": tracker.current_slot_values(),
        **select_understanding(tracker.latest_message.parse_data or {}),
    }


def start_tracker(turn_id: str, slots: dict[str, Any], processor: MessageProcessor) -> DialogueStateTracker:
    known = {slot.name for slot in processor.domain.slots}
    slots = {**slots, "asked": slots.get("awaiting")}  # why there are two: domain.yml
    events: list[Event] = [ActionExecuted("action_session_start"), SessionStarted()]
    events += [SlotSet(name, value) for name, value in slots.items() if name in known and value is not None]
    events.append(ActionExecuted("action_listen"))
    return DialogueStateTracker.from_events(turn_id, events, processor.domain.slots, domain=processor.domain)


def read_text(body: dict[str, Any]) -> str:
    """Return what Rasa reads: an intent of a button as Rasa writes it, a citizen's text with its slash taken off."""
    intent: str | None = body.get("intent")
    if intent:
        entities = body.get("entities")
        return f"{INTENT_MESSAGE_PREFIX}{intent}{json.dumps(entities) if entities else ''}"
    return escape_intent(body["text"])


def escape_intent(text: str) -> str:
    """Take a leading slash off: Rasa would read the message as an intent (TRAPS.md)."""
    return text.lstrip(f"{INTENT_MESSAGE_PREFIX} ") or "?"


def select_understanding(parsed: dict[str, Any]) -> dict[str, Any]:
    intent = parsed.get("intent") or {}
    return {
        "intent": {"name": intent.get("name"), "confidence": intent.get("confidence", 0.0)},
        "ranking": [
            {"name": row["name"], "confidence": row["confidence"]}
            for row in parsed.get("intent_ranking") or []
            if row["name"] != "nlu_fallback"
        ],
        "entities": [
            {key: entity.get(key) for key in ("entity", "value", "start", "end")}
            for entity in parsed.get("entities") or []
        ],
    }
