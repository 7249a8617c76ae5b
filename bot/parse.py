"""`python -m bot.parse`: understands JSON Lines `{"text"}` on stdin and writes what it saw, in order, on stdout.

The same model and the same understanding as the channel, without a server and without a conversation.
"""

import asyncio
import json
import sys
from typing import TextIO

from rasa.core.agent import Agent

from bot.channels.door import escape_intent, select_understanding
from bot.models import check_domain
from bot.train import train_model


async def parse_lines(agent: Agent, lines: TextIO, out: TextIO) -> None:
    for line in lines:
        parsed = await agent.parse_message(escape_intent(json.loads(line)["text"]))
        out.write(json.dumps(select_understanding(parsed), ensure_ascii=False) + "\n")
        out.flush()


def main() -> None:
    out, sys.stdout = sys.stdout, sys.stderr  # training and Rasa print; only results go out
    agent = Agent.load(train_model())
    check_domain(agent.domain)
    asyncio.run(parse_lines(agent, sys.stdin, out))


if __name__ == "__main__":
    main()
