"""Rasa for the tests of its side: imported once, the model loaded once.

Only `bot/.venv` has Rasa; the other environment leaves this folder out.
"""
# ruff: noqa: PLC0415  (Rasa takes seconds to import: not before a test asks for it)

import importlib.util
import os

import pytest

os.environ["RASA_TELEMETRY_ENABLED"] = "false"

collect_ignore_glob = [] if importlib.util.find_spec("rasa") else ["*"]


@pytest.fixture(scope="session")
def trained_model():
    """The path of the model of the present content; without one the test is skipped, or fails where `CI=true`."""
    from bot.models import locate_model

    path = locate_model()
    if path.exists():
        return path
    lacking = f"no model of the present content, run `make train`: {path}"
    if os.environ.get("CI") == "true":
        pytest.fail(lacking)
    return pytest.skip(lacking)


@pytest.fixture(scope="session")
def agent(trained_model):
    """Rasa with the model, without an action server; the running turns are in our store."""
    from rasa.core.agent import Agent

    from bot.channels.turn_store import TurnTrackerStore

    return Agent.load(str(trained_model), tracker_store=TurnTrackerStore())
