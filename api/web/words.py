"""The words: texts by key and language, and the buttons that go with them. Read once; checked when read."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from api.web.partly import Partly, load_partly
from referral.catalogue.service import LANGUAGES
from referral.catalogue.topics import Topic
from referral.content import read_yaml
from referral.errors import InvalidContent
from referral.language.registry import DUTCH, keep_apart, load_languages


@dataclass(frozen=True, slots=True)
class Words:
    """`texts[language][key]`, `buttons[name]` (label and meaning), `after[key]` (names of buttons).

    `partly` has the languages of which there is a part; what they lack is said in Dutch.
    """

    texts: Mapping[str, Mapping[str, str]]
    partly: Mapping[str, Partly]
    buttons: Mapping[str, Mapping[str, str]]
    after: Mapping[str, tuple[str, ...]]

    def get_text(self, key: str, language: str, **values: Any) -> str:
        """Return the text with its values filled in; a key that does not exist is a bug, not a silence."""
        texts = self.partly[language].texts if language in self.partly else self.texts[language]
        if key not in texts:
            return self.texts[DUTCH][key].format(**values)
        return texts[key].format(**{name: keep_apart(value, language) for name, value in values.items()})

    def find_language(self, key: str, language: str) -> str:
        """Return the language that `get_text` says it in."""
        return DUTCH if language in self.partly and key not in self.partly[language].texts else language

    def name_topic(self, topic: Topic, language: str) -> str:
        """Return the label of a topic."""
        return self.partly[language].topics[topic.id] if language in self.partly else topic.label[language]

    def find_button(self, meaning: Mapping[str, Any]) -> str | None:
        """Return the name of the button that means this, or None."""
        return next((name for name in self.buttons if self.get_meaning(name) == meaning), None)

    def get_meaning(self, button: str) -> dict[str, str]:
        return {name: value for name, value in self.buttons[button].items() if name != "label"}


@cache
def load_words(data_dir: Path) -> Words:
    """Read texts and buttons; raise `InvalidContent` when a language lacks a key or a button has no label."""
    texts = {language: dict(read_yaml(data_dir / "texts" / f"{language}.yml")) for language in LANGUAGES}
    keys = set(texts["nl"])
    for language, words in texts.items():
        if set(words) != keys:
            raise InvalidContent(f"texts/{language}.yml: {sorted(set(words) ^ keys)} not in both languages")
    declared = read_yaml(data_dir / "buttons.yml")
    buttons: dict[str, dict[str, str]] = declared["buttons"]
    after = {key: tuple(names) for key, names in declared["after"].items()}
    unknown = {button["label"] for button in buttons.values()} - keys | set(after) - keys
    unknown |= {name for names in after.values() for name in names} - set(buttons)
    if unknown:
        raise InvalidContent(f"buttons.yml: {sorted(unknown)} do not exist")
    return Words(texts, load_partly(data_dir, load_languages(data_dir), texts[DUTCH]), buttons, after)
