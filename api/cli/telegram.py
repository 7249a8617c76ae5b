"""`omdehoek telegram`: the same assistant in Telegram."""

import asyncio
import logging
import signal

import typer
from telegram.error import InvalidToken

from api.app import create_app
from api.telegram.bot import TelegramDoor
from api.telegram.talk import Talk
from api.web.words import load_words
from referral.clock import read_clock
from referral.errors import InvalidInput
from referral.proposals.links import load_key
from referral.referring.knowledge import load_knowledge
from referral.settings import Settings, get_settings
from referral.telegram.service import hash_chat

app = typer.Typer(no_args_is_help=True, help="The same assistant in Telegram.")


@app.callback()
def group() -> None:
    """Keep `run` a command of its own."""


@app.command("run")
def run() -> None:
    """Answer in Telegram until it is stopped; `omdehoek run` does this when a token is set."""
    settings = get_settings()
    if not settings.telegram_token.get_secret_value():
        raise InvalidInput("no bot: ask @BotFather for a token and set OMDEHOEK_TELEGRAM_TOKEN")
    logging.basicConfig(level=logging.WARNING)
    # Its addresses hold the token.
    logging.getLogger("httpx").setLevel(logging.ERROR)
    try:
        asyncio.run(serve(settings))
    except InvalidToken as error:
        raise InvalidInput("Telegram does not know this token; look at OMDEHOEK_TELEGRAM_TOKEN") from error


async def serve(settings: Settings) -> None:
    """Bring the door up, with the parts of the chat that the web has too."""
    door = make_door(settings)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, door.stop)
    await door.run()


def make_door(settings: Settings) -> TelegramDoor:
    """Return the bot of the settings; the gateway and all that it stands on are those of the web."""
    state = create_app(settings).state
    words = load_words(settings.data_dir)
    secret = load_key(settings).raw_value
    talk = Talk(
        state.gateway,
        state.reception,
        state.database,
        words=words,
        places=load_knowledge().places,
        limits=state.limits,
        hours=settings.conversation_hours,
        clock=read_clock,
    )
    return TelegramDoor(
        talk,
        state.database,
        words=words,
        token=settings.telegram_token.get_secret_value(),
        api_url=settings.telegram_api_url,
        make_key=lambda chat_id: hash_chat(chat_id, secret),
    )
