"""The words of the page and of the chat in it, from `data/texts/`, in every language."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from api.web.words import load_words
from referral.language.registry import keep_apart

PREFIX = "page_"
# Words of the assistant that the browser says too, with those of the page.
SHARED = frozenset(
    {
        "card_code",
        "card_hours",
        "card_website",
        "error",
        "example_note",
        "slip_no",
        "slip_partly",
        "slip_qr",
        "slip_qr_alt",
        "slip_yes",
        "too_fast",
        "too_long",
        "unknown_button",
        "wiped",
    }
)


@cache
def load_page_words(data_dir: Path) -> Mapping[str, Mapping[str, str]]:
    """Return `words[language][key]`, read once a process; values still stand between braces."""
    words = load_words(data_dir)
    texts = {**words.texts, **{language: partly.texts for language, partly in words.partly.items()}}
    return {
        language: {key: text for key, text in words.items() if key.startswith(PREFIX) or key in SHARED}
        for language, words in texts.items()
    }


def fill_in(words: Mapping[str, str], values: Mapping[str, str], language: str) -> dict[str, str]:
    """Fill in what the page knows ({library}); what only the browser knows ({count}) stays between braces."""
    filled = dict(words)
    for name, value in values.items():
        filled = {key: text.replace(f"{{{name}}}", keep_apart(value, language)) for key, text in filled.items()}
    return filled
