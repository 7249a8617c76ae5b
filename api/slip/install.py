"""Puts the citizen's own page of a slip into the application."""

from fastapi import FastAPI

from api.slip import page
from api.web.files import CheckedFiles


def install_slip(app: FastAPI) -> None:
    """Add the page and its files."""
    app.include_router(page.router)
    app.mount("/static/slip", CheckedFiles(directory=page.HERE / "static"), name="slip-static")
