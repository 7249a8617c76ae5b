"""Sends what comes back: each message of an answer once, also after a crash in the middle."""

import contextlib
import logging
from collections.abc import Callable
from typing import Any

from telegram import (
    Bot,
    CallbackQuery,
    Chat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    Message,
    ReplyKeyboardMarkup,
)
from telegram.constants import ChatAction, ChatType, ParseMode
from telegram.error import BadRequest, TelegramError

from api.telegram.render import Key, Part
from api.web.words import Words
from referral.clock import read_clock
from referral.db import Database
from referral.errors import Unavailable
from referral.telegram import service as telegram

logger = logging.getLogger(__name__)

CHOSEN = "✓"


class Sender:
    """One bot's way out."""

    def __init__(self, bot: Bot, words: Words) -> None:
        self._bot = bot
        self._words = words

    async def send(self, chat: Chat, part: Part) -> None:
        """Send one message."""
        if part.venue is not None:
            venue = part.venue
            await self._bot.send_venue(
                chat.id, venue.latitude, venue.longitude, title=venue.title, address=venue.address
            )
            return
        rows = [[_make_button(key) for key in row] for row in part.keys]
        await self._bot.send_message(
            chat.id,
            part.text,
            parse_mode=ParseMode.HTML,
            reply_markup=InlineKeyboardMarkup(rows) if rows else None,
            disable_web_page_preview=True,
        )

    async def ask_place(self, chat: Chat, language: str) -> None:
        """Offer to share the place; Telegram has that only as a keyboard, and only in a chat of two."""
        if chat.type != ChatType.PRIVATE:
            return
        keyboard = ReplyKeyboardMarkup(
            [[KeyboardButton(self._words.get_text("telegram_share_place", language), request_location=True)]],
            resize_keyboard=True,
            one_time_keyboard=True,
        )
        await self._bot.send_message(
            chat.id, self._words.get_text("telegram_or_share", language), reply_markup=keyboard
        )

    async def show_choice(self, query: CallbackQuery) -> None:
        """Take the buttons away and leave the one that was pressed; a message too old to change stays as it is."""
        try:
            await query.answer()
            message = query.message
            if isinstance(message, Message) and message.reply_markup is not None:
                rows = message.reply_markup.inline_keyboard
                chosen = next((key for row in rows for key in row if key.callback_data == query.data), None)
                left = [links for row in rows if (links := [key for key in row if key.url])]
                if chosen is not None and not chosen.text.startswith(CHOSEN):
                    left.append([InlineKeyboardButton(f"{CHOSEN} {chosen.text}", callback_data="-")])
                await query.edit_message_reply_markup(InlineKeyboardMarkup(left))
        except BadRequest as error:
            logger.info("a choice could not be shown: %s", error.message)

    async def show_typing(self, chat: Chat) -> None:
        """Show that an answer is being made; where that does not work nothing is lost."""
        with contextlib.suppress(TelegramError):
            await self._bot.send_chat_action(chat.id, ChatAction.TYPING)


class Taken:
    """Which updates were answered, and how far.

    While the database is away an answer is sent all the same: an emergency has to be told.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, update_id: int) -> int | None:
        """Return how many messages of the answer left already; `None` when all did."""
        try:
            with self._database.begin() as session:
                return telegram.begin_update(session, update_id, read_clock())
        except Unavailable:
            return 0

    def note(self, update_id: int, sent: int) -> None:
        self._write(lambda session: telegram.note_sent(session, update_id, sent))

    def finish(self, update_id: int) -> None:
        self._write(lambda session: telegram.finish_update(session, update_id))

    def _write(self, action: Callable[[Any], None]) -> None:
        try:
            with self._database.begin() as session:
                action(session)
        except Unavailable as error:
            logger.warning("what was sent could not be written down: %s", error.code)


def _make_button(key: Key) -> InlineKeyboardButton:
    if key.url:
        return InlineKeyboardButton(key.label, url=key.url)
    return InlineKeyboardButton(key.label, callback_data=key.data)
