"""Makes sentences of text keys and values, for every channel and language; nobody else does."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from api.chat.card import MAX_BRING, make_card_view, make_phone_view
from api.chat.deadline import say_deadline
from api.chat.draft import Draft, Meaning
from api.chat.menu import show_menu, show_topics
from api.chat.schemas import MessageView
from api.web.service_words import describe_phone_hours, describe_service_hours, list_bring, say_distance
from api.web.words import Words
from referral.catalogue.topics import Card
from referral.directory.libraries import find_library
from referral.overlay.cards import get_card
from referral.referring.facts import ReferralFacts, get_referral_facts
from referral.referring.knowledge import Knowledge
from referral.settings import Settings


@dataclass(frozen=True, slots=True)
class Renderer:
    """Renders payloads of actions and rules (`actions/base.py` tells what there is) into a draft."""

    words: Words
    knowledge: Knowledge
    settings: Settings

    def start(self, language: str) -> Draft:
        return Draft(self.words, language)

    def name_choice(self, meaning: Meaning, language: str) -> str | None:
        """Return the label of what a button means, or None for one that has its label from elsewhere (a place)."""
        if button := self.words.find_button(meaning):
            return self.words.get_text(self.words.buttons[button]["label"], language)
        topic = self.knowledge.catalogue.topics.get(meaning.get("intent", ""))
        return self.words.name_topic(topic, language) if topic else None

    def render(self, session: Session, draft: Draft, payloads: Iterable[dict[str, Any]], now: datetime) -> None:
        """Add each payload to the draft, in order; one that nobody knows is a bug."""
        for payload in payloads:
            self._render_one(session, draft, payload, now)

    def _render_one(self, session: Session, draft: Draft, payload: dict[str, Any], now: datetime) -> None:
        match payload:
            case {"card": _} | {"phones": _} | {"bring": _} | {"about": _}:
                self._show_partner(session, draft, payload, now)
            case {"say": str(key)}:
                draft.say(key, **{**self._describe_keeping(), **payload.get("values", {})})
            case {"recognise": str(topic)}:
                draft.write(self._get_card(session, draft, topic).recognise)
            case {"paragraphs": str(topic), "part": str(part)}:
                self._show_paragraphs(session, draft, topic, part)
            case {"topics": list(topics)}:
                show_topics(draft, [self.knowledge.catalogue.get_topic(topic) for topic in topics])
            case {"also": str(topic)}:
                draft.say("also")
                show_topics(draft, [self.knowledge.catalogue.get_topic(topic)])
            case {"choices": list(choices)}:
                for choice in choices:
                    draft.menu.append((choice["label"], {key: choice[key] for key in ("intent", "entities")}))
            case {"deadline": str(day)}:
                say_deadline(draft, date.fromisoformat(day), now)
            case {"human": str(library_id)}:
                self._show_human(session, draft, library_id, now)
            case {"menu": str(menu)}:
                show_menu(draft, menu, catalogue=self.knowledge.catalogue)
            case _:
                raise ValueError(f"no such payload: {sorted(payload)}")

    def _describe_keeping(self) -> dict[str, int]:
        """Return what any text may fill in: how long we keep what was said."""
        return {"hours": self.settings.conversation_hours, "days": self.settings.learning_days}

    def _show_partner(self, session: Session, draft: Draft, payload: dict[str, Any], now: datetime) -> None:
        """Show the card of a referral, its numbers, what to bring, or a text that its facts fill in."""
        referral_id = next(str(payload[key]) for key in ("card", "phones", "bring", "about") if key in payload)
        facts = get_referral_facts(
            session, referral_id, knowledge=self.knowledge, language=draft.content_language, now=now
        )
        if "card" in payload:
            draft.show_card(make_card_view(facts, now, words=self.words, language=draft.language), referral_id)
        elif "phones" in payload:
            draft.messages.append(MessageView(phones=[make_phone_view(line) for line in facts.service.phones]))
        elif "bring" in payload:
            draft.list_items(list_bring(facts, draft.content_language)[:MAX_BRING])
        else:
            draft.say(payload["say"], **self._describe(facts, draft, now))

    def _describe(self, facts: ReferralFacts, draft: Draft, now: datetime) -> dict[str, str]:
        """Return what a text about a partner may fill in."""
        service = facts.service
        return {
            "name": service.name,
            "code": facts.code,
            "address": ", ".join(service.address_lines),
            "distance": "" if facts.distance_km is None else say_distance(facts.distance_km, draft.language),
            "hours": describe_service_hours(service, now, words=self.words, language=draft.language),
            "phone_hours": describe_phone_hours(service, now, words=self.words, language=draft.language),
        }

    def _show_paragraphs(self, session: Session, draft: Draft, topic: str, part: str) -> None:
        paragraphs = self._get_card(session, draft, topic).get_part(part)
        if not paragraphs:
            return
        heading = self.words.texts[draft.content_language].get(f"card_{part}")
        text = " ".join(paragraph.text for paragraph in paragraphs)
        draft.write(f"{heading}: {text}" if heading else text)

    def _get_card(self, session: Session, draft: Draft, topic: str) -> Card:
        """Return the topic's card in the library's own words."""
        return get_card(
            session, self.knowledge.catalogue, topic, language=draft.content_language, library_id=self.settings.library
        )

    def _show_human(self, session: Session, draft: Draft, library_id: str, now: datetime) -> None:
        """Say how to reach a person at the library: come by, or call; it is always shown when that is possible."""
        library = find_library(session, library_id, now)
        if library is None:
            draft.say("human_unknown")
            return
        draft.say("human" if library.phones else "human_no_phone", name=library.name)
        address = ", ".join(library.address_lines)
        hours = describe_service_hours(library, now, words=self.words, language=draft.language)
        draft.write(" ".join(part for part in (f"{address}." if address else "", hours) if part))
        if library.phones:
            draft.messages.append(MessageView(phones=[make_phone_view(line) for line in library.phones]))
