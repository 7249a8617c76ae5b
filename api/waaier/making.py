"""Makes the waaier of today in words, for the page, the document and the command."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from api.waaier.sheet import Sheet, make_sheet
from api.web.words import load_words
from referral.directory.spoken.words import load_hour_words
from referral.referring.knowledge import load_knowledge
from referral.settings import Settings
from referral.waaier.service import collect_waaier


class Language(StrEnum):
    """The languages that the cards are written in."""

    DUTCH = "nl"
    ENGLISH = "en"


def make_todays_sheet(session: Session, settings: Settings, language: Language, *, now: datetime) -> Sheet:
    """Return the waaier of this library; with its public address, if that is set."""
    waaier = collect_waaier(
        session, library_id=settings.library, language=language, knowledge=load_knowledge(), now=now
    )
    data = settings.data_dir
    return make_sheet(
        waaier, words=load_words(data), hour_words=load_hour_words(data), language=language, chat=settings.public_url
    )
