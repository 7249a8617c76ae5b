"""One turn of a citizen: urgency first, then mask, then Rasa, then the journal, then the reply (DESIGN §2).

The conversation is ours: Rasa gets its slots at the start of a turn and gives them back at the end. A turn is two short
transactions with Rasa between them, so that no lock is held while Rasa thinks.

A turn ends, for the figures of `omdehoek_turns`, as an emergency; understood, or unsure; a button of our own; silent,
while a person has the conversation; without_rasa; or again, when it had its reply already.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from api.chat.compose import KEPT_SLOTS, Composer, Turn
from api.chat.languages import find_language
from api.chat.schemas import LanguageRequest, Reply, TurnRequest
from api.chat.urgent import HIGHEST, UrgentDesk
from api.web.metrics import CONFIDENCE, TURNS, timed
from api.web.rasa import RasaClient, Understood
from referral.clock import to_local
from referral.conversations import service as conversations
from referral.conversations.service import Said, make_turn_key
from referral.db import Database
from referral.errors import AssistantUnavailable, TurnIsRunning
from referral.language.detect import detect_language
from referral.models.conversation import Conversation
from referral.privacy.prepare import prepare
from referral.settings import Settings
from referral.urgency.signals import Signal

logger = logging.getLogger(__name__)

# A signal of this level is surer of the topic than the classifier (actions/referral.py).
DECIDES_TOPIC = "P1"
# What Rasa calls a message that it is not sure of.
NOT_SURE = "nlu_fallback"
# How long a second message waits for the first, and how often it looks.
WAIT_FOR_TURN = 6.0
LOOK_AGAIN = 0.05


class Gateway:
    """The door of the chat; one object a process, used by many threads."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        *,
        rasa: RasaClient,
        urgent: UrgentDesk,
        composer: Composer,
        clock: Callable[[], datetime],
    ) -> None:
        self._settings = settings
        self._database = database
        self._rasa = rasa
        self._urgent = urgent
        self._composer = composer
        self._clock = clock

    def find_emergency(self, conversation_id: str, request: TurnRequest) -> tuple[Signal, Reply] | None:
        """Return the fixed reply to an emergency: before the database, Rasa, limits and length are looked at."""
        detection = self._urgent.detect(request.text) if request.text else None
        if detection is None or detection.signal.level != HIGHEST or request.text is None:
            return None
        reply = self._urgent.make_reply(
            detection.signal,
            conversation_id=conversation_id,
            turn_id=request.turn_id,
            text=request.text,
            phrases=detection.language,
        )
        TURNS.labels("emergency").inc()
        return detection.signal, reply

    def record_emergency(self, conversation_id: str, turn_id: str, signal: Signal) -> None:
        """Count an emergency after its text was sent."""
        self._urgent.record(signal, conversation_id=conversation_id, turn_id=turn_id, now=self._clock())

    def answer(self, conversation_id: str, request: TurnRequest) -> Reply:
        """Return the reply to a turn; the same turn again gets the same reply.

        Raises `TextTooLong`, `InvalidInput`, `UnknownConversation`, `UnknownButton`, `TurnIsRunning` and
        `DatabaseUnavailable`; never because Rasa is down.
        """
        with timed("whole"):
            with timed("read"):
                turn = self._read(request)
            with timed("begin"):
                stored, slots, turn = self._begin(conversation_id, turn)
            if stored is not None:
                return stored
            understood = self._understand(turn, slots)
            with timed("finish"):
                return self._finish(conversation_id, turn, understood)

    def change_language(self, conversation_id: str, wanted: LanguageRequest) -> Reply:
        """Return the reply to a language that was chosen by hand; the same turn again gets the same reply.

        Raises `UnknownConversation`, `TurnIsRunning` and `DatabaseUnavailable`.
        """
        now = self._clock()
        with self._database.begin() as session:
            conversation = conversations.get_conversation(session, conversation_id)
            if known := conversations.find_reply(session, conversation_id, wanted.turn_id):
                return Reply.model_validate(known)
            if not conversations.take_turn(session, conversation_id, wanted.turn_id, now):
                raise TurnIsRunning("a message of this conversation is being answered")
            session.refresh(conversation)
            turn = Turn(wanted.turn_id)
            reply = self._composer.change_language(session, conversation, turn=turn, language=wanted.language, now=now)
            message = conversations.record_message(session, conversation_id, Said(turn_id=wanted.turn_id), now)
            conversations.finish_turn(session, conversation, message, reply.model_dump(mode="json"))
            conversation.last_turn_at = now
        return reply

    def _understand(self, turn: Turn, slots: dict[str, Any]) -> Understood | None:
        """Return what Rasa makes of the turn; `None` where it is not asked, or no help."""
        if turn.meaning is not None and "intent" not in turn.meaning:
            TURNS.labels("button").inc()
            return None
        today = to_local(self._clock()).date()
        try:
            with timed("rasa"):
                understood = self._rasa.run_turn(slots["turn_id"], slots, turn.meaning or {"text": turn.text}, today)
        except AssistantUnavailable as error:
            logger.warning("Rasa is no help: %s", error)
            TURNS.labels("without_rasa").inc()
            return None
        TURNS.labels("unsure" if understood.intent == NOT_SURE else "understood").inc()
        if turn.meaning is None:
            CONFIDENCE.observe(understood.confidence)
        return understood

    def _read(self, request: TurnRequest) -> Turn:
        """Mask what was typed and note what its raw form tells: an urgent signal, the language."""
        if request.text is None:
            return Turn(request.turn_id, request.button_id)
        detection = self._urgent.detect(request.text)
        masked = prepare(request.text, limit=self._settings.message_max_chars).masked
        return Turn(
            request.turn_id,
            text=masked,
            signal=detection.signal if detection else None,
            language=detect_language(request.text),
            safety_line=self._urgent.get_safety_line(request.text),
        )

    def _begin(self, conversation_id: str, turn: Turn) -> tuple[Reply | None, dict[str, Any], Turn]:
        """Write down what was said and take the turn.

        Return the reply at once when it has been given before, and when a person of the library has the conversation.
        """
        said = Said(turn_id=turn.turn_id, text=turn.text or None, button_id=turn.button_id)
        deadline = time.monotonic() + WAIT_FOR_TURN
        while True:
            with self._database.begin() as session:
                conversation = conversations.get_conversation(session, conversation_id)
                if known := conversations.find_reply(session, conversation_id, said.turn_id):
                    TURNS.labels("again").inc()
                    return Reply.model_validate(known), {}, turn
                if said.button_id:
                    button = conversations.get_button(session, conversation_id, said.button_id)
                    if button.used_in and (used := conversations.find_reply(session, conversation_id, button.used_in)):
                        TURNS.labels("again").inc()
                        return Reply.model_validate(used), {}, turn
                    turn = replace(turn, meaning=button.meaning)
                if conversations.take_turn(session, conversation_id, said.turn_id, self._clock()):
                    session.refresh(conversation)
                    now = self._clock()
                    message = conversations.record_message(session, conversation_id, said, now)
                    if silence := self._composer.keep_silent(session, conversation, turn=turn, now=now):
                        conversations.finish_turn(session, conversation, message, silence.model_dump(mode="json"))
                        conversation.last_turn_at = now
                        TURNS.labels("silent").inc()
                        return silence, {}, turn
                    return None, self._collect_slots(conversation, turn), turn
            if time.monotonic() > deadline:
                raise TurnIsRunning("another message of this conversation is being answered")
            time.sleep(LOOK_AGAIN)

    def _collect_slots(self, conversation: Conversation, turn: Turn) -> dict[str, Any]:
        signal = turn.signal
        return {
            **{slot: getattr(conversation, slot) for slot in KEPT_SLOTS},
            "misses": conversation.misses,
            "turn_id": make_turn_key(conversation.id, turn.turn_id),
            "library_id": conversation.library_id,
            "visit_id": conversation.visit_id,
            "language": find_language(conversation, turn.language),
            "signal": signal.id if signal else None,
            "signal_topic": signal.topic if signal and signal.level == DECIDES_TOPIC else None,
        }

    def _finish(self, conversation_id: str, turn: Turn, understood: Understood | None) -> Reply:
        """Take over the slots, make the reply, mark its card as shown and commit: only then does it leave."""
        now = self._clock()
        with self._database.begin() as session:
            conversation = conversations.get_conversation(session, conversation_id)
            reply = self._composer.compose(session, conversation, turn=turn, understood=understood, now=now)
            if turn.button_id:
                button = conversations.get_button(session, conversation_id, turn.button_id)
                button.used_in = turn.turn_id
            message = conversations.record_message(session, conversation_id, Said(turn_id=turn.turn_id), now)
            conversations.finish_turn(session, conversation, message, reply.model_dump(mode="json"))
            conversation.last_turn_at = now
        return reply
