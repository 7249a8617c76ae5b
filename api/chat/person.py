"""A person of the library behind the chat: whether somebody is there, what they said, how the assistant comes back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from api.chat.buttons import make_buttons
from api.chat.draft import Draft
from api.chat.render import Renderer
from api.chat.schemas import MessageView, PersonMessage, PersonNews, PersonView, Reply
from referral.conversations import service as conversations
from referral.conversations.service import Said
from referral.db import Database
from referral.directory.libraries import find_library
from referral.handover import service as handover
from referral.journal import service as journal
from referral.models.base import make_id
from referral.models.conversation import Conversation
from referral.models.handover import End, Handover, HandoverLine, State
from referral.settings import Settings

# Whose clients ask for news; in other channels nobody would hear what staff say.
CHANNELS = ("web",)


@dataclass(frozen=True, slots=True)
class PersonDesk:
    """Where citizens meet staff (referral/handover), in the words of the chat."""

    settings: Settings
    database: Database
    renderer: Renderer
    clock: Callable[[], datetime]

    def meet(self, session: Session, conversation: Conversation, draft: Draft, now: datetime) -> None:
        """Let the citizen wait if somebody would see it now; tell at once where and when there is somebody if not."""
        if self._is_reachable(session, conversation, now):
            asked = handover.ask(session, conversation, now)
            draft.person = PersonView(state=asked.state, number=asked.last_number)
            draft.say("person_waiting")
        else:
            self.renderer.render(session, draft, [{"human": conversation.library_id}], now)

    def _is_reachable(self, session: Session, conversation: Conversation, now: datetime) -> bool:
        """Return whether the library does this, in this channel, its desk is open and an inbox is."""
        if not self.settings.live_person or conversation.channel not in CHANNELS:
            return False
        library = find_library(session, conversation.library_id, now)
        is_desk_open = library is not None and library.today is not None and library.today.open_now
        return is_desk_open and handover.is_somebody_present(session, conversation.library_id, now)

    def settle(self, session: Session, conversation: Conversation, now: datetime) -> Handover | None:
        """Return the handover as it is: ended when nobody came in time, and then with the assistant back, once."""
        if handover.find(session, conversation.id) is None:
            return None
        handover.end_overdue(session, now, [conversation.id])
        turn_id = f"person-{make_id()}"
        is_ours = handover.claim_closing(session, conversation.id, turn_id)
        found = handover.find(session, conversation.id)
        if is_ours and found is not None:
            self._close(session, conversation, found, turn_id=turn_id, now=now)
        return found

    def _close(
        self, session: Session, conversation: Conversation, found: Handover, *, turn_id: str, now: datetime
    ) -> None:
        """Say that the assistant is back, in a turn of its own, so that a page that is reloaded finds it."""
        draft = self.renderer.start(conversation.language)
        match found.ended_as:
            case End.HANDED_BACK:
                draft.say("person_back")
            case End.CLOSED:
                draft.say("person_closed")
            case End.LEFT:
                draft.say("person_left")
            case _:
                draft.say("person_nobody")
                self.renderer.render(session, draft, [{"human": conversation.library_id}], now)
        reply = Reply(
            conversation_id=conversation.id,
            turn_id=turn_id,
            language=draft.language,
            messages=draft.messages,
            buttons=make_buttons(session, conversation.id, draft.buttons),
            person=PersonView(state=State.ENDED, number=found.last_number),
        )
        message = conversations.record_message(session, conversation.id, Said(turn_id=turn_id), now)
        message.reply = reply.model_dump(mode="json")

    def find_news(self, conversation_id: str, after: int) -> PersonNews:
        """Return how it stands and what staff said since the line of this number.

        Asked every few seconds, so it only reads, unless there is something to settle or a card to show. Raises
        `UnknownConversation`.
        """
        now = self.clock()
        with self.database.read() as session:
            conversation = conversations.get_conversation(session, conversation_id)
            found = handover.find(session, conversation_id)
            if found is None:
                return PersonNews(state="none")
            lines = handover.list_lines(session, conversation_id, after)
            if not handover.is_unsettled(session, found, now) and not any(line.referral_id for line in lines):
                return self._tell(session, conversation, found, lines, now)
        with self.database.begin() as session:
            conversation = conversations.get_conversation(session, conversation_id)
            found = self.settle(session, conversation, now)
            lines = handover.list_lines(session, conversation_id, after)
            return self._tell(session, conversation, found, lines, now) if found else PersonNews(state="none")

    def _tell(
        self,
        session: Session,
        conversation: Conversation,
        found: Handover,
        lines: Sequence[HandoverLine],
        now: datetime,
    ) -> PersonNews:
        closing = found.closing_turn and conversations.find_reply(session, conversation.id, found.closing_turn)
        until = found.taken_at or found.ended_at or now
        return PersonNews(
            state=found.state,
            waited_seconds=max(0, int((until - found.asked_at).total_seconds())),
            messages=[
                PersonMessage(number=line.number, **dict(self._show(session, conversation, line, now)))
                for line in lines
                if line.signal is None
            ],
            reply=Reply.model_validate(closing) if closing else None,
        )

    def _show(self, session: Session, conversation: Conversation, line: HandoverLine, now: datetime) -> MessageView:
        """Return what staff said as a bubble; a card counts as shown from now on."""
        if line.referral_id is None:
            return MessageView(text=line.text)
        draft = self.renderer.start(conversation.language)
        self.renderer.render(session, draft, [{"card": line.referral_id}], now)
        journal.mark_shown(session, line.referral_id, now)
        return draft.messages[0]

    def list_replies(self, session: Session, conversation: Conversation, now: datetime) -> list[Reply]:
        """Return every reply so far, with what staff said in its place; for a session that writes."""
        turns = conversations.list_turns(session, conversation.id)
        said = [(turn.created_at, Reply.model_validate(turn.reply)) for turn in turns]
        for line in handover.list_lines(session, conversation.id):
            if line.signal is None:
                reply = Reply(
                    conversation_id=conversation.id,
                    turn_id=f"person-{line.number}",
                    language=conversation.language,
                    messages=[self._show(session, conversation, line, now)],
                    speaker="person",
                )
                said.append((line.created_at, reply))
        return [reply for _, reply in sorted(said, key=lambda one: one[0])]

    def leave(self, conversation_id: str) -> None:
        """Let the citizen go back to the assistant; raise `UnknownConversation`."""
        now = self.clock()
        with self.database.begin() as session:
            conversation = conversations.get_conversation(session, conversation_id)
            handover.leave(session, conversation_id, now)
            self.settle(session, conversation, now)
