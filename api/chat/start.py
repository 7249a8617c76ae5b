"""Opens conversations, finds them back and erases them."""

import logging
from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from api.chat.buttons import make_buttons
from api.chat.person import PersonDesk
from api.chat.render import Renderer
from api.chat.schemas import Conversation, HelpedRequest, PersonView, Reply, StartRequest
from api.chat.welcome import WELCOME_TURN, say_welcome
from referral.conversations import service as conversations
from referral.conversations.service import Said
from referral.db import Database
from referral.directory.libraries import find_library
from referral.directory.search import LocationEntry, get_location
from referral.errors import AmbiguousPlace, NotFound, UnknownLibrary, UnknownPlace
from referral.feedback import slips
from referral.handover import service as handover
from referral.journal import replies
from referral.journal import service as journal
from referral.models.referral import Referral
from referral.places.service import resolve_place
from referral.settings import Settings

logger = logging.getLogger(__name__)


class Reception:
    """What a conversation needs besides its turns."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        renderer: Renderer,
        *,
        person: PersonDesk,
        clock: Callable[[], datetime],
    ) -> None:
        self._settings = settings
        self._database = database
        self._renderer = renderer
        self._person = person
        self._clock = clock

    def open(
        self, wanted: StartRequest, *, keep: Callable[[Session, str, datetime], None] | None = None
    ) -> Conversation:
        """Open a conversation and say who is speaking; raise `UnknownLibrary`.

        `keep` writes down, with the conversation or not at all, whose it is: its id and the moment.
        """
        now = self._clock()
        library_id = wanted.library or self._settings.library
        with self._database.begin() as session:
            if library_id != self._settings.library and find_library(session, library_id, now) is None:
                raise UnknownLibrary("no such library")
            location = _find_location(session, wanted.location)
            visit = journal.open_visit(
                session,
                channel=wanted.channel,
                library_id=library_id,
                language=wanted.language,
                campaign=wanted.campaign,
                location_id=location.location_id if location else None,
                now=now,
            )
            conversation = conversations.open_conversation(
                session,
                visit_id=visit.id,
                library_id=library_id,
                channel=wanted.channel,
                language=wanted.language,
                now=now,
            )
            conversation.place = self._find_place(location.city if wanted.place is None and location else wanted.place)
            reply = self._welcome(session, conversation.id, wanted.language)
            message = conversations.record_message(session, conversation.id, Said(turn_id=WELCOME_TURN), now)
            conversations.finish_turn(session, conversation, message, reply.model_dump(mode="json"))
            if keep is not None:
                keep(session, conversation.id, now)
        return Conversation(conversation_id=conversation.id, language=wanted.language, replies=[reply])

    def _find_place(self, name: str | None) -> str | None:
        """Return the place that the page tells, or None if there is none; one that several bear is asked later."""
        if name is None:
            return None
        knowledge = self._renderer.knowledge
        try:
            resolve_place(name, knowledge.places, knowledge.postcodes)
        except AmbiguousPlace:
            return name
        except UnknownPlace:
            logger.warning("a page opens conversations with a place that is unknown")
            return None
        return name

    def _welcome(self, session: Session, conversation_id: str, language: str) -> Reply:
        draft = self._renderer.start(language)
        say_welcome(draft)
        return Reply(
            conversation_id=conversation_id,
            turn_id=WELCOME_TURN,
            language=language,
            messages=draft.messages,
            buttons=make_buttons(session, conversation_id, draft.buttons),
        )

    def find_back(self, conversation_id: str) -> Conversation:
        """Return a conversation with its replies, or raise `UnknownConversation`."""
        with self._database.read() as session:
            conversation = conversations.get_conversation(session, conversation_id)
            if handover.find(session, conversation_id) is None:
                turns = conversations.list_turns(session, conversation_id)
                return Conversation(
                    conversation_id=conversation.id,
                    language=conversation.language,
                    replies=[Reply.model_validate(turn.reply) for turn in turns],
                )
        now = self._clock()
        with self._database.begin() as session:
            conversation = conversations.get_conversation(session, conversation_id)
            found = self._person.settle(session, conversation, now)
            return Conversation(
                conversation_id=conversation.id,
                language=conversation.language,
                replies=self._person.list_replies(session, conversation, now),
                person=PersonView(state=found.state, number=found.last_number) if found else None,
            )

    def note_helped(self, conversation_id: str, said: HelpedRequest) -> None:
        """Write down whether a card helped; raise `UnknownConversation` or `LinkExpired`."""
        now = self._clock()
        with self._database.begin() as session:
            conversations.get_conversation(session, conversation_id)
            referral = self.find_referral(session, said.slip, now)
            slips.answer(session, referral, helped=said.helped, turn_id=said.turn_id, now=now)

    def find_referral(self, session: Session, slip: str, now: datetime) -> Referral:
        """Return the referral of a slip; raise `LinkExpired` when there is none (any more)."""
        return replies.get_by_slip(session, slip, days=self._settings.slip_days, now=now)

    def erase(self, conversation_id: str) -> None:
        """Erase a conversation; the journal holds no text and stays."""
        with self._database.begin() as session:
            conversations.delete_conversation(session, conversation_id)


def _find_location(session: Session, location_id: str | None) -> LocationEntry | None:
    """Return where the chat stands; a code that hangs at a place which has gone leads to a chat all the same."""
    if location_id is None:
        return None
    try:
        return get_location(session, location_id)
    except NotFound:
        logger.warning("a conversation is opened at a location that is unknown")
        return None
