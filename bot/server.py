"""`python -m bot.server`: Rasa on loopback, with our one channel and without its own API; several processes of it."""

import asyncio
import os
import socket
import sys

from rasa.core.agent import Agent, load_agent
from rasa.core.run import configure_app, create_http_input_channels
from rasa.core.utils import AvailableEndpoints
from rasa.shared.utils.cli import print_error

from bot import logs
from bot.content import ROOT
from bot.keeper import keep
from bot.models import ModelLacksTopics, check_domain, locate_model
from bot.speed import speed_up

FIRST_PORT = "5005"
# As `rasa_processes` of the door (referral/settings.py).
PROCESSES = "2"
RESPONSE_SECONDS = 30


async def load_checked_agent() -> Agent:
    """Return Rasa with its model, warmed up; raise `ModelLacksTopics` where Rasa itself would go on without one."""
    path = locate_model()
    if not path.exists():
        raise ModelLacksTopics("no model for this content; run `make train`")
    endpoints = AvailableEndpoints.read_endpoints(str(ROOT / "bot" / "endpoints.yml"))
    agent = await load_agent(str(path), endpoints=endpoints)
    if not agent.is_ready():
        raise ModelLacksTopics("Rasa started without a model")
    check_domain(agent.domain)
    await agent.parse_message("goedendag")  # the first message would wait for what is loaded lazily
    return agent


def run_server() -> None:
    logs.set_up()
    speed_up()
    agent = asyncio.run(load_checked_agent())

    def serve(port: socket.socket) -> None:
        channels = create_http_input_channels(None, str(ROOT / "bot" / "credentials.yml"))
        app = configure_app(channels, enable_api=False, response_timeout=RESPONSE_SECONDS)
        app.ctx.agent = agent
        app.run(sock=port)

    first = int(os.environ.get("OMDEHOEK_RASA_PORT", FIRST_PORT))
    keep(serve, range(first, first + int(os.environ.get("OMDEHOEK_RASA_PROCESSES", PROCESSES))))


if __name__ == "__main__":
    os.environ.setdefault("OMDEHOEK_ACTIONS_PORT", "5055")
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ["RASA_MAX_CACHE_SIZE"] = "0"
    try:
        run_server()
    except ModelLacksTopics as error:
        print_error(str(error))
        sys.exit(1)
