"""Puts the door of the desk into the application."""

from fastapi import FastAPI

from api.desk import day, look_up, question, slip, topic
from api.desk.pages import DAY, HERE, HOME
from api.web.files import CheckedFiles
from api.web.staff_page import Link, add_links
from referral.models.grant import Role


def install_desk(app: FastAPI) -> None:
    """Add the pages and their links; reads `rasa`, `detector` and `database` from `app.state`."""
    for part in (look_up, topic, question, day, slip):
        app.include_router(part.router)
    app.mount("/static/desk", CheckedFiles(directory=HERE / "static"), name="desk-static")
    add_links(app, Link(HOME, "link_desk", Role.STAFF), Link(DAY, "link_day", Role.STAFF, "link_desk"))
