"""Takes updates of Telegram and sends what comes back: in order for each chat, each message once.

An update counts as taken only when its answer has left: the next question for updates confirms it
(https://core.telegram.org/bots/api#getupdates), or our answer to Telegram when it brought it (`webhook`). How many
messages of an answer have left is written down after each, so after a crash at most the one message comes twice whose
sending could not be written down any more.
"""

import asyncio
import contextlib
import logging
import os
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from telegram import BotCommand, Chat, Message, Update
from telegram.constants import ChatType
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.ext import AIORateLimiter, Application, ApplicationBuilder, ContextTypes, TypeHandler

from api.telegram.asker import Asker
from api.telegram.follow_ups import FollowUps
from api.telegram.sender import Sender, Taken
from api.telegram.talk import Answer, Incoming, Talk
from api.telegram.webhook import Webhook, make_webhook_app, serve_until
from api.telegram.window import Window
from api.web.words import Words
from referral.db import Database
from referral.errors import Unavailable

logger = logging.getLogger(__name__)

# The library's own rate limiter reads `RetryAfter.retry_after` in the new way then, without a warning.
os.environ.setdefault("PTB_TIMEDELTA", "true")

COMMANDS = ("opnieuw", "taal", "help", "privacy", "stop")
# Updates that are answered at the same time, each of another chat.
AT_ONCE = 8
# Seconds: how long Telegram waits for something new, and the pauses after a failure.
LONG_POLL = 25
# While an update is in hand Telegram gives that one at once: so we do not ask all the time.
LOOK_AGAIN = 0.2
PAUSES = (1.0, 2.0, 5.0, 10.0, 30.0)
# How often the rate limiter waits and sends again when Telegram says that it goes too fast.
RETRIES = 5
# How often an update is tried that the database or the network kept from being answered, before we excuse ourselves.
TRIES = 4
# Seconds between two looks at who agreed to be asked by now whether it helped.
LOOK_AT_FOLLOW_UPS = 60.0
WANTED = [Update.MESSAGE, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER]


class TelegramDoor:
    """One bot. `make_key` turns the id of a chat into its hash; `close` ends what it stands on."""

    def __init__(
        self,
        talk: Talk,
        database: Database,
        *,
        words: Words,
        token: str,
        api_url: str,
        make_key: Callable[[int], str],
        close: Callable[[], None],
        follow_ups: FollowUps,
        webhook: Webhook | None = None,
        look_every: float = LOOK_AT_FOLLOW_UPS,
    ) -> None:
        self._talk = talk
        self._taken = Taken(database)
        self._words = words
        self._make_key = make_key
        self._stopped = asyncio.Event()
        self._window = Window()
        self._last: dict[int, asyncio.Task[None]] = {}
        self._close = close
        self._webhook = webhook
        self._room = asyncio.Semaphore(AT_ONCE)
        builder = ApplicationBuilder().token(token).updater(None).rate_limiter(AIORateLimiter(max_retries=RETRIES))
        self.application: Application[Any, Any, Any, Any, Any, Any] = (
            builder.base_url(f"{api_url.rstrip('/')}/bot").concurrent_updates(False).build()
        )
        self._sender = Sender(self.application.bot, words)
        self._asker = Asker(follow_ups, self._sender, forget=talk.forget, pause=look_every)
        self.application.add_handler(TypeHandler(Update, self._handle))
        self.application.add_error_handler(self._keep_error)
        self._errors: dict[int, Exception] = {}

    # ── getting updates ───────────────────────────────────────────────────────

    async def run(self) -> None:
        """Take updates until `stop`; raise `InvalidToken` when Telegram does not know the bot."""
        await self._until_it_works(self.application.initialize)
        try:
            await self._until_it_works(self._introduce)
            asking = asyncio.create_task(self._asker.run(self._stopped))
            if self._webhook is None:
                await self._fetch()
            else:
                app = make_webhook_app(self._receive, bot=self.application.bot, secret=self._webhook.secret)
                await serve_until(self._stopped, app, port=self._webhook.port)
            await asyncio.gather(asking, *self._last.values())
        finally:
            await self.application.shutdown()
            self._close()

    def stop(self) -> None:
        """Stop after the updates that are being answered."""
        self._stopped.set()

    async def _fetch(self) -> None:
        while not self._stopped.is_set():
            updates = await self._until_it_works(self._get_updates)
            fresh = [update for update in updates if self._window.take(update.update_id)]
            for update in fresh:
                self._line_up(update)
            if updates and not fresh:
                await self._rest(LOOK_AGAIN)

    async def _receive(self, update: Update) -> bool:
        """Answer an update that Telegram brought; return whether it is over, so that it need not come again."""
        if self._window.take(update.update_id):
            self._line_up(update)
        while (task := self._last.get(_get_chat(update))) and not self._window.is_over(update.update_id):
            await asyncio.wait([task])
        return self._window.is_over(update.update_id)

    def _line_up(self, update: Update) -> None:
        """Have an update answered after those of its chat; several chats are answered side by side."""
        chat = _get_chat(update)
        task = asyncio.create_task(self._take_after(self._last.get(chat), update))
        self._last[chat] = task
        task.add_done_callback(partial(self._step_back, chat))

    def _step_back(self, chat: int, done: "asyncio.Task[None]") -> None:
        if self._last.get(chat) is done:
            del self._last[chat]

    async def _take_after(self, previous: "asyncio.Task[None] | None", update: Update) -> None:
        if previous is not None:
            await asyncio.wait([previous])
        async with self._room:
            if await self._take(update):
                self._window.finish(update.update_id)

    async def _take(self, update: Update) -> bool:
        """Answer an update; try again while a part of ours or the network is away, then excuse ourselves.

        Return whether it is over; where we are stopped in between, it comes again.
        """
        for pause in PAUSES[:TRIES]:
            if self._stopped.is_set():
                return False
            await self.application.process_update(update)
            error = self._errors.pop(update.update_id, None)
            if error is None:
                return True
            # `BadRequest` is a `NetworkError` there, and stays wrong however often it is sent.
            if not isinstance(error, (Unavailable, NetworkError, RetryAfter)) or isinstance(error, BadRequest):
                break
            await self._rest(pause)
        logger.error("an update could not be answered: %s", type(error).__name__)
        if update.effective_chat:
            await self._excuse(update.effective_chat, self._read(update))
        return True

    async def _excuse(self, chat: Chat, incoming: Incoming) -> None:
        answer = await asyncio.to_thread(self._talk.excuse, incoming)
        try:
            await self._sender.send(chat, answer.parts[0])
        except TelegramError as error:
            logger.error("nor could that be said: %s", type(error).__name__)

    async def _get_updates(self) -> Sequence[Update]:
        poll = asyncio.ensure_future(
            self.application.bot.get_updates(
                offset=self._window.offset, timeout=LONG_POLL if self._window.is_empty else 0, allowed_updates=WANTED
            )
        )
        stopped = asyncio.ensure_future(self._stopped.wait())
        done, waiting = await asyncio.wait({poll, stopped}, return_when=asyncio.FIRST_COMPLETED)
        for task in waiting:
            task.cancel()
        return poll.result() if poll in done else ()

    async def _introduce(self) -> None:
        """Tell Telegram which commands there are, in each language that we speak, and how we want our updates."""
        bot = self.application.bot
        if self._webhook is None:
            await bot.delete_webhook()
        else:
            await bot.set_webhook(
                self._webhook.url,
                allowed_updates=WANTED,
                max_connections=AT_ONCE,
                secret_token=self._webhook.secret,
            )
        for language, texts in self._words.texts.items():
            named = [BotCommand(name, texts[f"telegram_command_{name}"]) for name in COMMANDS]
            await bot.set_my_commands(named, language_code=None if language == "nl" else language)

    async def _until_it_works(self, action: Callable[[], Any]) -> Any:
        """Do something with Telegram until it works or we stop; a wrong token never does."""
        number = 0
        while True:
            try:
                return await action()
            except InvalidToken:
                raise
            except TelegramError as error:
                logger.warning("Telegram does not answer: %s", type(error).__name__)
                await self._rest(PAUSES[min(number, len(PAUSES) - 1)])
                number += 1
                if self._stopped.is_set():
                    return ()

    async def _rest(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._stopped.wait(), seconds)

    # ── one update ────────────────────────────────────────────────────────────

    async def _keep_error(self, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        if isinstance(update, Update) and context.error is not None:
            self._errors[update.update_id] = context.error

    async def _handle(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        chat = update.effective_chat
        if chat is None:
            return
        sent = await asyncio.to_thread(self._taken.begin, update.update_id)
        if sent is None:
            return
        incoming = self._read(update, sent)
        if update.my_chat_member is not None:
            if update.my_chat_member.new_chat_member.status in ("kicked", "left"):
                await asyncio.to_thread(self._talk.forget, incoming.chat_key)
            return
        answer = await self._ask(update, incoming)
        if answer is not None:
            await self._send(chat, incoming, answer)

    async def _send(self, chat: Chat, incoming: Incoming, answer: Answer) -> None:
        """Send what has not left yet; who blocked us is forgotten."""
        try:
            for number, part in enumerate(answer.parts[incoming.sent :], start=incoming.sent + 1):
                await self._sender.send(chat, part)
                await asyncio.to_thread(self._taken.note, incoming.update_id, number)
            if answer.asks_place:
                await self._sender.ask_place(chat, answer.language)
        except Forbidden:
            await asyncio.to_thread(self._talk.forget, incoming.chat_key)
        if answer.background:
            await asyncio.to_thread(answer.background)
        await asyncio.to_thread(self._taken.finish, incoming.update_id)

    async def _ask(self, update: Update, incoming: Incoming) -> Answer | None:
        """Return what is to be said to an update; nothing to what is not for us."""
        if update.callback_query is not None:
            await self._sender.show_choice(update.callback_query)
            return await asyncio.to_thread(self._talk.press, incoming, update.callback_query.data or "")
        message = update.message
        text = self._find_text(message) if message else None
        if message is None or text is None:
            return None
        await self._sender.show_typing(message.chat)
        return await self._hear(message, text, incoming)

    async def _hear(self, message: Message, text: str, incoming: Incoming) -> Answer:
        if message.location is not None:
            point = (message.location.latitude, message.location.longitude)
            return await asyncio.to_thread(self._talk.share_place, incoming, point)
        if not text:
            return await asyncio.to_thread(self._talk.say_only_text, incoming)
        if text.startswith("/"):
            return await asyncio.to_thread(self._do_command, incoming, text)
        return await asyncio.to_thread(self._talk.say, incoming, text)

    def _do_command(self, incoming: Incoming, text: str) -> Answer:
        command, _, rest = text.partition(" ")
        match command[1:].partition("@")[0].lower():
            case "start":
                return self._talk.start(incoming, rest.strip())
            case "opnieuw":
                return self._talk.start(incoming, "")
            case "stop":
                return self._talk.stop(incoming)
            case "taal" | "help" | "privacy" as named:
                return self._talk.tell(incoming, named)
            case _:
                return self._talk.say(incoming, text)

    def _find_text(self, message: Message) -> str | None:
        """Return what was said, empty for what is no text; `None` in a group when we were not spoken to."""
        text = message.text or message.caption or ""
        if message.chat.type == ChatType.PRIVATE:
            return text
        name = f"@{self.application.bot.username}"
        answered = message.reply_to_message.from_user if message.reply_to_message else None
        is_ours = answered is not None and answered.id == self.application.bot.id
        if not is_ours and name.lower() not in text.lower():
            return None
        return " ".join(word for word in text.split(" ") if word.lower() != name.lower()) or None

    def _read(self, update: Update, sent: int = 0) -> Incoming:
        user, chat = update.effective_user, update.effective_chat
        return Incoming(
            update_id=update.update_id,
            sent=sent,
            chat_key=self._make_key(chat.id if chat else 0),
            chat_id=chat.id if chat and chat.type == ChatType.PRIVATE else 0,
            language=(user.language_code if user else None) or "nl",
        )


def _get_chat(update: Update) -> int:
    return update.effective_chat.id if update.effective_chat else 0
