"""Puts the door of proposals, reminders and overlays into the application."""

from fastapi import FastAPI

from api.proposals import absences, citizen, partner, phones, reminders, review, texts
from api.web.staff_page import Link, add_links
from referral.models.grant import Role

# Beside the editor's own pages.
GROUP = "link_editor"


def install_proposals(app: FastAPI) -> None:
    """Add the pages and their links; `install_staff_pages` goes before it."""
    for part in (citizen, partner, review, reminders, phones, texts, absences):
        app.include_router(part.router)
    add_links(
        app,
        Link(review.PROPOSALS, "link_proposals", Role.EDITOR, GROUP),
        Link(reminders.REMINDERS, "link_reminders", Role.EDITOR, GROUP),
        Link(phones.PHONES, "link_phones", Role.EDITOR, GROUP),
        Link(texts.TEXTS, "link_texts", Role.EDITOR, GROUP),
        Link(absences.ABSENCES, "link_absences", Role.EDITOR, GROUP),
    )
