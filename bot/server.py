"""`python -m bot.server`: Rasa on loopback, with our one channel and without its own API."""

import os
import sys
from asyncio import AbstractEventLoop

import structlog
from rasa.core.run import serve_application
from rasa.core.utils import AvailableEndpoints
from rasa.shared.utils.cli import print_error
from rasa.utils.common import configure_logging_and_warnings
from sanic import Sanic

from bot.content import ROOT
from bot.models import ModelLacksTopics, check_domain, locate_model
from bot.speed import speed_up

LOG_LEVEL = 30  # warnings: lower levels of Rasa log what people typed


async def check_agent(app: Sanic, loop: AbstractEventLoop) -> None:
    """Stop at start-up when Rasa came up without a model (it only logs that), and warm it up."""
    agent = app.ctx.agent
    if agent is None or not agent.is_ready():
        raise ModelLacksTopics("Rasa started without a model")
    check_domain(agent.domain)
    await agent.parse_message("goedendag")  # the first message would wait for what is loaded lazily


def run_server() -> None:
    path = locate_model()
    if not path.exists():
        raise ModelLacksTopics("no model for this content; run `make train`")
    configure_logging_and_warnings(log_level=LOG_LEVEL, warn_only_once=True, filter_repeated_logs=True)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(LOG_LEVEL))
    speed_up()
    serve_application(
        str(path),
        interface="127.0.0.1",
        port=int(os.environ.get("OMDEHOEK_RASA_PORT", "5005")),
        credentials=str(ROOT / "bot" / "credentials.yml"),
        endpoints=AvailableEndpoints.read_endpoints(str(ROOT / "bot" / "endpoints.yml")),
        enable_api=False,
        response_timeout=30,
        server_listeners=[(check_agent, "after_server_start")],
    )


if __name__ == "__main__":
    os.environ.setdefault("OMDEHOEK_ACTIONS_PORT", "5055")
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ["RASA_MAX_CACHE_SIZE"] = "0"
    try:
        run_server()
    except ModelLacksTopics as error:
        print_error(str(error))
        sys.exit(1)
