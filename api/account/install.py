"""Puts the door of the accounts into the application."""

from fastapi import FastAPI

from api.account import own, sign_in, staff, work_account
from api.account.pages import HERE, HOME
from api.account.refusals import install_refusals
from api.web.files import CheckedFiles
from api.web.staff_page import Link, add_links
from referral.models.grant import Role


def install_account(app: FastAPI) -> None:
    """Add the pages, what they refuse with, and their links; `install_staff_pages` goes before it."""
    for part in (sign_in, work_account, own, staff):
        app.include_router(part.router)
    app.mount("/static/account", CheckedFiles(directory=HERE / "static"), name="account-static")
    add_links(app, Link(staff.PEOPLE, "link_people", Role.MANAGER), Link(HOME, "link_account"))
    install_refusals(app)
