"""A reply while it is being made: bubbles, then buttons with what they mean."""

from dataclasses import dataclass, field
from typing import Any

from api.chat.schemas import CardView, MessageView, PersonView, Reply
from api.web.words import Words
from referral.language.registry import choose_whole

Meaning = dict[str, Any]
MAX_BUTTONS = 5


@dataclass(slots=True)
class Draft:
    """`buttons` and `menu` hold (label, meaning); the buttons of the last text stand first.

    `unclear` are the topics that a message may have been about that was not understood; `None`: it was.
    `person` is there when a person of the library is asked for, or has the conversation.
    """

    words: Words
    language: str
    messages: list[MessageView] = field(default_factory=list)
    buttons: list[tuple[str, Meaning]] = field(default_factory=list)
    menu: list[tuple[str, Meaning]] = field(default_factory=list)
    referral_ids: list[str] = field(default_factory=list)
    unclear: list[str] | None = None
    person: PersonView | None = None

    @property
    def content_language(self) -> str:
        """The language of what the catalogue and the directory tell."""
        return choose_whole(self.language)

    def say(self, key: str, **values: Any) -> None:
        """Add a text by its key, with the buttons that belong after it."""
        language = self.words.find_language(key, self.language)
        self._add_text(self.words.get_text(key, self.language, **values), language)
        for name in self.words.after.get(key, ()):
            self.add_button(name)

    def write(self, text: str) -> None:
        """Add words that come from the catalogue or the directory as they are."""
        self._add_text(text, self.content_language)

    def list_items(self, items: list[str]) -> None:
        """Add short things that come from the catalogue or the directory."""
        self.messages.append(MessageView(items=items, language=self.mark(self.content_language)))

    def mark(self, language: str) -> str | None:
        """Return the language of a part where it is not that of the reply."""
        return None if language == self.language else language

    def _add_text(self, text: str, language: str) -> None:
        self.messages.append(MessageView(text=text, language=self.mark(language)))

    def repeat(self, reply: Reply) -> None:
        """Say again what a reply said; in the language that it was said in."""
        for message in reply.messages:
            language = self.mark(message.language or reply.language)
            self.messages.append(message.model_copy(update={"language": language}))

    def show_card(self, card: CardView, referral_id: str) -> None:
        self.messages.append(MessageView(card=card))
        self.referral_ids.append(referral_id)

    def add_button(self, name: str) -> None:
        self.add_choice(
            self.words.get_text(self.words.buttons[name]["label"], self.language), self.words.get_meaning(name)
        )

    def add_choice(self, label: str, meaning: Meaning) -> None:
        """Add a button unless it is there already or there are enough."""
        if (label, meaning) not in self.buttons and len(self.buttons) < MAX_BUTTONS:
            self.buttons.append((label, meaning))
