"""The list of the week: which partners have to be checked, with the letter and the link for each."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.proposals.pages import EDITORIAL, Editor, name_library, show_page
from api.web.origin import get_origin
from api.web.state import TheDatabase, TheSettings
from referral.clock import read_clock
from referral.mail import is_mail_on
from referral.proposals import links, reminders
from referral.proposals.letters import load_words, write_letter
from referral.staff import reach

REMINDERS = f"{EDITORIAL}/nakijken"
router = APIRouter(include_in_schema=False)


@router.get(REMINDERS)
def list_due(request: Request, signed_in: Editor, database: TheDatabase, settings: TheSettings) -> Response:
    """Show what is due, of the organizations that the editor keeps."""
    now = read_clock()
    key, words = links.load_key(settings), load_words(settings.data_dir)
    library = name_library(request)
    rows = []
    with database.read() as session:
        for due in reminders.list_due(session, now):
            if not reach.keeps(session, signed_in, due.organization):
                continue
            token = links.make_token(key, due.organization.id, now=now, days=settings.link_days)
            link = f"{get_origin(request)}/p/{token}"
            _, letter = write_letter(due, words, library=library, link=link, days=settings.link_days)
            rows.append((due, link, letter))
    return show_page(request, "reminders.html", signed_in, rows=rows, is_mail_on=is_mail_on(settings))
