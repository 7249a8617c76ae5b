"""The menu of topics, for who would rather choose than type, and for when Rasa is down."""

from api.chat.draft import Draft
from referral.catalogue.service import Catalogue
from referral.catalogue.topics import Topic
from referral.errors import UnknownButton

ALL_DOMAINS = "domains"


def show_menu(draft: Draft, menu: str, *, catalogue: Catalogue) -> None:
    """Put the domains, or the topics of one domain, in the reply."""
    if menu == ALL_DOMAINS:
        draft.say("choose_domain")
        return
    topics = catalogue.list_domain(menu)
    if not topics:
        raise UnknownButton("no such menu")
    draft.say("choose_topic")
    show_topics(draft, topics)


def show_topics(draft: Draft, topics: list[Topic]) -> None:
    for topic in topics:
        draft.menu.append((draft.words.name_topic(topic, draft.language), {"intent": topic.id}))
