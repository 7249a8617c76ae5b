"""Puts the inbox of conversations that want a person into the application."""

from fastapi import FastAPI

from api.inbox import conversation, listing, refer
from api.inbox.pages import HERE, HOME
from api.web.files import CheckedFiles
from api.web.staff_page import Link, add_links
from referral.models.grant import Role


def install_inbox(app: FastAPI) -> None:
    """Add the pages and their link, where citizens can chat with staff at all; reads `database` from `app.state`."""
    for part in (listing, conversation, refer):
        app.include_router(part.router)
    app.mount("/static/inbox", CheckedFiles(directory=HERE / "static"), name="inbox-static")
    if app.state.settings.live_person:
        add_links(app, Link(HOME, "link_inbox", Role.STAFF, "link_desk"))
