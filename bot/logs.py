"""What Rasa and Sanic tell of themselves, as the lines of JSON that every part of ours writes (referral/logs.py)."""

import logging

import structlog
from rasa.utils.common import configure_logging_and_warnings
from structlog.typing import EventDict, WrappedLogger

from referral.logs import list_processors, set_up_logging

# Warnings: lower levels of Rasa log what people typed.
LEVEL = logging.WARNING
PART = "rasa"


def set_up() -> None:
    """Log from now on as JSON; Rasa's own set-up goes before, for what it does to warnings and to other packages."""
    configure_logging_and_warnings(log_level=LEVEL, warn_only_once=True, filter_repeated_logs=True)
    set_up_logging(PART, LEVEL)
    structlog.configure(
        processors=[keep_event, *list_processors(PART), structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(LEVEL),
        cache_logger_on_first_use=False,
    )
    logging.getLogger("sanic").setLevel(logging.ERROR)  # as Rasa sets it; a line for each request otherwise


def keep_event(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """Keep what happened; beside it Rasa tells texts, slots and trackers."""
    return {name: event[name] for name in ("event", "exc_info") if name in event}
