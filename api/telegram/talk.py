"""What an update of Telegram means to the chat, and what comes back: the same conversation as on the web.

Knows nothing of Telegram's own objects; every function may take long and runs in a thread.
"""

import contextlib
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from api.chat.gateway import Gateway
from api.chat.schemas import HelpedRequest, LanguageRequest, Reply, StartRequest, TurnRequest
from api.chat.start import Reception
from api.telegram.follow_ups import FollowUps
from api.telegram.render import AGREE, ANSWER, HELPED, PRESS, Key, Part, render_reply
from api.web.limits import Limits
from api.web.words import Words
from referral.campaigns import find_campaign
from referral.conversations import service as conversations
from referral.db import Database
from referral.errors import (
    InvalidInput,
    LinkExpired,
    NotFound,
    OmDeHoekError,
    TextTooLong,
    TooManyRequests,
    UnknownConversation,
)
from referral.feedback.slips import Helped
from referral.language.registry import ALL, DUTCH
from referral.matching.distance import Point, measure_distance
from referral.places.table import PlaceTable
from referral.telegram import service as telegram

logger = logging.getLogger(__name__)

LOCATION = "loc_"
LANGUAGE = "l"
# The texts of a command that only tells something.
TELLING = {"help": "telegram_help", "privacy": "telegram_privacy"}


@dataclass(frozen=True, slots=True)
class Incoming:
    """`chat_key` is the hash of the chat; `language` is what Telegram says of the person's own settings.

    `chat_id` is the chat itself, for who agrees to be asked later; 0 in a group. `sent`: how many messages of the
    answer left already, before we were cut off.
    """

    update_id: int
    chat_key: str
    chat_id: int = 0
    sent: int = 0
    language: str = "nl"


@dataclass(frozen=True, slots=True)
class Answer:
    """`asks_place`: the citizen may share where they are. `background` is done after the messages left."""

    parts: list[Part]
    language: str
    asks_place: bool = False
    background: Callable[[], None] | None = None


class Talk:
    """One object a process, used by many threads. `languages` are the names of all that the chat has, by code."""

    def __init__(
        self,
        gateway: Gateway,
        reception: Reception,
        database: Database,
        *,
        words: Words,
        places: PlaceTable,
        limits: Limits,
        hours: int,
        languages: Mapping[str, str],
        follow_ups: FollowUps,
        clock: Callable[[], datetime],
    ) -> None:
        self._gateway = gateway
        self._reception = reception
        self._database = database
        self._words = words
        self._places = places
        self._limits = limits
        self._hours = hours
        self._languages = languages
        self._follow_ups = follow_ups
        self._clock = clock

    # ── what people do ────────────────────────────────────────────────────────

    def start(self, incoming: Incoming, payload: str) -> Answer:
        """Begin a conversation; `payload` is what a link carried: a partner's location, or a campaign."""
        if incoming.sent:
            conversation_id = self._find_conversation(incoming)
            return self._show(self._reception.find_back(conversation_id).replies[0], incoming)
        try:
            self._limits.check_conversation(incoming.chat_key)
        except TooManyRequests as error:
            return self._say("too_fast", self._find_language(incoming), seconds=error.retry_after)
        self._erase(incoming.chat_key)
        wanted: dict[str, Any] = {}
        if payload.startswith(LOCATION):
            wanted["location"] = payload.removeprefix(LOCATION) or None
        elif campaign := find_campaign(payload):
            wanted["campaign"] = campaign
        return self._open(incoming, wanted)

    def say(self, incoming: Incoming, text: str) -> Answer:
        """Say something. An emergency gets its text before anything else is looked at, the database too."""
        turn = TurnRequest(turn_id=make_turn_id(incoming), text=text)
        if emergency := self._gateway.find_emergency("none", turn):
            signal, reply = emergency
            record = self._record_emergency(incoming, turn.turn_id, signal)
            return Answer(render_reply(reply, self._words), reply.language, background=record)
        return self._take(incoming, turn)

    def press(self, incoming: Incoming, data: str) -> Answer | None:
        """Press a button; `None` for one that means nothing (any more)."""
        kind, _, rest = data.partition(":")
        if kind == PRESS and 0 < len(rest) <= 64:
            return self._take(incoming, TurnRequest(turn_id=make_turn_id(incoming), button_id=rest))
        if kind == LANGUAGE and rest in self._languages:
            return self._switch(incoming, rest)
        if kind == HELPED:
            return self._note_helped(incoming, *rest.split(":", 1))
        if kind == AGREE:
            return self._agree(incoming, rest)
        if kind == ANSWER:
            return self._take_answer(incoming, *rest.split(":", 1))
        return None

    def share_place(self, incoming: Incoming, point: Point) -> Answer:
        """Take the nearest town for the citizen's place; the point itself is kept nowhere."""
        places = (place for named in self._places.names.values() for place in named if place.point)
        nearest = min(places, key=lambda place: measure_distance(point, place.point or point))
        return self.say(incoming, nearest.label or nearest.name)

    def tell(self, incoming: Incoming, command: str) -> Answer:
        """Tell what a command asks for: help, privacy, the languages."""
        language = self._find_language(incoming)
        if command == "taal":
            keys = [[Key(name, data=f"{LANGUAGE}:{code}")] for code, name in self._languages.items()]
            return Answer([Part(self._words.get_text("telegram_language", language), keys)], language)
        return self._say(TELLING[command], language, hours=self._hours)

    def say_only_text(self, incoming: Incoming) -> Answer:
        """Say that we can read nothing but text (a photograph of a letter is full of personal data)."""
        return self._say("telegram_only_text", self._find_language(incoming))

    def stop(self, incoming: Incoming) -> Answer:
        """Erase everything at once."""
        language = self._find_language(incoming)
        self.forget(incoming.chat_key)
        return self._say("telegram_stopped", language)

    def forget(self, chat_key: str) -> None:
        """Keep nothing of a chat, what it agreed to neither: somebody stopped, or blocked us."""
        self._follow_ups.forget(chat_key)
        self._erase(chat_key)

    def excuse(self, incoming: Incoming) -> Answer:
        """Say that it did not work."""
        return self._say("error", self._find_language(incoming))

    # ── how it is done ────────────────────────────────────────────────────────

    def _take(self, incoming: Incoming, turn: TurnRequest) -> Answer:
        """Take a turn; what the door refuses is said in words."""
        try:
            return self._take_turn(incoming, turn)
        except UnknownConversation:
            # It was deleted after its hours: a button of it means nothing any more, a text begins a new one.
            opened = self._open(incoming, {})
            return opened if turn.button_id is not None else self._take_turn(incoming, turn)
        except TooManyRequests as error:
            return self._say("too_fast", self._find_language(incoming), seconds=error.retry_after)
        except (InvalidInput, NotFound) as error:
            key = "too_long" if isinstance(error, TextTooLong) else "unknown_button"
            return self._say(key, self._find_language(incoming))

    def _take_turn(self, incoming: Incoming, turn: TurnRequest) -> Answer:
        conversation_id = self._find_conversation(incoming)
        self._limits.check_turn(conversation_id)
        return self._show(self._gateway.answer(conversation_id, turn), incoming)

    def _show(self, reply: Reply, incoming: Incoming) -> Answer:
        days = self._follow_ups.days if incoming.chat_id else 0
        parts = render_reply(reply, self._words, follow_up_days=days)
        with self._database.begin() as session:
            conversation = conversations.get_conversation(session, reply.conversation_id)
            asks_place = conversation.awaiting == "place"
            telegram.keep_chat(
                session,
                incoming.chat_key,
                conversation_id=conversation.id,
                language=conversation.language,
                now=self._clock(),
            )
        return Answer(parts, reply.language, asks_place=asks_place)

    def _find_conversation(self, incoming: Incoming) -> str:
        """Return the conversation of the chat; begin one for who writes without `/start`."""
        with self._database.read() as session:
            chat = telegram.find_chat(session, incoming.chat_key)
            known = chat.conversation_id if chat else None
        if known is not None:
            return known
        wanted = StartRequest(channel="telegram", language=pick_language(incoming.language))
        return self._reception.open(wanted, keep=self._keep(incoming, wanted)).conversation_id

    def _open(self, incoming: Incoming, wanted: dict[str, Any]) -> Answer:
        language = pick_language(incoming.language)
        try:
            request = StartRequest(channel="telegram", language=language, **wanted)
        except ValueError:  # a link that somebody made themselves
            request = StartRequest(channel="telegram", language=language)
        opened = self._reception.open(request, keep=self._keep(incoming, request))
        return self._show(opened.replies[0], incoming)

    @staticmethod
    def _keep(incoming: Incoming, wanted: StartRequest) -> Callable[[Session, str, datetime], None]:
        """Return what keeps which chat a conversation is of: cut off in between, nobody would find it back."""

        def keep(session: Session, conversation_id: str, now: datetime) -> None:
            telegram.keep_chat(
                session, incoming.chat_key, conversation_id=conversation_id, language=wanted.language, now=now
            )

        return keep

    def _erase(self, chat_key: str) -> None:
        with self._database.begin() as session:
            known = telegram.forget_chat(session, chat_key)
        if known is not None:
            with contextlib.suppress(UnknownConversation):  # gone by itself
                self._reception.erase(known)

    def _switch(self, incoming: Incoming, language: str) -> Answer:
        """Go on in the language that was chosen; no message changes it."""
        wanted = LanguageRequest(turn_id=make_turn_id(incoming), language=language)
        try:
            reply = self._gateway.change_language(self._find_conversation(incoming), wanted)
        except UnknownConversation:  # it was deleted after its hours
            return self._open(replace(incoming, language=language), {})
        return self._show(reply, incoming)

    def _note_helped(self, incoming: Incoming, helped: str, slip: str = "") -> Answer | None:
        with self._database.read() as session:
            chat = telegram.find_chat(session, incoming.chat_key)
            known = chat.conversation_id if chat else ""
        try:
            said = HelpedRequest.model_validate({"turnId": make_turn_id(incoming), "slip": slip, "helped": helped})
            self._reception.note_helped(known, said)
        except (ValueError, OmDeHoekError):
            return None
        return self._say("page_helped_thanks", self._find_language(incoming))

    def _agree(self, incoming: Incoming, slip: str) -> Answer | None:
        if not incoming.chat_id or not self._follow_ups.days:
            return None
        language = self._find_language(incoming)
        try:
            self._follow_ups.agree(incoming.chat_key, incoming.chat_id, slip=slip, language=language)
        except LinkExpired:
            return self._say("unknown_button", language)
        return self._say("telegram_follow_up_agreed", language, days=self._follow_ups.days)

    def _take_answer(self, incoming: Incoming, helped: str, slip: str = "") -> Answer | None:
        """Say what belongs to an answer of some days later, in the language of then."""
        turn_id = make_turn_id(incoming)
        try:
            asked = self._follow_ups.take_answer(incoming.chat_key, slip=slip, helped=helped, turn_id=turn_id)
        except InvalidInput:
            return None
        if asked is None:
            return self._say("telegram_follow_up_over", self._find_language(incoming))
        return self._say("telegram_follow_up_no" if helped == Helped.NO else "page_helped_thanks", asked)

    def _record_emergency(self, incoming: Incoming, turn_id: str, signal: Any) -> Callable[[], None]:
        def record() -> None:
            try:
                with self._database.read() as session:
                    chat = telegram.find_chat(session, incoming.chat_key)
                    known = chat.conversation_id if chat else "none"
            except OmDeHoekError:
                known = "none"
            self._gateway.record_emergency(known, turn_id, signal)

        return record

    def _find_language(self, incoming: Incoming) -> str:
        try:
            with self._database.read() as session:
                chat = telegram.find_chat(session, incoming.chat_key)
                return chat.language if chat else pick_language(incoming.language)
        except OmDeHoekError:
            return pick_language(incoming.language)

    def _say(self, key: str, language: str, **values: Any) -> Answer:
        return Answer([Part(self._words.get_text(key, language, **values))], language)


def make_turn_id(incoming: Incoming) -> str:
    """Return the id of the turn: the same update is answered once, however often it comes."""
    return f"telegram-{incoming.update_id}"


def pick_language(code: str) -> str:
    """Return what we speak with somebody whose device is set to this language (IETF tag)."""
    return code[:2] if code[:2] in ALL else DUTCH
