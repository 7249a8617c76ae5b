"""Holds a description against the application: every operation, with values that fit and values that do not."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import StopReason, events, from_schema

SETTINGS = Path(__file__).with_name("schemathesis.toml")


@dataclass
class Found:
    """`failures`: each with the request that shows it; `statuses` by operation; `steps`: answers that led to others."""

    failures: set[str] = field(default_factory=set)
    statuses: dict[str, Counter[int]] = field(default_factory=dict)
    steps: int = 0


def probe(app, path):
    """Ask all that the description at `path` allows, and what it forbids."""
    schema = schemathesis.openapi.from_asgi(path, app, config=SchemathesisConfig.from_path(SETTINGS))
    found = Found()
    for event in from_schema(schema).execute():
        if isinstance(event, events.NonFatalError):
            found.failures.add(f"{event.label}: {event.value!r}")
        elif isinstance(event, events.FatalError):
            raise event.exception
        elif isinstance(event, events.ScenarioFinished):
            _note(event, found)
        elif isinstance(event, events.EngineFinished):
            assert event.stop_reason is StopReason.COMPLETED
    return found


def _note(event, found):
    recorder = event.recorder
    for case_id, asked in recorder.interactions.items():
        if asked.response is not None:
            label = recorder.cases[case_id].value.operation.label
            found.statuses.setdefault(label, Counter())[int(asked.response.status_code)] += 1
            found.steps += event.phase.name == "STATEFUL_TESTING"
    for checks in recorder.checks.values():
        found.failures |= {
            f"{check.name}: {check.failure_info.failure.message}\n{check.failure_info.code_sample}"
            for check in checks
            if check.failure_info
        }
