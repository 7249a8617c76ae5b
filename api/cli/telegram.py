"""`omdehoek telegram`: the same assistant in Telegram."""

import asyncio
import logging
import signal
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from api.app import create_app
from api.telegram.bot import LOOK_AT_FOLLOW_UPS, TelegramDoor
from api.telegram.follow_ups import FollowUps
from api.telegram.poster import make_link, make_poster
from api.telegram.talk import Talk
from api.telegram.webhook import PATH, Webhook, make_secret
from api.web.words import load_words
from referral.clock import read_clock
from referral.db import Database
from referral.directory.search import get_location
from referral.errors import InvalidInput
from referral.language.registry import load_languages
from referral.logs import set_up_logging
from referral.proposals.links import load_key
from referral.referring.knowledge import load_knowledge
from referral.settings import Settings, get_settings
from referral.telegram.service import hash_chat

app = typer.Typer(no_args_is_help=True, help="The same assistant in Telegram.")


@app.command("run")
def run() -> None:
    """Answer in Telegram until it is stopped; `omdehoek run` does this when a token is set."""
    settings = get_settings()
    if not settings.telegram_token.get_secret_value():
        raise InvalidInput("no bot: ask @BotFather for a token and set OMDEHOEK_TELEGRAM_TOKEN")
    set_up_logging("telegram")
    # Its addresses hold the token.
    logging.getLogger("httpx").setLevel(logging.ERROR)
    try:
        asyncio.run(serve(settings))
    except InvalidToken as error:
        raise InvalidInput("Telegram does not know this token; look at OMDEHOEK_TELEGRAM_TOKEN") from error


@app.command("qr")
def qr(
    location: Annotated[str, typer.Option(help="id of the location in the directory where it will hang")],
    out: Annotated[Path, typer.Option(help="the PDF")] = Path("poster.pdf"),
    bot: Annotated[str, typer.Option(help="name of the bot, like omdehoek_bot; Telegram is asked when left out")] = "",
) -> None:
    """Make the poster for a partner's location: A4, with a QR code that opens the chat there."""
    settings = get_settings()
    database = Database(settings.get_database_url())
    with database.read() as session:
        entry = get_location(session, location)
    database.dispose()
    name = bot or asyncio.run(ask_name(settings))
    poster = make_poster(entry, bot=name, words=load_words(settings.data_dir))
    try:
        out.write_bytes(poster)
    except OSError as error:
        raise InvalidInput(f"cannot write {out}: {error.strerror}") from error
    typer.echo(make_link(name, location))
    typer.echo(out)


async def ask_name(settings: Settings) -> str:
    """Return what the bot is called, as Telegram says; raise `InvalidInput` when it cannot."""
    token = settings.telegram_token.get_secret_value()
    if not token:
        raise InvalidInput("say the name of the bot with --bot, or set OMDEHOEK_TELEGRAM_TOKEN")
    try:
        async with Bot(token, base_url=f"{settings.telegram_api_url.rstrip('/')}/bot") as asked:
            return asked.username
    except TelegramError as error:
        raise InvalidInput("Telegram does not tell the name of the bot; say it with --bot") from error


async def serve(settings: Settings) -> None:
    """Bring the door up, with the parts of the chat that the web has too."""
    door = make_door(settings)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, door.stop)
    await door.run()


def make_door(
    settings: Settings, *, clock: Callable[[], datetime] = read_clock, look_every: float = LOOK_AT_FOLLOW_UPS
) -> TelegramDoor:
    """Return the bot of the settings; the gateway and all that it stands on are those of the web."""
    state = create_app(settings).state
    words = load_words(settings.data_dir)
    secret = load_key(settings).raw_value
    follow_ups = FollowUps(
        state.database,
        state.reception,
        words=words,
        secret=secret,
        days=settings.telegram_follow_up_days,
        clock=clock,
    )
    talk = Talk(
        state.gateway,
        state.reception,
        state.database,
        words=words,
        places=load_knowledge().places,
        limits=state.limits,
        hours=settings.conversation_hours,
        languages={code: one.name for code, one in load_languages(settings.data_dir).languages.items()},
        follow_ups=follow_ups,
        clock=clock,
    )

    def close() -> None:
        state.rasa.close()
        state.database.dispose()

    return TelegramDoor(
        talk,
        state.database,
        words=words,
        token=settings.telegram_token.get_secret_value(),
        api_url=settings.telegram_api_url,
        make_key=lambda chat_id: hash_chat(chat_id, secret),
        close=close,
        follow_ups=follow_ups,
        webhook=_make_webhook(settings, secret),
        look_every=look_every,
    )


def _make_webhook(settings: Settings, key: bytes) -> Webhook | None:
    url = settings.telegram_webhook_url
    if not url:
        return None
    if not (url.startswith("https://") and url.endswith(PATH)):
        raise InvalidInput(f"OMDEHOEK_TELEGRAM_WEBHOOK_URL must be https and end in {PATH}")
    return Webhook(url, settings.telegram_webhook_port, make_secret(key))
