"""Puts the door of the editors into the application."""

from fastapi import FastAPI

from api.editor import clicks, history, listing, service, upload
from api.editor.pages import HERE, HOME
from api.web.files import CheckedFiles
from api.web.staff_page import Link, add_links
from referral.models.grant import Role


def install_editor(app: FastAPI) -> None:
    """Add the pages and their link; `install_staff_pages` goes before it."""
    for part in (listing, service, history, clicks, upload):
        app.include_router(part.router)
    app.mount("/static/editor", CheckedFiles(directory=HERE / "static"), name="editor-static")
    add_links(app, Link(HOME, "link_editor", Role.EDITOR))
