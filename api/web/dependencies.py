"""What a route asks for: the database, the limits, the moment, and that nobody reads too fast."""

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy.orm import Session

from api.web.limits import Limits
from api.web.words import Words, load_words
from referral.clock import read_clock


def get_limits(request: Request) -> Limits:
    limits: Limits = request.app.state.limits
    return limits


def open_reading(request: Request) -> Iterator[Session]:
    """Open a session for reading, for as long as the request takes."""
    with request.app.state.database.read() as session:
        yield session


def get_words(request: Request) -> Words:
    return load_words(request.app.state.settings.data_dir)


TheLimits = Annotated[Limits, Depends(get_limits)]
TheSession = Annotated[Session, Depends(open_reading)]
TheMoment = Annotated[datetime, Depends(read_clock)]
TheWords = Annotated[Words, Depends(get_words)]


def limit_reading(request: Request, limits: TheLimits) -> None:
    """Raise `TooManyRequests` when one address reads too much."""
    limits.check_reading(get_address(request))


def get_address(request: Request) -> str:
    """Return where a request comes from; never kept, never logged (`api.web.limits`)."""
    return request.client.host if request.client else ""
