"""Cuts hours as people write them into words that mean something, and words that do not. Pure."""

import unicodedata
from functools import lru_cache

from referral.directory.spoken.tokens import Kind, Token
from referral.directory.spoken.vocabulary import get_vocabulary
from referral.directory.spoken.words import HourWords


def tokenize(text: str, words: HourWords) -> list[Token]:
    """Return the tokens of a text; what carries no hours is left out, neighbouring unknown words are one token."""
    folded = _fold(text)
    vocabulary = get_vocabulary(words)
    tokens: list[tuple[Token, int]] = []
    position = 0
    while position < len(folded):
        match = vocabulary.pattern.match(folded, position)
        if match is None:
            position += 1
            continue
        token = vocabulary.make_token(match, text[match.start() : match.end()])
        if token.kind is Kind.UNKNOWN and tokens and tokens[-1][0].kind is Kind.UNKNOWN:
            start = tokens.pop()[1]
            tokens.append((Token(Kind.UNKNOWN, text[start : match.end()]), start))
        elif token.kind is not Kind.SILENT:
            tokens.append((token, match.start()))
        position = match.end()
    return [token for token, _ in tokens]


def _fold(text: str) -> str:
    """Return the text in lower case without accents, character for character as long as it was."""
    return "".join(map(_fold_character, text))


@lru_cache(maxsize=1024)
def _fold_character(character: str) -> str:
    if character in "‐‑‒–—―−":
        return "-"
    if character in "’‘`´":
        return "'"
    if character.isspace():
        return "\n" if character in "\n\r\v\f\u2028\u2029" else " "
    return unicodedata.normalize("NFKD", character.lower())[0]
