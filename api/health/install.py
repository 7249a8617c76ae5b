"""Puts what supervisors and staff ask about our own state into the application."""

from fastapi import FastAPI

from api.health import page, routes
from api.web.staff_page import Link, add_links
from referral.models.grant import Role


def install_health(app: FastAPI) -> None:
    """Add the routes and the page, and its link beside that of the account; reads `rasa` from `app.state`."""
    app.include_router(routes.router)
    app.include_router(page.router)
    add_links(app, Link(page.HOME, "link_connections", Role.STAFF, "link_account"))
