"""Adds the figures to the application."""

from pathlib import Path

from fastapi import FastAPI

from api.reports import dossier_routes, public, routes
from api.web.files import CheckedFiles
from api.web.staff_page import Link, add_links
from referral.models.grant import Role

HERE = Path(__file__).resolve().parent


def install_reports(app: FastAPI) -> None:
    """Add the pages, their files and their links."""
    app.include_router(routes.router)
    app.include_router(dossier_routes.router)
    app.include_router(public.router)
    app.mount("/static/reports", CheckedFiles(directory=HERE / "static"), name="reports-static")
    add_links(
        app,
        Link(routes.HOME, "link_reports", Role.ANALYST),
        Link(dossier_routes.DOSSIERS, "link_dossiers", Role.ANALYST, "link_reports"),
        Link(routes.MILESTONES, "link_milestones", Role.ANALYST, "link_reports"),
    )
