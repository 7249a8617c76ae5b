"""What a route asks for: the database, the limits, the moment, and that nobody reads too fast."""

from collections.abc import Iterator
from datetime import datetime
from ipaddress import IPv4Address, IPv6Network, ip_address
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
    """Return where a request comes from; never kept, never logged (`api.web.limits`).

    No header is read: who may say it for somebody else, is `OMDEHOEK_TRUSTED_PROXIES`. Of IPv6 it is the network of 64
    bits, for whoever has one address of it has all of them (RFC 6177).
    """
    host = request.client.host if request.client else ""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv4Address):
        return host
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(IPv6Network((int(address), 64), strict=False))
