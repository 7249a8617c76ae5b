"""A reply while it is being made: bubbles, then buttons with what they mean."""

from dataclasses import dataclass, field
from typing import Any

from api.chat.schemas import CardView, MessageView, PersonView
from api.web.words import Words

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

    def say(self, key: str, **values: Any) -> None:
        """Add a text by its key, with the buttons that belong after it."""
        self.messages.append(MessageView(text=self.words.get_text(key, self.language, **values)))
        for name in self.words.after.get(key, ()):
            self.add_button(name)

    def write(self, text: str) -> None:
        """Add words that come from the catalogue or the directory as they are."""
        self.messages.append(MessageView(text=text))

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
