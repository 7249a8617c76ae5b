"""Tells the script of the chat whose it is, how it looks and what it says."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from api.pages.schemas import Chat, LanguageView, NumberView
from api.pages.words import fill_in, load_page_words
from api.web.service_words import describe_service_hours, make_phone_link
from api.web.theme import LOGO, load_theme
from api.web.words import load_words
from referral.directory.card import ServiceCard
from referral.directory.libraries import find_library
from referral.errors import UnknownLibrary
from referral.language.registry import ALL, DUTCH, choose_whole, get_direction, load_languages
from referral.settings import Settings
from referral.urgency.quick_exit import load_quick_exit
from referral.widgets.service import Wishes, get_wishes


def choose_language(wanted: str) -> str:
    """Return the language of the chat that is asked for, Dutch when there is none."""
    return wanted if wanted in ALL else DUTCH


def tell_chat(session: Session, settings: Settings, library_id: str, *, language: str, now: datetime) -> Chat:
    """Return the chat of a library for a page of its own site; raise `UnknownLibrary`."""
    desk = find_library(session, library_id, now)
    if desk is None:
        raise UnknownLibrary("no such library")
    wishes = get_wishes(session, library_id)
    theme = load_theme(settings.data_dir, library_id)
    # Only the library of this assistant has its logo served (api/web/theme.py).
    has_logo = theme.logo_file is not None and library_id == settings.library
    chat = make_chat(settings, library_id, desk.organization_name, languages=(language,))
    return chat.model_copy(
        update={
            "look": theme.recolour(accent=wishes.accent, top=wishes.top).dress(":host"),
            "logo": LOGO if has_logo else None,
            "logo_alt": theme.logo_alt,
            **_tell_wishes(wishes, chat.languages, language),
            **_tell_person(settings, desk, wishes, language=language, now=now),
        }
    )


def make_chat(settings: Settings, library_id: str, name: str | None, *, languages: tuple[str, ...]) -> Chat:
    """Return the chat of a library as our own page has it: in the first of the languages, in what the page wears."""
    known = {"hours": str(settings.conversation_hours), "days": str(settings.learning_days)}
    words = load_page_words(settings.data_dir)
    return Chat(
        library=library_id,
        name=name or words[languages[0]]["page_library"],
        language=languages[0],
        languages=[
            LanguageView(code=code, name=language.name, direction=get_direction(code))
            for code, language in load_languages(settings.data_dir).languages.items()
        ],
        words={
            language: fill_in(words[language], known | {"library": name or words[language]["page_library"]}, language)
            for language in languages
        },
        max_chars=settings.message_max_chars,
        exit_url=load_quick_exit(settings.data_dir).url,
    )


def _tell_wishes(wishes: Wishes, known: Sequence[LanguageView], language: str) -> dict[str, object]:
    return {
        "languages": [one.model_copy(update={"offered": one.code not in wishes.hidden_languages}) for one in known],
        "greeting": wishes.greeting.get(language, ""),
        "position": wishes.position,
        "hidden_paths": wishes.hidden_paths,
        "campaign": wishes.campaign,
    }


def _tell_person(
    settings: Settings, desk: ServiceCard, wishes: Wishes, *, language: str, now: datetime
) -> dict[str, object]:
    """Return how to reach a person: the hours of the desk where the library wants them told, and its number."""
    words, whole = load_words(settings.data_dir), choose_whole(language)
    number = desk.phones[0].number if desk.phones else None
    return {
        "hours": describe_service_hours(desk, now, words=words, language=whole) if wishes.shows_hours else "",
        "hours_language": whole,
        "phone": NumberView(number=number, call=make_phone_link(number)) if number else None,
    }
