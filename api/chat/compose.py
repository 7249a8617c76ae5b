"""Makes the reply of a turn from what Rasa, a button or the fallback decided, and writes down what was shown."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from api.chat.buttons import make_buttons
from api.chat.draft import Draft, Meaning
from api.chat.fallback import read_place, refer_without_rasa, show_assistant_down
from api.chat.person import PersonDesk
from api.chat.render import Renderer
from api.chat.schemas import PersonView, Reply, TurnRequest, UrgentView
from api.chat.urgent import UrgentDesk
from api.web.rasa import Understood
from referral.clock import to_local
from referral.conversations import service as conversations
from referral.conversations.service import make_turn_key
from referral.handover import service as handover
from referral.journal import service as journal
from referral.learning.service import is_private
from referral.models.conversation import Conversation
from referral.urgency.signals import Signal

# Slots that go to Rasa at the start of a turn and come back at its end.
KEPT_SLOTS = ("topic", "place", "sender", "awaiting", "skipped_place", "question_id", "referral_id")
# What the button "a person" means; that works without Rasa.
A_PERSON: Meaning = {"intent": "human"}


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn that may run. `text` is masked; `meaning` is that of the button, if one was pressed."""

    request: TurnRequest
    text: str
    meaning: Meaning | None
    signal: Signal | None
    language: str | None
    safety_line: str | None


@dataclass(frozen=True, slots=True)
class Composer:
    """Runs inside the transaction that ends a turn; the caller commits before the reply leaves."""

    renderer: Renderer
    urgent: UrgentDesk
    person: PersonDesk

    def keep_silent(self, session: Session, conversation: Conversation, *, turn: Turn, now: datetime) -> Reply | None:
        """Return the reply to what is said to a person: nothing but that they have it; `None` when nobody has."""
        found = self.person.settle(session, conversation, now)
        if found is None or not handover.is_open(found):
            return None
        draft = self.renderer.start(conversation.language)
        draft.person = PersonView(state=found.state, number=found.last_number)
        return self._seal(session, conversation, draft, turn=turn, now=now)

    def compose(
        self, session: Session, conversation: Conversation, *, turn: Turn, understood: Understood | None, now: datetime
    ) -> Reply:
        """Return the reply; `understood` is None when Rasa was not asked or did not answer."""
        if emergency := _find_urgent(understood):
            return self._meet_emergency(session, conversation, turn=turn, signal_id=emergency, now=now)
        draft = self.renderer.start(conversation.language)
        self._fill(session, conversation, draft, turn=turn, understood=understood, now=now)
        return self._seal(session, conversation, draft, turn=turn, now=now)

    def _meet_emergency(
        self, session: Session, conversation: Conversation, *, turn: Turn, signal_id: str, now: datetime
    ) -> Reply:
        """Answer what only Rasa's own net caught: with the same text, and nothing else of this turn."""
        signal = self.urgent.get_signal(signal_id)
        conversations.drop_question(session, conversation.id)
        journal.count_urgent(
            session,
            count_id=make_turn_key(conversation.id, turn.request.turn_id),
            library_id=conversation.library_id,
            signal=signal.id,
            day=to_local(now).date(),
        )
        return self.urgent.make_reply(
            signal, conversation_id=conversation.id, turn_id=turn.request.turn_id, text=turn.text
        )

    def _fill(
        self,
        session: Session,
        conversation: Conversation,
        draft: Draft,
        *,
        turn: Turn,
        understood: Understood | None,
        now: datetime,
    ) -> None:
        if understood is not None:
            self._take_over(conversation, understood)
            for payload in understood.messages:
                if "door" in payload:
                    self._act(session, conversation, draft, act=payload["door"], now=now)
                elif "unclear" in payload:
                    draft.unclear = payload["unclear"]
                else:
                    self.renderer.render(session, draft, [payload], now)
        elif turn.meaning == A_PERSON:
            self.person.meet(session, conversation, draft, now)
        elif turn.meaning and "menu" in turn.meaning:
            self.renderer.render(session, draft, [turn.meaning], now)
        elif not self._refer_without_rasa(session, conversation, draft, turn=turn, now=now):
            show_assistant_down(session, draft, conversation, renderer=self.renderer, text=turn.text, now=now)

    def _refer_without_rasa(
        self, session: Session, conversation: Conversation, draft: Draft, *, turn: Turn, now: datetime
    ) -> bool:
        chosen = turn.meaning or read_place(turn.text, conversation, self.renderer.knowledge)
        return chosen is not None and refer_without_rasa(
            session,
            draft,
            conversation,
            turn_id=make_turn_key(conversation.id, turn.request.turn_id),
            chosen=chosen,
            renderer=self.renderer,
            now=now,
        )

    @staticmethod
    def _take_over(conversation: Conversation, understood: Understood) -> None:
        """Keep what Rasa and the actions set; two misses count only in a row."""
        for slot in KEPT_SLOTS:
            setattr(conversation, slot, understood.slots.get(slot))
        conversation.skipped_place = bool(understood.slots.get("skipped_place"))
        misses = int(understood.slots.get("misses") or 0)
        conversation.misses = misses if misses > conversation.misses else 0

    def _act(self, session: Session, conversation: Conversation, draft: Draft, *, act: str, now: datetime) -> None:
        """Do what only the door can: find a person, repeat, start again, change the language."""
        match act:
            case "meet_person":
                self.person.meet(session, conversation, draft, now)
            case "repeat":
                self._repeat(session, conversation, draft)
            case "start_again":
                conversations.reset(conversation)
                draft.say("restarted")
            case "speak_english" | "speak_dutch":
                conversation.language = draft.language = "en" if act == "speak_english" else "nl"
                draft.say(f"language_{draft.language}")
            case _:
                raise ValueError(f"no such act: {act}")

    @staticmethod
    def _repeat(session: Session, conversation: Conversation, draft: Draft) -> None:
        last = conversations.find_last_reply(session, conversation.id)
        if last is None:
            draft.say("nothing_to_repeat")
            return
        reply = Reply.model_validate(last)
        draft.messages.extend(reply.messages)
        for button in reply.buttons:
            draft.add_choice(button.label, conversations.get_button(session, conversation.id, button.id).meaning)

    def _seal(self, session: Session, conversation: Conversation, draft: Draft, *, turn: Turn, now: datetime) -> Reply:
        """Give the buttons their ids and note that the cards are shown: the commit comes before the reply leaves."""
        for referral_id in draft.referral_ids:
            journal.mark_shown(session, referral_id, now)
        self._note_lesson(session, conversation, draft, turn=turn)
        urgent: UrgentView | None = None
        if turn.signal is not None:
            urgent = self.urgent.make_view(turn.signal, draft.language)
            conversation.signal = turn.signal.id
        return Reply(
            conversation_id=conversation.id,
            turn_id=turn.request.turn_id,
            language=draft.language,
            urgent=urgent,
            safety_line=turn.safety_line,
            messages=draft.messages,
            buttons=make_buttons(session, conversation.id, draft.buttons),
            menu=make_buttons(session, conversation.id, draft.menu),
            person=draft.person,
            quick_exit=self.urgent.quick_exit.is_wanted(signal=conversation.signal, topic=conversation.topic),
        )

    def _note_lesson(self, session: Session, conversation: Conversation, draft: Draft, *, turn: Turn) -> None:
        """Note a message that was not understood, unless it, or the conversation, is nobody's business."""
        catalogue = self.renderer.knowledge.catalogue
        if turn.signal or is_private(catalogue, [conversation.topic] if conversation.topic else []):
            conversation.is_private = True
        elif turn.text and draft.unclear is not None and not is_private(catalogue, draft.unclear):
            conversations.note_unclear(session, conversation.id, turn.request.turn_id, draft.unclear)


def _find_urgent(understood: Understood | None) -> str | None:
    """Return the signal of Rasa's own net, if it caught something."""
    payloads = understood.messages if understood else ()
    return next((payload["urgent"] for payload in payloads if "urgent" in payload), None)
