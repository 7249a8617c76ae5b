"""When the tests load the content: before anything else that happens in them."""

from datetime import UTC, datetime

LOADED = datetime(2026, 11, 1, 3, 0, tzinfo=UTC)
