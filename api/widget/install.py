"""Puts the page where a library sets its chat into the application."""

from fastapi import FastAPI

from api.web.files import CheckedFiles
from api.web.staff_page import Link, add_links
from api.widget import pages
from referral.models.grant import Role


def install_widget(app: FastAPI) -> None:
    """Add the pages, their files and their link; reads `embedding` from `app.state`."""
    app.include_router(pages.router)
    app.mount("/static/chat", CheckedFiles(directory=pages.HERE / "static"), name="chat-static")
    add_links(app, Link(pages.HOME, "link_widget", Role.MANAGER))
