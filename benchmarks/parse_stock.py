"""In Rasa's environment: JSON texts on stdin, the intent ranking of a stock model on stdout, a line each."""

import asyncio
import json
import sys
from typing import TextIO

from rasa.core.agent import Agent


async def parse_lines(agent: Agent, out: TextIO) -> None:
    for line in sys.stdin:
        parsed = await agent.parse_message(json.loads(line).lstrip("/") or "?")
        ranking = [[row["name"], row["confidence"]] for row in parsed["intent_ranking"]]
        out.write(json.dumps([row for row in ranking if row[0] != "nlu_fallback"]) + "\n")


if __name__ == "__main__":
    result, sys.stdout = sys.stdout, sys.stderr
    asyncio.run(parse_lines(Agent.load(sys.argv[1]), result))
