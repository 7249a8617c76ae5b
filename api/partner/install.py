"""Puts the pages on which a partner tells what became of a referral into the application."""

from fastapi import FastAPI

from api.partner import digest, reply, typed


def install_partner(app: FastAPI) -> None:
    """Add the pages. `install_staff_pages` goes before it, the proposals' `/p/{token}` after it."""
    for part in (typed, reply, digest):
        app.include_router(part.router)
