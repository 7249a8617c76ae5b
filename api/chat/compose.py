"""Makes the reply of a turn from what Rasa, a button or the fallback decided, and writes down what was shown."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from api.chat.buttons import make_buttons
from api.chat.draft import Draft, Meaning
from api.chat.fallback import read_place, refer_without_rasa, show_assistant_down
from api.chat.languages import choose_language, find_language, say_language, say_what_is_translated
from api.chat.person import PersonDesk
from api.chat.render import Renderer
from api.chat.schemas import MessageView, PersonView, Reply, UrgentView, WordView
from api.chat.urgent import UrgentDesk
from api.chat.welcome import WELCOME_TURN, say_welcome
from api.web.rasa import Understood
from referral.catalogue.difficult import Dictionary
from referral.clock import to_local
from referral.conversations import service as conversations
from referral.conversations.service import make_turn_key
from referral.handover import service as handover
from referral.journal import service as journal
from referral.language.registry import choose_whole
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

    turn_id: str
    button_id: str | None = None
    text: str = ""
    meaning: Meaning | None = None
    signal: Signal | None = None
    language: str | None = None
    safety_line: str | None = None


@dataclass(frozen=True, slots=True)
class Composer:
    """Runs inside the transaction that ends a turn; the caller commits before the reply leaves."""

    renderer: Renderer
    urgent: UrgentDesk
    person: PersonDesk
    dictionary: Dictionary

    def keep_silent(self, session: Session, conversation: Conversation, *, turn: Turn, now: datetime) -> Reply | None:
        """Return the reply to what is said to a person: nothing but that they have it; `None` when nobody has."""
        found = self.person.settle(session, conversation, now)
        if found is None or not handover.is_open(found):
            return None
        draft = self.renderer.start(conversation.language)
        draft.person = PersonView(state=found.state, number=found.last_number)
        return self._seal(session, conversation, draft, turn=turn, now=now)

    def change_language(
        self, session: Session, conversation: Conversation, *, turn: Turn, language: str, now: datetime
    ) -> Reply:
        """Return the reply to a language that was chosen by hand: in it, with what could be answered before."""
        choose_language(conversation, language)
        if silence := self.keep_silent(session, conversation, turn=turn, now=now):
            return silence
        draft = self.renderer.start(language)
        last = conversations.find_last_reply(session, conversation.id)
        reply = Reply.model_validate(last) if last else None
        if reply and reply.turn_id == WELCOME_TURN:
            say_welcome(draft)
            return self._seal(session, conversation, draft, turn=turn, now=now)
        say_language(draft)
        if conversation.awaiting == "place":
            draft.say("ask_place")
        if reply:
            self._offer_again(session, conversation, draft, reply)
        return self._seal(session, conversation, draft, turn=turn, now=now)

    def compose(
        self, session: Session, conversation: Conversation, *, turn: Turn, understood: Understood | None, now: datetime
    ) -> Reply:
        """Return the reply; `understood` is None when Rasa was not asked or did not answer."""
        before, conversation.language = conversation.language, find_language(conversation, turn.language)
        if emergency := _find_urgent(understood):
            return self._meet_emergency(session, conversation, turn=turn, signal_id=emergency, now=now)
        draft = self.renderer.start(conversation.language)
        if before != conversation.language:
            say_what_is_translated(draft)
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
            count_id=make_turn_key(conversation.id, turn.turn_id),
            library_id=conversation.library_id,
            signal=signal.id,
            day=to_local(now).date(),
        )
        return self.urgent.make_reply(signal, conversation_id=conversation.id, turn_id=turn.turn_id, text=turn.text)

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
            turn_id=make_turn_key(conversation.id, turn.turn_id),
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
                draft.language = "en" if act == "speak_english" else "nl"
                choose_language(conversation, draft.language)
                say_language(draft)
            case _:
                raise ValueError(f"no such act: {act}")

    def _repeat(self, session: Session, conversation: Conversation, draft: Draft) -> None:
        last = conversations.find_last_reply(session, conversation.id)
        if last is None:
            draft.say("nothing_to_repeat")
            return
        reply = Reply.model_validate(last)
        draft.repeat(reply)
        self._offer_again(session, conversation, draft, reply)

    def _offer_again(self, session: Session, conversation: Conversation, draft: Draft, reply: Reply) -> None:
        """Offer what a reply offered, in the language of the draft."""
        for views, choices in ((reply.buttons, draft.buttons), (reply.menu, draft.menu)):
            for view in views:
                meaning = conversations.get_button(session, conversation.id, view.id).meaning
                choice = (self.renderer.name_choice(meaning, draft.language) or view.label, meaning)
                if choice not in choices:
                    choices.append(choice)

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
            turn_id=turn.turn_id,
            language=draft.language,
            urgent=urgent,
            safety_line=turn.safety_line,
            messages=draft.messages,
            buttons=make_buttons(session, conversation.id, draft.buttons),
            menu=make_buttons(session, conversation.id, draft.menu),
            person=draft.person,
            difficult=self._explain(draft),
            quick_exit=self.urgent.quick_exit.is_wanted(signal=conversation.signal, topic=conversation.topic),
        )

    def _explain(self, draft: Draft) -> list[WordView]:
        texts = [text for message in draft.messages for text in _list_texts(message)]
        told = choose_whole(draft.language)
        language = None if told == draft.language else told
        found = self.dictionary.explain(texts, told)
        return [WordView(word=one.word, meaning=one.meaning, language=language) for one in found]

    def _note_lesson(self, session: Session, conversation: Conversation, draft: Draft, *, turn: Turn) -> None:
        """Note a message that was not understood, unless it, or the conversation, is nobody's business."""
        catalogue = self.renderer.knowledge.catalogue
        if turn.signal or is_private(catalogue, [conversation.topic] if conversation.topic else []):
            conversation.is_private = True
        elif turn.text and draft.unclear is not None and not is_private(catalogue, draft.unclear):
            conversations.note_unclear(session, conversation.id, turn.turn_id, draft.unclear)


def _list_texts(message: MessageView) -> list[str]:
    """Return what is to be read in a bubble; not the name of a partner, which says what it says."""
    card = message.card
    of_card = (card.does, *(line.text for line in card.lines), *card.bring) if card else ()
    return [text for text in (message.text, *of_card, *message.items) if text]


def _find_urgent(understood: Understood | None) -> str | None:
    """Return the signal of Rasa's own net, if it caught something."""
    payloads = understood.messages if understood else ()
    return next((payload["urgent"] for payload in payloads if "urgent" in payload), None)
