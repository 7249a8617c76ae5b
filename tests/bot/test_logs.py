"""What Rasa tells is JSON like the lines of every part, and has nothing of what anybody typed."""

import json
import subprocess
import sys

from bot.content import ROOT

TYPED = "111222333"
TOLD = f"""
import logging, structlog
from bot import logs
logs.set_up()
structlog.get_logger("rasa.core.processor").warning("processor.fallback", text="{TYPED}", event_info="{TYPED}")
structlog.get_logger("rasa.core.processor").info("processor.message.parse", text="{TYPED}")
logging.getLogger("rasa.core").info("{TYPED}")
logging.getLogger("sanic.root").error("gone")
"""


def test_rasa_tells_in_json_what_happened_and_not_to_whom():
    ended = subprocess.run([sys.executable, "-c", TOLD], cwd=ROOT, capture_output=True, text=True, check=True)
    lines = [json.loads(line) for line in ended.stderr.splitlines() if line.startswith("{")]
    told = [(line["part"], line["level"], line["logger"], line["message"]) for line in lines]
    assert ("rasa", "warning", "rasa.core.processor", "processor.fallback") in told
    assert ("rasa", "error", "sanic.root", "gone") in told
    assert all(line["at"].endswith("Z") for line in lines)
    assert TYPED not in ended.stderr + ended.stdout
