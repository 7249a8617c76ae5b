"""Logs of our processes: a line of JSON on the standard error for everything that is told.

`{"at", "level", "part", "logger", "message"}`, besides `request` (api/web/requests.py) where one was worked on,
`traceback`, and the fields of `SECURITY` in a line of that logger (api/web/trail.py).

Of an error only our own words are told: the message of another may repeat what somebody typed (a key that exists
already, a value that does not fit), so of that the kind and the lines of code are all there is.

Rasa's side uses this too (bot/logs.py): it stays readable for its Python and its structlog.
"""

import logging
import sys
from traceback import FrameSummary, extract_tb
from types import TracebackType

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from referral.errors import OmDeHoekError

# The deepest frames; those above are of the framework, and always the same.
MOST_FRAMES = 20
# The logger of who did what, and of what was refused, whatever else is told; its fields are set by `extra`.
SECURITY = logging.getLogger("security")
SECURITY_FIELDS = ("method", "route", "status", "person", "about")
ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]


def set_up_logging(part: str, level: int = logging.WARNING) -> None:
    """Log from now on what is at least of `level`, as JSON, with `part`: the process that tells it."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.ExtraAdder(SECURITY_FIELDS), *list_processors(part)],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                tell_error,
                structlog.processors.EventRenamer("message"),
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    logging.basicConfig(level=level, handlers=[handler], force=True)
    SECURITY.setLevel(logging.INFO)
    logging.captureWarnings(True)


def list_processors(part: str) -> list[Processor]:
    """Return what adds when, how bad, which part, where and for which request."""

    def name_part(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
        event["part"] = part
        return event

    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper("iso", key="at"),
        name_part,
    ]


def tell_error(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """Put a traceback without values in the place of `exc_info`."""
    info: ExcInfo | None = event.pop("exc_info", None)
    if info:
        event["traceback"] = describe(info[1])
    return event


def describe(error: BaseException) -> list[str]:
    """Return what is safe to tell of an error and of what caused it, the first cause first."""
    lines: list[str] = []
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None:
        lines += describe(cause)
    told = f": {error}" if isinstance(error, OmDeHoekError) else ""
    lines.append(f"{type(error).__module__}.{type(error).__qualname__}{told}")
    return lines + [_place(frame) for frame in extract_tb(error.__traceback__)[-MOST_FRAMES:]]


def _place(frame: FrameSummary) -> str:
    return f"  {frame.filename}:{frame.lineno} in {frame.name}"
