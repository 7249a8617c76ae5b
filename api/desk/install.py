"""Puts the door of the desk into the application."""

from fastapi import FastAPI

from api.desk import campaigns, day, learn, look_up, missed, practice, question, slip, topic
from api.desk.campaigns import CAMPAIGNS
from api.desk.learn import LEARN
from api.desk.pages import DAY, HERE, HOME, PRACTICE
from api.web.files import CheckedFiles
from api.web.staff_page import Link, add_links
from referral.models.grant import Role

GROUP = "link_desk"


def install_desk(app: FastAPI) -> None:
    """Add the pages and their links; reads `rasa`, `detector` and `database` from `app.state`."""
    for part in (look_up, missed, topic, question, day, slip, learn, practice, campaigns):
        app.include_router(part.router)
    app.mount("/static/desk", CheckedFiles(directory=HERE / "static"), name="desk-static")
    add_links(
        app,
        Link(HOME, "link_desk", Role.STAFF),
        Link(DAY, "link_day", Role.STAFF, GROUP),
        Link(LEARN, "link_learn", Role.STAFF, GROUP),
        Link(PRACTICE, "link_practice", Role.STAFF, GROUP),
        Link(CAMPAIGNS, "link_campaigns", Role.ANALYST, GROUP),
    )
