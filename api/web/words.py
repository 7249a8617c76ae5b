"""The words: texts by key and language, and the buttons that go with them. Read once; checked when read."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from referral.catalogue.service import LANGUAGES
from referral.content import read_yaml
from referral.errors import InvalidContent


@dataclass(frozen=True, slots=True)
class Words:
    """`texts[language][key]`, `buttons[name]` (label and meaning), `after[key]` (names of buttons)."""

    texts: Mapping[str, Mapping[str, str]]
    buttons: Mapping[str, Mapping[str, str]]
    after: Mapping[str, tuple[str, ...]]

    def get_text(self, key: str, language: str, **values: Any) -> str:
        """Return the text with its values filled in; a key that does not exist is a bug, not a silence."""
        return self.texts[language][key].format(**values)

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
    return Words(texts, buttons, after)
